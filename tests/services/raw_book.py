"""The raw rows of a book, and plain helpers to count them by."""

from dataclasses import dataclass
from datetime import date, timedelta, timezone
from types import SimpleNamespace

from sqlalchemy import Table, select

from app.services.steps.desk import Desk
from db.tables.applications import applications, collateral, decisions
from db.tables.customers import customers, employment
from db.tables.loan_account import (
    loan_acts,
    month_end_snapshots,
    past_instalments,
    schedules,
)
from db.tables.loans import disbursements, instalments, loans, repayments

INDIA = timezone(timedelta(hours=5, minutes=30))


_TABLES = (
    applications, collateral, customers, decisions, disbursements, employment, instalments,
    loan_acts, loans, month_end_snapshots, past_instalments, repayments, schedules,
)  # fmt: skip


@dataclass
class RawBook:
    """The rows of the tables, as they are."""

    desk: Desk

    def __post_init__(self) -> None:
        with self.desk.read_book() as book:
            connection = book._connection  # the raw rows, whatever a repository makes of them
            self.rows = {
                table.name: [
                    SimpleNamespace(**row._mapping) for row in connection.execute(select(table))
                ]
                for table in _TABLES
            }

    def of(self, table: Table) -> list[SimpleNamespace]:
        return self.rows[table.name]


def ticket(paise: int) -> str:
    edges = (50_000_000, 150_000_000, 300_000_000, 1_000_000_000)
    place = sum(paise > edge for edge in edges)
    low = (0, *edges)[place]
    return f"{low}-{edges[place]}" if place < len(edges) else f"{low}-"


def whole_months(start: date, end: date) -> int:
    """Months that have fully gone by; the last day of a short month completes one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_of_end = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if end.day < start.day and end != last_of_end:
        months -= 1
    return months
