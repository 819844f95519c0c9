"""Benchmarks of the portfolio monitor: what every tab reads, beside a count of the books.

KASAUTI_BENCH_LOANS changes how many loans there are (targets: 1,000,000 on PostgreSQL, 100,000 on
SQLite); a branch has 2,000. The slow reading and the quick one run on the same book.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench import Measured, milliseconds, share_below
from benchmark_books import migrated, server
from benchmark_life import MORE, LivedBank
from benchmark_portfolio import DAY, fill_bank
from benchmark_raw import raw_figure
from benchmarks_model import champion
from benchmarks_stress import StandingClock

LOANS = {
    "postgresql": int(os.environ.get("KASAUTI_BENCH_LOANS", "1000000")),
    "sqlite": int(os.environ.get("KASAUTI_BENCH_LOANS", "100000")),
}
A_BRANCH = 2_000
LEAST_TURNS = 20
LINES = 500  # as many of a figure as the window lists at once
Driver = Any
"""What SQLAlchemy or a service hands over; neither is imported before it is needed."""


class Bank(NamedTuple):
    """A filled book with somebody at it, and the same person counting the books instead."""

    engine: Driver
    reader: Driver
    counter: Driver


def portfolio_tabs_postgresql(runs: int) -> Measured:
    """Every tab of the bank and of a branch on PostgreSQL."""
    return _tabs("postgresql", runs)


def portfolio_tabs_sqlite(runs: int) -> Measured:
    """Every tab of the bank and of a branch on SQLite."""
    return _tabs("sqlite", runs)


def portfolio_785(runs: int) -> Measured:
    """Each verb's reading of a small branch, beside one raw statement that counts all it tells."""
    ours, theirs, told = list[float](), list[float](), list[str]()
    with _bank("sqlite", 780, 1) as bank:
        for verb, read in _verbs().items():
            quick, slow = _beside(bank, read, raw_figure(bank.engine, verb), runs)
            ratio = statistics.median(quick) / statistics.median(slow)
            best = min(quick) / min(slow)  # what other programs took from neither
            told.append(
                f"{verb} {statistics.median(quick):.2f} ms, {ratio:.1f}x, {best:.1f}x at best"
            )
            ours += quick
            theirs += slow
    return Measured(ours, theirs, "ms", f"780 loans of one branch; {'; '.join(told)}")


def _tabs(engine_name: str, runs: int) -> Measured:
    loans = LOANS[engine_name]
    branches = max(loans // A_BRANCH, 1)
    turns = max(runs, LEAST_TURNS)
    ours, theirs, told = list[float](), list[float](), list[str]()
    with _bank(engine_name, loans, branches) as bank:
        for tab, read in _readings().items():
            whole, own = _scope(whole_bank=True), _scope()
            read(whole, bank.reader)
            quick = [milliseconds(partial(read, whole, bank.reader)) for _ in range(turns)]
            branch = [milliseconds(partial(read, own, bank.reader)) for _ in range(turns)]
            counted = milliseconds(partial(read, whole, bank.counter))
            told.append(
                f"{tab} p95 {share_below(quick, 0.95):.1f}, branch "
                f"{share_below(branch, 0.95):.1f}, counted {counted:.0f}"
            )
            ours += quick
            theirs.append(counted)
        told += [_ratio(bank, verb, turns) for verb in ("concentration", "on time", "cohorts")]
        told.append(_after_an_act(bank))
    return Measured(
        ours, theirs, "ms", f"{loans:,} loans in {branches} branches; {'; '.join(told)}"
    )


def _ratio(bank: Bank, verb: str, turns: int) -> str:
    """How much quicker the one statement of a figure is than the naive aggregate."""
    from db.records.monitor import BookCut
    from db.vocabulary.operations import ConcentrationKey

    cut = BookCut(None, DAY, present=True)
    asked: Mapping[str, Callable[[Driver], object]] = {
        "concentration": lambda monitor: monitor.groups.groups(cut, ConcentrationKey.PURPOSE),
        "on time": lambda monitor: monitor.dues.by_due_date(cut),
        "cohorts": lambda monitor: monitor.dues.cohorts(cut),
    }
    naive = milliseconds(raw_figure(bank.engine, verb))
    with bank.reader.read_book() as book:
        asked[verb](book.monitor)
        quick = [milliseconds(lambda: asked[verb](book.monitor)) for _ in range(turns)]
    ours = statistics.median(quick)
    return f"{verb} {ours:.2f} of {naive:.0f} naive, {naive / ours:,.0f}x"


def _beside(
    bank: Bank, read: Callable[..., object], raw: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    """Our reading and the raw statement by turns."""
    ours, theirs = list[float](), list[float]()
    scope = _scope()
    read(scope, bank.reader)
    for _ in range(max(runs, LEAST_TURNS)):
        ours.append(milliseconds(lambda: read(scope, bank.reader)))
        theirs.append(milliseconds(raw))
    return ours, theirs


def _after_an_act(bank: Bank) -> str:
    """A branch has moved: Security read meanwhile, and what the bank's rows take to follow."""
    from app.services.refresh_bank import refresh_bank
    from app.services.watch_security import watch_security

    moved = ("portfolio_cells SET counted = 0, rolled = 0", "repayment_cells SET rolled = 0")
    with bank.engine.begin() as connection:
        for table, day in zip(moved, ("", f" AND starts_on = '{DAY}'"), strict=True):
            connection.exec_driver_sql(f"UPDATE {table} WHERE branch_id = 1{day}")
    whole = _scope(whole_bank=True)
    meanwhile = milliseconds(lambda: watch_security(whole, bank.reader))
    refreshed = milliseconds(lambda: refresh_bank(bank.reader))
    return f"with one branch moved: security {meanwhile:.0f}, roll-up {refreshed:.0f}"


def _scope(**given: object) -> Driver:
    from app.services.steps.monitor_scope import MonitorScope

    return MonitorScope(**given)  # type: ignore[arg-type]  # names of its own fields


@cache
def _readings() -> Mapping[str, Callable[..., object]]:
    """What each tab of the window reads, and the first lines behind a figure."""
    from app.services.drill_figure import drill_figure
    from app.services.watch_alerts import watch_alerts
    from app.services.watch_drift import read_drift

    verbs = _verbs()
    return {
        "tiles": _tiles(),
        "overview": verbs["trend"],
        "class": verbs["npa-analysis"],
        "cohorts": verbs["cohorts"],
        "roll": verbs["roll-rates"],
        "concentration": verbs["concentration"],
        "security": verbs["collateral-analysis"],
        "repayment": verbs["repayment-stats"],
        "alerts": watch_alerts,
        "drift": read_drift,
        "lines": lambda scope, desk: drill_figure("npa", scope, desk, LINES),
    }


def _tiles() -> Callable[..., object]:
    from app.services.watch_tiles import monitor_tiles

    return monitor_tiles


@cache
def _verbs() -> Mapping[str, Callable[..., object]]:
    from app.services.watch_classes import watch_classes
    from app.services.watch_cohorts import watch_cohorts
    from app.services.watch_concentration import watch_concentration, watch_cuts
    from app.services.watch_repayment import watch_repayment
    from app.services.watch_roll_rates import watch_roll_rates
    from app.services.watch_security import watch_security
    from app.services.watch_summary import watch_summary
    from app.services.watch_tiles import monitor_trend
    from db.vocabulary.operations import ConcentrationKey

    return {
        "summary": watch_summary,
        "npa-analysis": watch_classes,
        "repayment-stats": watch_repayment,
        "collateral-analysis": watch_security,
        "loan-distribution": lambda scope, desk: watch_cuts(
            scope, desk, (ConcentrationKey.PURPOSE, ConcentrationKey.TICKET)
        ),
        "concentration": watch_concentration,
        "cohorts": watch_cohorts,
        "roll-rates": watch_roll_rates,
        "trend": monitor_trend,
    }


@contextmanager
def _bank(engine_name: str, loans: int, branches: int) -> Iterator[Bank]:
    from db.engine import make_engine

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        if engine_name == "sqlite":
            engine = make_engine(f"sqlite:///{folder}/book.sqlite3")
            yield _filled(engine, loans, branches)
            engine.dispose()
            return
        with server() as url:
            engine = make_engine(url, statement_timeout_ms=0)
            yield _filled(engine, loans, branches)
            engine.dispose()


def _filled(engine: Driver, loans: int, branches: int) -> Bank:
    """Fill the book; one desk reads it as the program does, one counts it anew every time."""
    from app.book_ports import shipped_rulebook
    from app.services.steps.desk import Actor, Desk
    from db.repositories.monitor_dues import MonitorDues
    from db.repositories.monitor_groups import MonitorGroups
    from db.repositories.monitor_sums import MonitorSums
    from db.repositories.session import Session
    from db.security.key_store import FixedKeys
    from db.unit_of_work import UnitOfWork
    from db.vocabulary.people import Role

    class Counting(UnitOfWork):
        """A book whose monitor reads no summary."""

        def _open_sums(self, session: Session) -> None:
            super()._open_sums(session)
            self.monitor.sums = MonitorSums(session)  # type: ignore[assignment]  # its own base
            self.monitor.dues = MonitorDues(session)  # type: ignore[assignment]  # as above
            self.monitor.groups = MonitorGroups(session)  # type: ignore[assignment]  # as above

    migrated(engine)
    fill_bank(engine, loans, branches, LivedBank, MORE)
    rulebook, model, keys = shipped_rulebook(), champion(), FixedKeys().keys()
    desk = Desk(
        open_book=lambda: UnitOfWork(engine, keys),
        clock=StandingClock(),
        rulebook=lambda: rulebook,
        model=lambda: model,
        data_dir=Path(),
        actor=Actor(UUID(int=7), "bench", "Bench", 1, frozenset({Role.SUPERVISOR})),
    )
    counter = replace(desk, open_book=lambda: Counting(engine, keys))
    return Bank(engine, desk, counter)


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
