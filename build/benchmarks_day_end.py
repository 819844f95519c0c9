"""Benchmarks of the day-end: ordinary days of one branch, each closed in its one transaction.

KASAUTI_BENCH_DAY_END changes how many loans there are (the target is stated for 1,000,000 on
PostgreSQL and 100,000 on SQLite). A seventh of the loans is behind, a thirtieth has a due each day
that nobody pays, which is far more than on a real day. On PostgreSQL the server writes the branch
itself (benchmark_ledger.py), on SQLite the crowd of the lists serves.

KASAUTI_BENCH_REBUILD is the number of loans of the rebuild, 27 instalments each (the target is
stated for 1,000,000).
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from bench import Measured, milliseconds
from benchmark_books import crowded_book, ledger_book
from benchmark_crowd import BRANCH, OFFICER
from benchmark_ledger import DAY

LOANS = int(os.environ.get("KASAUTI_BENCH_DAY_END", "30000"))
REBUILT = int(os.environ.get("KASAUTI_BENCH_REBUILD", "30000"))
CUSTOMERS_A_LOAN = 3  # of the crowd
_MONTHS_OF_A_DAY, _MONTHS_OF_A_REBUILD = 9, 28  # a seventh misses up to five of them
# Every loan whose balance, arrears or oldest unpaid due is not what its own rows come to.
_DIFFERENT = """
WITH back AS (
    SELECT loan_id, sum(interest_paise + principal_paise)::bigint AS paid,
        sum(principal_paise)::bigint AS principal
    FROM repayments GROUP BY loan_id
), asked AS (
    SELECT loan_id, due_date, sum(interest_paise + principal_paise)
        OVER (PARTITION BY loan_id ORDER BY number)::bigint AS until_then
    FROM instalments WHERE due_date <= DATE '2026-09-30'
), owing AS (
    SELECT a.loan_id, min(a.due_date) FILTER (WHERE a.until_then > coalesce(b.paid, 0)) AS oldest,
        max(a.until_then) - coalesce(max(b.paid), 0) AS overdue
    FROM asked a LEFT JOIN back b ON b.loan_id = a.loan_id GROUP BY a.loan_id
)
SELECT count(*) FROM loans l JOIN owing o ON o.loan_id = l.loan_id
    LEFT JOIN back b ON b.loan_id = l.loan_id
    JOIN disbursements d ON d.branch_id = l.branch_id AND d.loan_id = l.loan_id
WHERE o.oldest IS DISTINCT FROM l.oldest_unpaid_due OR o.overdue <> l.overdue_paise
    OR l.outstanding_paise <> d.amount_paise - coalesce(b.principal, 0)
"""
_COLUMNS = (
    "branch_id, loan_id, number, due_date, opening_paise, interest_paise, principal_paise, "
    "closing_paise, paid_interest_paise, paid_principal_paise, paid_on"
)
_SPREAD = {
    "postgresql": "DATE '2026-10-01' + (number - number / 30 * 30)",
    "sqlite": "date('2026-10-01', (number - number / 30 * 30) || ' days')",
}
_DUE = {
    "postgresql": "(l.next_due_date + make_interval(months => n.n - 7))::date",
    "sqlite": "date(l.next_due_date, (n.n - 7) || ' months')",
}
_NUMBERS = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 12)"


def _prepared(engine: Any) -> None:  # noqa: ANN401  # SQLAlchemy's engine, imported before use
    """Give every loan its dues, in statements over all of them."""
    name = engine.dialect.name
    due = _DUE[name]
    with engine.begin() as connection:
        if name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        run = connection.exec_driver_sql
        run(
            "UPDATE loans SET next_due_date = coalesce(oldest_unpaid_due, "  # noqa: S608  # our words
            f"{_SPREAD[name]}), oldest_unpaid_due = NULL, disbursement_date = '2024-01-01'"
        )
        run(
            f"INSERT INTO instalments ({_COLUMNS}) {_NUMBERS} "  # noqa: S608  # our own words
            "SELECT l.branch_id, l.loan_id, n.n, "
            f"{due}, 0, 100000, 123710, 0, CASE WHEN n.n < 7 THEN 100000 ELSE 0 END, "
            f"CASE WHEN n.n < 7 THEN 123710 ELSE 0 END, CASE WHEN n.n < 7 THEN {due} END "
            "FROM loans l CROSS JOIN n"
        )
        run("ANALYZE")


def _closer(engine: Any) -> Callable[[date], None]:  # noqa: ANN401  # as above
    """What closes one day of the branch."""
    from app.book_ports import shipped_rulebook
    from app.services.steps.day_work import close_one_day
    from app.services.steps.desk import Actor
    from app.services.steps.loan_ledger import RowMaker
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work
    from db.vocabulary.people import Role

    keys, rulebook = FixedKeys().keys(), shipped_rulebook()
    person = Actor(UUID(int=OFFICER.int), "bench", "Bench", BRANCH, frozenset({Role.SUPERVISOR}))
    make = RowMaker(uuid4, OFFICER, datetime(2026, 10, 1, 12, tzinfo=UTC))

    def close(day: date) -> None:
        with open_unit_of_work(engine, keys) as book:
            close_one_day(book, day, rulebook, make, person)
            book.commit()

    return close


def _days(engine: Any, name: str, runs: int) -> Measured:  # noqa: ANN401  # as above
    close = _closer(engine)
    close(DAY)  # everything that was behind moves at once: not measured
    ours = [
        milliseconds(lambda day=DAY + timedelta(days=each): close(day))
        for each in range(1, max(runs, 5) + 1)
    ]
    note = f"a day of {LOANS:,} loans, a thirtieth of them unpaid on its due date, on {name}"
    return Measured(ours, [], "ms", note)


def _count_cells(engine: Any) -> None:  # noqa: ANN401  # as above
    from db.repositories.portfolio_cells import PortfolioCells
    from db.repositories.session import Session
    from db.security.key_store import FixedKeys

    with engine.begin() as connection:
        PortfolioCells(Session(connection, FixedKeys().keys())).rebuild(BRANCH)


def day_end_postgresql(runs: int) -> Measured:
    """One day of a branch on PostgreSQL."""
    with ledger_book(LOANS, _MONTHS_OF_A_DAY, receipts=False) as engine:
        _count_cells(engine)
        return _days(engine, "postgresql", runs)


def day_end_sqlite(runs: int) -> Measured:
    """One day of a branch on SQLite."""
    with crowded_book("sqlite", LOANS * CUSTOMERS_A_LOAN) as engine:
        _prepared(engine)
        _count_cells(engine)
        return _days(engine, "sqlite", runs)


def _recount(engine: Any) -> None:  # noqa: ANN401  # as above
    with engine.connect() as connection:
        wrong = connection.exec_driver_sql(_DIFFERENT).scalar()
    if wrong:
        message = f"{wrong} loans are not what their ledger says"
        raise RuntimeError(message)


def rebuild_postgresql(_runs: int) -> Measured:
    """Cells, summaries, balances and arrears counted anew from the ledger, once."""
    from app.book_ports import shipped_rulebook
    from app.services.steps.summary_terms import summary_terms
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work

    keys, terms = FixedKeys().keys(), summary_terms(DAY, shipped_rulebook())
    with ledger_book(REBUILT, _MONTHS_OF_A_REBUILD, receipts=True) as engine:
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT count(*) FROM repayments").scalar()

        def rebuild() -> None:
            with open_unit_of_work(engine, keys) as book:
                book.cells.rebuild(BRANCH)
                book.summaries.rebuild(BRANCH, terms)
                book.commit()

        built, counted = milliseconds(rebuild), milliseconds(lambda: _recount(engine))
        with open_unit_of_work(engine, keys) as book:
            different = book.cells.differences(BRANCH) + len(
                book.summaries.differences(BRANCH, terms)
            )
    note = (
        f"{REBUILT:,} loans, {rows:,} repayments: summaries {built:,.0f} ms, arrears and balances "
        f"from the ledger {counted:,.0f} ms, {different} differences"
    )
    return Measured([built + counted], [], "ms", note)
