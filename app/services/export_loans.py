"""The loans that fit a filter as one CSV file.

Source: screens.md S60 (export). The file shows names, so making it is written down. Money in
rupees, rates in per cent, days as ISO dates, as the verbs give them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.file_formats.csv_out import csv_bytes
from app.rules.days_past_due import days_past_due
from app.rules.money import percent_text, rupees_text
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.closed_day import counted_to
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from db.records.book import AuditAct
from db.records.lists import LoanFilter, LoanRow, Viewer

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

PAGE = 1_000
HEAD = (
    "reference", "full_name", "product_code", "loan_amount", "outstanding_balance",
    "overdue_amount", "days_past_due", "asset_class", "next_due_date", "emi_amount",
    "interest_rate", "status", "officer", "days_past_due_as_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoansExported:
    """The file, how many loans stand in it, and the day-end to which days are counted."""

    content: bytes
    loans: int
    as_of: date


def export_loans(
    wanted: LoanFilter,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> LoansExported:
    """Make the file of a filtered list.

    Raises:
        Refused: nobody has signed in, or the person may not export.
        StoppedError: `cancelled` answered true; nothing is kept.
    """
    permit(desk, Act.READ_LOANS)
    person = permit(desk, Act.EXPORT_ROWS)
    viewer, rulebook = viewer_of(desk), desk.rulebook()
    with desk.read_book() as book:
        total = book.loans.totals(viewer, wanted).loans
        as_of = counted_to(book, viewer.branch_id, viewer.today)
        rows: list[LoanRow] = []
        for page in _pages(book, viewer, wanted):
            if cancelled():
                raise StoppedError(len(rows), total)
            rows += page
            progress(len(rows), total)
    content = csv_bytes(HEAD, (_cells(row, as_of, rulebook) for row in rows))
    details = {"list": "loans", "rows": len(rows)}
    with desk.open_book() as book:
        at = desk.clock.now()
        entry = AuditAct("export_rows", "book", None, person.staff_id, at, details)
        book.audit.append(person.branch_id, entry)
        book.commit()
    return LoansExported(content, len(rows), as_of)


def _pages(book: "UnitOfWork", viewer: Viewer, wanted: LoanFilter) -> Iterator[tuple[LoanRow, ...]]:
    after = None
    while True:
        page = book.loans.find(viewer, wanted, PAGE, after)
        yield page.rows
        after = page.next
        if after is None:
            return


def _cells(row: LoanRow, as_of: date, rulebook: "Rulebook") -> tuple[str, ...]:
    due = row.next_due_date
    return (
        row.reference,
        row.full_name,
        row.product_code,
        rupees_text(row.principal_paise),
        rupees_text(row.outstanding_paise),
        rupees_text(row.overdue_paise),
        str(days_past_due(row.oldest_unpaid_due, as_of, rulebook)),
        row.asset_class.value,
        "" if due is None else due.isoformat(),
        rupees_text(row.emi_paise),
        percent_text(row.rate_ppm),
        row.status.value,
        row.officer_name,
        as_of.isoformat(),
    )
