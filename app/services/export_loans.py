"""The loans that fit a filter as a file, CSV or XLSX, written page by page.

Source: screens.md S60 and A11 (export). The file shows names, so making it is written down. It is
whole or not there; a long list takes no more memory than a short one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.file_formats.table_out import (
    Sheet,
    TableColumn,
    Value,
    ValueKind,
    write_csv,
    write_xlsx,
)
from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.closed_day import counted_to
from app.services.steps.letter_file import check_target, file_beside
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from db.records.book import AuditAct
from db.records.lists import LoanFilter, LoanRow, Viewer

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

PAGE = 1_000
CSV, XLSX = ".csv", ".xlsx"
ENDINGS = (XLSX, CSV)
COLUMNS = (
    TableColumn("reference", "Number"),
    TableColumn("full_name", "Customer", width=26),
    TableColumn("product_code", "Product", width=22),
    TableColumn("loan_amount", "Sanctioned ₹", ValueKind.MONEY, 18),
    TableColumn("outstanding_balance", "Outstanding ₹", ValueKind.MONEY, 18),
    TableColumn("overdue_amount", "Overdue ₹", ValueKind.MONEY, 16),
    TableColumn("days_past_due", "Days late", ValueKind.COUNT, 10),
    TableColumn("asset_class", "Class"),
    TableColumn("next_due_date", "Next due", ValueKind.DATE),
    TableColumn("emi_amount", "EMI ₹", ValueKind.MONEY, 16),
    TableColumn("interest_rate", "Rate %", ValueKind.PERCENT, 9),
    TableColumn("status", "Status"),
    TableColumn("officer", "Officer", width=22),
    TableColumn("days_past_due_as_of", "Days late at the day-end of", ValueKind.DATE, 26),
)


@dataclass(frozen=True, slots=True)
class ExportLoans:
    """Which loans, and the file they go to; its ending says CSV or XLSX."""

    filter: LoanFilter
    target: Path


@dataclass(frozen=True, slots=True)
class LoansExported:
    """The file, how many loans stand in it, and the day-end to which days are counted."""

    target: Path
    loans: int
    as_of: date


def export_loans(
    request: ExportLoans,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> LoansExported:
    """Write the file of a filtered list.

    Raises:
        Refused: nobody has signed in, the person may not export, or no such file can be written.
        StoppedError: `cancelled` answered true; nothing is kept.
    """
    permit(desk, Act.READ_LOANS)
    person = permit(desk, Act.EXPORT_ROWS)
    check_target(request.target, *ENDINGS)
    viewer, rulebook = viewer_of(desk), desk.rulebook()
    with file_beside(request.target) as beside:
        with desk.read_book() as book:
            total = book.loans.totals(viewer, request.filter).loans
            as_of = counted_to(book, viewer.branch_id, viewer.today)
            pages = _watched(_pages(book, viewer, request.filter), total, progress, cancelled)
            rows = (_values(row, as_of, rulebook) for page in pages for row in page)
            _write(beside, request.target.suffix.lower(), Sheet("Loans", COLUMNS, rows))
        details = {"list": "loans", "rows": total, "format": request.target.suffix.lower()}
        with desk.open_book() as book:
            at = desk.clock.now()
            entry = AuditAct("export_rows", "book", None, person.staff_id, at, details)
            book.audit.append(person.branch_id, entry)
            book.commit()
    return LoansExported(request.target, total, as_of)


def _write(beside: Path, ending: str, sheet: Sheet) -> None:
    with beside.open("wb") as out:
        if ending == CSV:
            write_csv(out, sheet)
        else:
            write_xlsx(out, [sheet], beside.parent)


def _pages(book: "UnitOfWork", viewer: Viewer, wanted: LoanFilter) -> Iterator[tuple[LoanRow, ...]]:
    after = None
    while True:
        page = book.loans.find(viewer, wanted, PAGE, after)
        yield page.rows
        after = page.next
        if after is None:
            return


def _watched(
    pages: Iterator[tuple[LoanRow, ...]], total: int, progress: Progress, cancelled: Cancelled
) -> Iterator[tuple[LoanRow, ...]]:
    """The pages, telling how far it is and asking before each whether to stop."""
    done = 0
    for page in pages:
        if cancelled():
            raise StoppedError(done, total)
        yield page
        done += len(page)
        progress(done, total)


def _values(row: LoanRow, as_of: date, rulebook: "Rulebook") -> Sequence[Value]:
    return (
        row.reference,
        row.full_name,
        row.product_code,
        row.principal_paise,
        row.outstanding_paise,
        row.overdue_paise,
        days_past_due(row.oldest_unpaid_due, as_of, rulebook),
        row.asset_class.value,
        row.next_due_date,
        row.emi_paise,
        row.rate_ppm,
        row.status.value,
        row.officer_name,
        as_of,
    )
