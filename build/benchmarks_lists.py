"""Benchmarks of long lists: the table of a million customers, and a search among 700,000.

KASAUTI_BENCH_CUSTOMERS changes how many there are (at least 100,000, so that a jump finds what was
not read yet); KASAUTI_BENCH_BOOKS ("sqlite" or "postgresql") says where the long table stands. The
search is measured on PostgreSQL. Making a book takes most of the time: some minutes.
"""

import atexit
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache, partial
from typing import Any

from bench import Measured, interleaved, milliseconds
from benchmark_books import crowded_book
from benchmark_crowd import BRANCH, pan_of, phone_of
from benchmark_table import LongTable

DAY = date(2026, 9, 30)
MANY = int(os.environ.get("KASAUTI_BENCH_CUSTOMERS", "0"))
LONG, SEARCHED = MANY or 1_000_000, MANY or 700_000
FRAGMENTS = ("ravi", "redd", "lakshmi", "shar", "kumar", "moham", "ram", "gar", "priya redd")
SHOWN_ROWS = 40
LOOK_UPS, JUMPS, PAGE = 60, 200, 500
Find = Callable[[str], object]


def _finders(engine: Any, limit: int) -> tuple[Find, Find]:  # noqa: ANN401  # a SQLAlchemy engine
    """Ours, and the raw statement by the phone alone."""
    from db.records.lists import CustomerFilter, Viewer
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work

    keys, viewer = FixedKeys().keys(), Viewer(BRANCH, None, DAY)

    def ours(text: str) -> None:
        with open_unit_of_work(engine, keys, reading=True) as unit:
            page = unit.customers.find(viewer, CustomerFilter(search=text), limit)
        if not page.rows:
            message = f"nobody was found by {text}"
            raise RuntimeError(message)

    def raw(text: str) -> None:
        sql = "SELECT * FROM customers WHERE branch_id = %s AND phone = %s"
        with engine.connect() as connection:
            connection.exec_driver_sql(sql, (BRANCH, text)).fetchall()

    return ours, raw


@cache
def _book(engine_name: str, count: int) -> Any:  # noqa: ANN401  # a SQLAlchemy engine
    """A crowded book, made once for all benchmarks of this run and thrown away at its end."""
    rest = ExitStack()
    atexit.register(rest.close)
    return rest.enter_context(crowded_book(engine_name, count))


def _searched() -> Any:  # noqa: ANN401  # a SQLAlchemy engine
    return _book("postgresql", SEARCHED)


def search_exact(runs: int) -> Measured:
    """A customer by phone and by PAN, with opening and closing the transaction."""
    ours, raw = _finders(_searched(), PAGE)
    places = iter(range(11, SEARCHED, max(SEARCHED // (5 * LOOK_UPS), 1)))
    figures: tuple[list[float], list[float]] = ([], [])
    for text_of in (phone_of, pan_of):
        found = interleaved(
            lambda make=text_of: milliseconds(partial(ours, make(next(places)))),
            lambda: milliseconds(partial(raw, phone_of(next(places)))),
            max(runs, LOOK_UPS),
        )
        figures[0].extend(found[0])
        figures[1].extend(found[1])
    note = f"half by phone, half by PAN, of {SEARCHED:,} on PostgreSQL; reference: raw, by phone"
    return Measured(*figures, "ms", note)


def search_name(runs: int) -> Measured:
    """Fragments of names, frequent and rare: as many customers as a screen shows."""
    note = f"{len(FRAGMENTS)} fragments, {SHOWN_ROWS} rows each, of {SEARCHED:,} on PostgreSQL"
    return Measured(_fragments(SHOWN_ROWS, runs), [], "ms", note)


def search_name_page(runs: int) -> Measured:
    """The same fragments, each a whole page of the list: 500 customers with their loans."""
    note = f"{len(FRAGMENTS)} fragments, {PAGE} rows each, of {SEARCHED:,} on PostgreSQL"
    return Measured(_fragments(PAGE, runs), [], "ms", note)


def _fragments(rows: int, runs: int) -> list[float]:
    ours, _ = _finders(_searched(), rows)
    for text in FRAGMENTS:
        ours(text)
    return [milliseconds(partial(ours, text)) for _ in range(runs) for text in FRAGMENTS]


@contextmanager
def _long_table() -> Iterator[LongTable]:
    table = LongTable(_book(os.environ.get("KASAUTI_BENCH_BOOKS", "sqlite"), LONG), DAY)
    yield table
    table.close()
    del table
    gc.collect()


def long_list(runs: int) -> Measured:
    """Opening the list of a million: asked, read on the database lane, painted."""
    with _long_table() as table:
        figures = [table.open() for _ in range(runs + 1)][1:]
    return Measured(figures, [], "ms", f"{LONG:,} customers, first rows painted")


def long_list_jump(runs: int) -> Measured:
    """Jumps in that list until the data stand there; the reference is the placeholder."""
    with _long_table() as table:
        table.open()
        jumps = [table.jump() for _ in range(max(runs, JUMPS))]
        grown = table.grown_mb()
    data, dots = [jump.data_ms for jump in jumps], [jump.placeholder_ms for jump in jumps]
    p95 = [sorted(some)[int(len(some) * 0.95)] for some in (data, dots)]
    note = (
        f"{len(jumps)} jumps in {LONG:,}; reference: placeholder; "
        f"p95 data {p95[0]:.1f}, placeholder {p95[1]:.1f}; +{grown:.0f} MB"
    )
    return Measured(data, dots, "ms", note)
