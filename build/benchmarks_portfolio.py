"""Benchmarks of the portfolio monitor's summaries beside the same figures from the books.

KASAUTI_BENCH_LOANS changes how many loans there are (targets: 1,000,000 on PostgreSQL, 100,000 on
SQLite); a branch has 2,000. The slow figure and the quick one run by turns on the same book.
"""

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from bench import Measured, milliseconds, share_below
from benchmark_books import migrated, server
from benchmark_portfolio import DAY, fill_bank

LOANS = {
    "postgresql": int(os.environ.get("KASAUTI_BENCH_LOANS", "1000000")),
    "sqlite": int(os.environ.get("KASAUTI_BENCH_LOANS", "100000")),
}
A_BRANCH = 2_000
SLOW_TURNS = 3
BRANCH = 1
FIRST = date(2025, 10, 1)
Driver = Any
"""What SQLAlchemy hands over; it is not imported before it is needed."""


class Figure(NamedTuple):
    """A figure of one tab: from the cells of a branch (0: the bank), and from the books."""

    name: str
    cells: str
    books: str


_JOINED = (
    "FROM instalments i JOIN loans l ON l.branch_id = i.branch_id AND l.loan_id = i.loan_id "
    "WHERE {whose} AND i.interest_paise + i.principal_paise > 0 AND i.due_date <= '{day}' "
)
FIGURES = (
    Figure(
        "breakdown",
        "SELECT loan_purpose, asset_class, sum(loans), sum(outstanding_paise) "
        "FROM portfolio_cells WHERE branch_id = {branch} GROUP BY 1, 2",
        "SELECT l.loan_purpose, l.asset_class, count(*), sum(l.outstanding_paise) FROM loans l "
        "WHERE {whose} AND {open} GROUP BY 1, 2",
    ),
    Figure(
        "class",
        "SELECT asset_class, dpd_bucket, sum(loans), sum(outstanding_paise), sum(provision_paise) "
        "FROM portfolio_cells WHERE branch_id = {branch} GROUP BY 1, 2",
        "SELECT l.asset_class, l.dpd_bucket, count(*), sum(l.outstanding_paise), "
        "sum(l.provision_paise) FROM loans l WHERE {whose} AND {open} GROUP BY 1, 2",
    ),
    Figure(
        "state",
        "SELECT state, sum(loans), sum(outstanding_paise) FROM portfolio_cells "
        "WHERE branch_id = {branch} GROUP BY 1",
        "SELECT c.state, count(*), sum(l.outstanding_paise) FROM loans l JOIN customers c "
        "ON c.branch_id = l.branch_id AND c.customer_id = l.customer_id "
        "WHERE {whose} AND {open} GROUP BY 1",
    ),
    Figure(
        "on_time",
        "SELECT sum(dues), sum(on_time), sum(late), sum(unpaid) FROM repayment_cells "
        "WHERE branch_id = {branch} AND grain = 'D' AND method = '' AND starts_on <= '{day}'",
        "SELECT count(*), sum(CASE WHEN i.paid_on <= i.due_date THEN 1 ELSE 0 END), "
        "sum(CASE WHEN i.paid_on > i.due_date THEN 1 ELSE 0 END), "
        "sum(CASE WHEN i.paid_on IS NULL THEN 1 ELSE 0 END) {joined}",
    ),
    Figure(
        "calendar",
        "SELECT starts_on, sum(due_paise), sum(received_paise), sum(unpaid) FROM repayment_cells "
        "WHERE branch_id = {branch} AND grain = 'D' "
        "AND starts_on BETWEEN '{month}' AND '{day}' GROUP BY 1",
        "SELECT i.due_date, sum(i.interest_paise + i.principal_paise), "
        "sum(i.paid_interest_paise + i.paid_principal_paise), "
        "sum(CASE WHEN i.paid_on IS NULL THEN 1 ELSE 0 END) {joined} "
        "AND i.due_date >= '{month}' GROUP BY 1",
    ),
    Figure(
        "methods",
        "SELECT method, sum(receipts), sum(received_paise) FROM repayment_cells "
        "WHERE branch_id = {branch} AND grain = 'M' AND method <> '' GROUP BY 1",
        "SELECT r.method, count(*), sum(r.amount_paise) FROM repayments r JOIN loans l "
        "ON l.branch_id = r.branch_id AND l.loan_id = r.loan_id WHERE {whose} GROUP BY 1",
    ),
    Figure(
        "cohorts",
        "SELECT cohort, months_on_book, sum(loans), sum(bad_loans) FROM vintage_cells "
        "WHERE branch_id = {branch} GROUP BY 1, 2",
        "SELECT b.cohort, b.due, count(*) FROM (SELECT l.disbursement_date AS cohort, l.loan_id, "
        "min(i.due_date) AS due {joined} AND (i.paid_on IS NULL OR i.paid_on > {bad}) "
        "AND {bad} <= '{day}' GROUP BY l.branch_id, l.loan_id, l.disbursement_date) b "
        "GROUP BY 1, 2",
    ),
    Figure(
        "months",
        "SELECT month, sum(decided), sum(approved), sum(disbursed_paise), sum(defaulted) "
        "FROM month_cells WHERE branch_id = {branch} AND month >= '{year}' GROUP BY 1",
        "SELECT d.disbursement_date, count(*), sum(d.amount_paise) FROM disbursements d "
        "JOIN loans l ON l.branch_id = d.branch_id AND l.loan_id = d.loan_id "
        "WHERE {whose} AND d.disbursement_date >= '{year}' GROUP BY 1",
    ),
    Figure(
        "trend",
        "SELECT month_end, asset_class, sum(loans), sum(outstanding_paise) FROM month_end_sums "
        "WHERE branch_id = {branch} GROUP BY 1, 2",
        "SELECT s.month_end, s.asset_class, count(*), sum(s.outstanding_paise) "
        "FROM month_end_snapshots s JOIN loans l ON l.branch_id = s.branch_id "
        "AND l.loan_id = s.loan_id WHERE {whose} GROUP BY 1, 2",
    ),
    Figure(
        "rolls",
        "SELECT dpd_bucket, outcome, sum(loans), sum(opening_paise) FROM roll_cells "
        "WHERE branch_id = {branch} AND month_end = '{day}' GROUP BY 1, 2",
        "SELECT a.dpd_bucket, b.dpd_bucket, count(*), sum(a.outstanding_paise) "
        "FROM month_end_snapshots a JOIN loans l ON l.branch_id = a.branch_id "
        "AND l.loan_id = a.loan_id LEFT JOIN month_end_snapshots b ON b.branch_id = a.branch_id "
        "AND b.loan_id = a.loan_id AND b.month_end = '{day}' "
        "WHERE {whose} AND a.month_end = '2026-08-31' GROUP BY 1, 2",
    ),
    Figure(
        "security",
        "SELECT collateral_type, ltv_band, sum(loans), sum(value_paise), sum(breach_loans) "
        "FROM security_cells WHERE branch_id = {branch} GROUP BY 1, 2",
        "SELECT k.collateral_type, count(*), sum(k.value_paise) FROM loans l JOIN collateral k "
        "ON k.branch_id = l.branch_id AND k.application_id = l.application_id "
        "WHERE {whose} AND {open} GROUP BY 1",
    ),
)


def portfolio_tabs_postgresql(runs: int) -> Measured:
    """Every tab's figures for the bank on PostgreSQL."""
    return _tabs("postgresql", runs)


def portfolio_tabs_sqlite(runs: int) -> Measured:
    """Every tab's figures for the bank on SQLite."""
    return _tabs("sqlite", runs)


def portfolio_785(runs: int) -> Measured:
    """The same at the size of a small branch: cells beside one statement over the books."""
    with _bank("sqlite", 780, 3) as engine:
        quick, slow = _times(engine, FIGURES[0], 0, runs)
    return Measured(quick, slow, "ms", "the breakdown of 780 loans, beside one raw statement")


def _tabs(engine_name: str, runs: int) -> Measured:
    loans = LOANS[engine_name]
    branches = max(loans // A_BRANCH, 1)
    ours, theirs, told = list[float](), list[float](), list[str]()
    with _bank(engine_name, loans, branches) as engine:
        for figure in FIGURES:
            quick, slow = _times(engine, figure, 0, runs)
            branch, _ = _times(engine, figure, BRANCH, runs, beside=False)
            ratio = statistics.median(slow) / statistics.median(quick)
            told.append(
                f"{figure.name} p95 {share_below(quick, 0.95):.1f}, branch "
                f"{share_below(branch, 0.95):.1f}, {ratio:,.0f}x"
            )
            ours += quick
            theirs += slow
        refreshed = milliseconds(lambda: _refresh(engine))
    note = f"{loans:,} loans in {branches} branches; {'; '.join(told)}; roll-up {refreshed:.0f} ms"
    return Measured(ours, theirs, "ms", note)


def _times(
    engine: Driver, figure: Figure, branch: int, runs: int, *, beside: bool = True
) -> tuple[list[float], list[float]]:
    """Quick and slow by turns, the slow one seldom: it may take half a minute."""
    server_side = engine.dialect.name == "postgresql"
    bad = "i.due_date + 89" if server_side else "date(i.due_date, '89 days')"
    words: dict[str, object] = {
        "branch": branch, "day": DAY.isoformat(), "month": DAY.replace(day=1).isoformat(),
        "year": FIRST.isoformat(), "bad": bad,
        "open": "l.status IN ('Active', 'Defaulted')",
        "whose": "1 = 1" if not branch else f"l.branch_id = {branch}",
    }  # fmt: skip
    words["joined"] = _JOINED.format(**words)
    quick, slow = list[float](), list[float]()
    with engine.connect() as connection:
        run: Callable[[str], object] = lambda text: connection.exec_driver_sql(text).fetchall()  # noqa: E731  # two texts are run one way
        run(figure.cells.format(**words))
        for turn in range(max(runs, 20)):
            quick.append(milliseconds(lambda: run(figure.cells.format(**words))))
            if beside and turn < SLOW_TURNS:
                slow.append(milliseconds(lambda: run(figure.books.format(**words))))
    return quick, slow


def _refresh(engine: Driver) -> None:
    """A day's dues of one branch moved: how long the bank takes to follow."""
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work

    with engine.begin() as connection:
        moved = f"WHERE branch_id = 1 AND starts_on = '{DAY.isoformat()}'"
        connection.exec_driver_sql(f"UPDATE repayment_cells SET rolled = 0 {moved}")  # noqa: S608  # our own words
        connection.exec_driver_sql("UPDATE portfolio_cells SET rolled = 0 WHERE branch_id = 1")
    with open_unit_of_work(engine, FixedKeys().keys()) as book:
        book.roll_up.refresh()
        book.commit()


@contextmanager
def _bank(engine_name: str, loans: int, branches: int) -> Iterator[Driver]:
    from db.engine import make_engine

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        if engine_name == "sqlite":
            engine = make_engine(f"sqlite:///{folder}/book.sqlite3")
            migrated(engine)
            fill_bank(engine, loans, branches)
            yield engine
            engine.dispose()
            return
        with server() as url:
            engine = make_engine(url, statement_timeout_ms=0)
            migrated(engine)
            fill_bank(engine, loans, branches)
            yield engine
            engine.dispose()
