"""Benchmarks of the follow-up list: every sign of a branch counted anew, and its first rows.

KASAUTI_BENCH_FOLLOW_UP changes how many loans there are. Six of a hundred are in arrears, with
three contacts and a promise each; six more paid the last four dues ten days late.
"""

import os
from typing import Any
from uuid import UUID

from bench import Measured, milliseconds
from benchmark_books import crowded_book
from benchmark_crowd import BRANCH, OFFICER
from benchmarks_model import champion
from benchmarks_stress import StandingClock

LOANS = int(os.environ.get("KASAUTI_BENCH_FOLLOW_UP", "100000"))
CUSTOMERS_A_LOAN = 3  # of the crowd
_LAST = 32  # the instalment of September 2026
# No remainder sign: one of the drivers reads it as a parameter.
_OF_100 = "l.number - l.number / 100 * 100"
_OF_6 = "(l.number - l.number / 6 * 6)"
_WORDS = {
    "sqlite": {
        "due": "date('2024-01-05', n.n || ' months')",
        "late": "date('2024-01-05', n.n || ' months', '10 days')",
        "oldest": "date('2024-01-05', (32 - (number - number / 6 * 6)) || ' months')",
        "next": "'2026-10-05'",
        "id": "randomblob(16)",
        "moment": "datetime('2026-09-27 06:00:00', (3 * -n.n) || ' days')",
        "note": "x'00'",
        "day": "date('2026-09-25', (-n.n) || ' days')",
    },
    "postgresql": {
        "due": "(DATE '2024-01-05' + make_interval(months => n.n))::date",
        "late": "(DATE '2024-01-15' + make_interval(months => n.n))::date",
        "oldest": (
            "(DATE '2024-01-05' + make_interval(months => 32 - (number - number / 6 * 6)))::date"
        ),
        "next": "DATE '2026-10-05'",
        "id": "gen_random_uuid()",
        "moment": "TIMESTAMPTZ '2026-09-27 06:00:00+00' - make_interval(days => 3 * n.n)",
        "note": "'x'::bytea",
        "day": "DATE '2026-09-25' - n.n",
    },
}
_COLUMNS = (
    "branch_id, loan_id, number, due_date, opening_paise, interest_paise, principal_paise, "
    "closing_paise, paid_interest_paise, paid_principal_paise, paid_on"
)


def _numbers(most: int) -> str:
    return f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {most})"  # noqa: S608  # a number


def _prepared(engine: Any) -> None:  # noqa: ANN401  # SQLAlchemy's engine, imported before use
    """Give the loans their dues, their payments and what was said about them."""
    words = _WORDS[engine.dialect.name]
    unpaid = f"({_OF_100} < 6 AND n.n > {_LAST} - 1 - {_OF_6})"
    is_paid = f"(n.n <= {_LAST} AND NOT {unpaid})"
    with engine.begin() as connection:
        run = connection.exec_driver_sql
        if engine.dialect.name == "postgresql":
            run("SET session_replication_role = replica")
        run(
            "UPDATE loans SET status = 'Active', closed_on = NULL, "  # noqa: S608  # our own words
            f"next_due_date = {words['next']}, oldest_unpaid_due = "
            f"CASE WHEN number - number / 100 * 100 < 6 THEN {words['oldest']} END, "
            "overdue_paise = CASE WHEN number - number / 100 * 100 < 6 THEN 223710 ELSE 0 END"
        )
        run(
            f"INSERT INTO instalments ({_COLUMNS}) {_numbers(36)} "  # noqa: S608  # our own words
            f"SELECT l.branch_id, l.loan_id, n.n, {words['due']}, 0, 100000, 123710, 0, "
            f"CASE WHEN {is_paid} THEN 100000 ELSE 0 END, "
            f"CASE WHEN {is_paid} THEN 123710 ELSE 0 END, CASE WHEN {is_paid} THEN CASE "
            f"WHEN n.n > {_LAST} - 4 AND {_OF_100} BETWEEN 6 AND 11 THEN {words['late']} "
            f"ELSE {words['due']} END END FROM loans l CROSS JOIN n"
        )
        run(
            "INSERT INTO contacts (branch_id, contact_id, loan_id, customer_id, channel, outcome, "  # noqa: S608  # as above
            "note_sealed, actor_id, made_at, stored_at, version) "
            f"{_numbers(3)} SELECT l.branch_id, {words['id']}, l.loan_id, l.customer_id, 'Call', "
            "CASE WHEN n.n = 3 THEN 'Promise' ELSE 'No answer' END, "
            f"{words['note']}, l.officer_id, {words['moment']}, {words['moment']}, 1 "
            f"FROM loans l CROSS JOIN n WHERE {_OF_100} < 6"
        )
        run(
            "INSERT INTO promises (branch_id, promise_id, contact_id, loan_id, amount_paise, "  # noqa: S608  # as above
            f"promised_on, due_on, made_at, stored_at) {_numbers(1)} SELECT c.branch_id, "
            f"{words['id']}, c.contact_id, c.loan_id, 50000, {words['day']}, {words['day']}, "
            "c.made_at, c.made_at FROM contacts c CROSS JOIN n WHERE c.outcome = 'Promise'"
        )
        run("ANALYZE")


def _list(engine_name: str, runs: int) -> Measured:
    from pathlib import Path

    from app.book_ports import shipped_rulebook
    from app.services.find_follow_ups import FollowUpFilter, find_follow_ups
    from app.services.steps.desk import Actor, Desk
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work
    from db.vocabulary.people import Role

    keys, rulebook = FixedKeys().keys(), shipped_rulebook()
    person = Actor(UUID(int=OFFICER.int), "bench", "Bench", BRANCH, frozenset({Role.OFFICER}))
    with crowded_book(engine_name, LOANS * CUSTOMERS_A_LOAN) as engine:
        _prepared(engine)
        desk = Desk(
            open_book=lambda: open_unit_of_work(engine, keys),
            clock=StandingClock(),
            rulebook=lambda: rulebook,
            model=champion,
            data_dir=Path(),
        ).acting(person)
        found = find_follow_ups(FollowUpFilter(), desk)
        ours = [
            milliseconds(lambda: find_follow_ups(FollowUpFilter(), desk))
            for _ in range(max(runs, 5))
        ]
    note = f"{found.total:,} of {LOANS:,} loans need a call, {len(found.rows)} rows, {engine_name}"
    return Measured(ours, [], "ms", note)


def follow_up_sqlite(runs: int) -> Measured:
    """The list of a branch on SQLite."""
    return _list("sqlite", runs)


def follow_up_postgresql(runs: int) -> Measured:
    """The list of a branch on PostgreSQL."""
    return _list("postgresql", runs)
