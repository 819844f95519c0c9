"""Benchmarks of receipts: one posting beside a bare ledger row, and eight desks on one branch.

The book is the sandbox on PostgreSQL with synchronous_commit off, or on SQLite as it is used.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from bench import ROOT, Measured, interleaved, milliseconds, share_below
from benchmark_books import server

DESKS, SECONDS = 8, 8
PAISE, LOANS = 10_000, 64
TODAY = date(2026, 10, 1)  # the day after the last one that is closed, as at every desk
_COPY = "CREATE TABLE bare_ledger AS SELECT * FROM repayments WHERE 1 = 0"
_KEY = "CREATE UNIQUE INDEX bare_ledger_key ON bare_ledger (branch_id, repayment_id)"
_ROW = "INSERT INTO bare_ledger SELECT * FROM repayments WHERE repayment_id = "
_RUNNING = (
    "SELECT 'L-' || number FROM loans WHERE status = 'Active' "
    "ORDER BY outstanding_paise DESC LIMIT {count}"
)


class Place(NamedTuple):
    """A sandbox book and its largest running loans."""

    url: str
    folder: str
    engine: Any
    loans: list[str]


@contextmanager
def _book(engine_name: str) -> Iterator[Place]:
    from db.engine import make_engine

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        if engine_name == "sqlite":
            _fill(folder, [])
            url = f"sqlite:///{next(Path(folder).rglob('*.sqlite3'))}"
            yield _place(url, folder, make_engine(url))
            return
        with server() as url:
            _fill(folder, ["--database", url])
            engine = make_engine(url)
            yield _place(url, folder, engine)
            engine.dispose()


def _fill(folder: str, words: list[str]) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "sample-data", "--data-dir", folder, *words]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])


def _place(url: str, folder: str, engine: Any) -> Place:  # noqa: ANN401  # SQLAlchemy's
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(_RUNNING.format(count=LOANS)).fetchall()
    return Place(url, folder, engine, [row[0] for row in rows])


def _poster(place: Place) -> Callable[[], None]:
    from app.bootstrap import build_desk
    from app.cli.verb import DeskRequest
    from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
    from app.services.steps.ids import new_id
    from app.services.steps.sandbox_staff import sandbox_actor
    from db.vocabulary.loan_life import PaymentMethod

    given = None if place.url.startswith("sqlite") else place.url
    asked = DeskRequest(data_dir=place.folder, database=given, as_of=TODAY)
    desk = build_desk(asked).acting(sandbox_actor())
    desk.rulebook()
    receipt, turns = ReceiptFacts(PAISE, PaymentMethod.CASH), cycle(place.loans)

    def post() -> None:
        post_repayment(PostRepayment(new_id(desk), next(turns), receipt), desk)

    return post


def _bare(place: Place) -> Callable[[], None]:
    """A copy of a ledger row with its key, in a transaction of its own."""
    with place.engine.begin() as connection:
        connection.exec_driver_sql(_COPY)
        connection.exec_driver_sql(_KEY)
        ids = connection.exec_driver_sql("SELECT repayment_id FROM repayments").scalars().all()
    turns, mark = iter(ids), "?" if place.engine.dialect.name == "sqlite" else "%s"

    def insert() -> None:
        with place.engine.begin() as connection:
            connection.exec_driver_sql(_ROW + mark, (next(turns),))

    return insert


def _postings(engine_name: str, runs: int) -> Measured:
    with _book(engine_name) as place:
        post, bare = _poster(place), _bare(place)
        ours, reference = interleaved(
            lambda: milliseconds(post), lambda: milliseconds(bare), max(runs, 100)
        )
    note = f"a receipt with split, loan, cells and audit on {engine_name}; reference: a bare row"
    return Measured(ours, reference, "ms", note)


def post_repayment(runs: int) -> Measured:
    """One receipt on PostgreSQL."""
    return _postings("postgresql", runs)


def post_repayment_sqlite(runs: int) -> Measured:
    """One receipt on SQLite."""
    return _postings("sqlite", runs)


def desks_posting(_runs: int) -> Measured:
    """Eight desks post on one branch, each on loans of its own."""
    with _book("postgresql") as place:
        program = str(ROOT / "build" / "probe_posting.py")
        day = TODAY.isoformat()
        probe = [sys.executable, program, place.url, place.folder, day, str(SECONDS)]
        desks = [
            subprocess.Popen(
                [*probe, *place.loans[each::DESKS]],
                stdout=subprocess.PIPE,
                text=True,
            )
            for each in range(DESKS)
        ]
        answers = [desk.communicate()[0] for desk in desks]
    taken = [ms for answer in answers for ms in json.loads(answer)]
    note = (
        f"{DESKS} desks on one branch: {len(taken) / SECONDS:.0f} receipts a second, "
        f"p95 {share_below(taken, 0.95):.0f} ms"
    )
    return Measured(taken, [], "ms", note)
