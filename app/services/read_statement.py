"""The statement of a loan's account, to be read or made as a file for the customer.

Source: screens.md S64, commands.md (`statement LOAN --from --to`). A file shows a name and an
account, so making one is written down; it is not kept, since the account itself is: the same period
gives the same lines again. Rendering happens before the book is held.
"""

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.file_formats.pdf_out import PREVIEW_PPI, pages_in
from app.file_formats.table_out import write_csv, write_xlsx
from app.rules.permissions import Act
from app.services.steps.letter_render import pictured, rendered
from app.services.steps.letter_statement import statement_number, statement_values
from app.services.steps.letter_work import LANGUAGES
from app.services.steps.loan_statement import LoanStatement, StatementWanted, statement_of
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, StoppedError, never
from app.services.steps.refusal import bad_input
from app.services.steps.statement_sheets import csv_sheet, statement_sheets
from db.records.book import AuditAct
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

__all__ = ["LoanStatement", "StatementWanted", "read_statement"]

_PARTS = 2  # read, then made


class StatementFormat(StrEnum):
    """What file a statement is made as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class MakeStatement:
    """Which statement, in which language, as what file."""

    wanted: StatementWanted
    language: Language = Language.EN
    format: StatementFormat = StatementFormat.PDF


@dataclass(frozen=True, slots=True)
class StatementMade:
    """The file and what stands in it; a table has 0 `pages`."""

    statement: LoanStatement
    content: bytes
    pages: int

    @property
    def number(self) -> str:
        """As its letter prints it."""
        return statement_number(self.statement)

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """A statement and the pages that its letter would have."""

    statement: LoanStatement
    pages: tuple[bytes, ...]


def read_statement(wanted: StatementWanted, desk: "Desk") -> LoanStatement:
    """Read a statement.

    Raises:
        Refused: the person may not read loans, or the period is none of this loan.
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    with desk.read_book() as book:
        return statement_of(book, branch_id, wanted, desk.clock.today())


def preview_statement(
    request: MakeStatement, desk: "Desk", ppi: float = PREVIEW_PPI
) -> StatementPreview:
    """A statement and its pages as PNG pictures, `ppi` dots an inch.

    Raises:
        Refused: as `make_statement`.
        NotFound: the branch has no such loan.
    """
    _check(request)
    statement = read_statement(request.wanted, desk)
    values = statement_values(statement, request.language, desk)
    return StatementPreview(statement, pictured(LetterKind.STATEMENT, values, ppi))


def make_statement(
    request: MakeStatement, desk: "Desk", cancelled: Cancelled = never
) -> StatementMade:
    """Make a statement as a file; the audit chain says that it was made.

    Raises:
        Refused: the person may not export, the period is none of this loan, there is no such
            language, or the template is damaged.
        NotFound: the branch has no such loan.
        StoppedError: `cancelled` answered true; nothing was written.
    """
    person = permit(desk, Act.EXPORT_ROWS)
    _check(request)
    statement = read_statement(request.wanted, desk)
    if cancelled():
        raise StoppedError(1, _PARTS)
    made = _made(statement, request, desk)
    if cancelled():
        raise StoppedError(1, _PARTS)
    details = {
        "format": request.format.value,
        "begin": statement.begin.isoformat(),
        "end": statement.end.isoformat(),
        "sha256": made.sha256,
    }
    with desk.open_book() as book:
        loan_id, at = statement.loan.loan_id, desk.clock.now()
        entry = AuditAct("make_statement", "loan", loan_id, person.staff_id, at, details)
        book.audit.append(person.branch_id, entry)
        book.commit()
    return made


def _check(request: MakeStatement) -> None:
    if request.language not in LANGUAGES:
        raise bad_input({"language": "Statements are made in English and in Hindi"})


def _made(statement: LoanStatement, request: MakeStatement, desk: "Desk") -> StatementMade:
    out = io.BytesIO()
    if request.format is StatementFormat.CSV:
        write_csv(out, csv_sheet(statement))
        return StatementMade(statement, out.getvalue(), 0)
    if request.format is StatementFormat.XLSX:
        write_xlsx(out, statement_sheets(statement, request.language))
        return StatementMade(statement, out.getvalue(), 0)
    values = statement_values(statement, request.language, desk)
    pdf = rendered(LetterKind.STATEMENT, values).pdf
    return StatementMade(statement, pdf, pages_in(pdf))
