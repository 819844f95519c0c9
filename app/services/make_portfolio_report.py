"""The report of the portfolio monitor as one file: PDF with a page a tab, or a workbook.

Source: screens.md S80 (export), commands.md (`portfolio report`). The figures are read before, by
the acts that watch the book; here they are set and written down as exported.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.file_formats.pdf_out import pages_in
from app.file_formats.table_out import Sheet, write_xlsx
from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.permissions import Act
from app.services.steps.bank_facts import bank_facts
from app.services.steps.letter_render import rendered_report
from app.services.steps.permission import permit
from app.services.steps.report_pages import report_pages
from app.services.steps.report_tables import ReportPage, about_sheet, page_values, sheets_of
from db.records.book import AuditAct
from db.vocabulary.loan_life import Language

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.report_parts import ReportParts

TEMPLATE = "monitor"


class ReportFormat(StrEnum):
    """What file a report is made as."""

    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class MakePortfolioReport:
    """What was read, what part of the book it is in words, and what file is wanted."""

    parts: "ReportParts"
    scope_words: str
    format: ReportFormat


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """The file; a workbook has 0 `pages`."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.content).hexdigest()


def make_portfolio_report(request: MakePortfolioReport, desk: "Desk") -> PortfolioReport:
    """Make the file; the audit chain says that it was made.

    Raises:
        Refused: the person may not see the monitor or not export, or a template is damaged.
    """
    permit(desk, Act.SEE_MONITOR)
    person = permit(desk, Act.EXPORT_ROWS)
    printed = request.format is ReportFormat.PDF
    pages = report_pages(request.parts, printed=printed)
    made = _made(request, pages, desk)
    day = request.parts.tiles.head.as_of
    details = {
        "format": request.format.value,
        "as_of": day.isoformat(),
        "scope": request.scope_words,
        "sha256": made.sha256,
    }
    with desk.open_book() as book:
        entry = AuditAct(
            "portfolio_report", "book", None, person.staff_id, desk.clock.now(), details
        )
        book.audit.append(person.branch_id, entry)
        book.commit()
    return made


def _made(
    request: MakePortfolioReport, pages: tuple[ReportPage, ...], desk: "Desk"
) -> PortfolioReport:
    if request.format is ReportFormat.XLSX:
        out = io.BytesIO()
        write_xlsx(out, (_about(request, pages, desk), *sheets_of(pages)))
        return PortfolioReport(out.getvalue(), 0)
    pdf = rendered_report(TEMPLATE, _values(request, pages, desk)).pdf
    return PortfolioReport(pdf, pages_in(pdf))


def _about(request: MakePortfolioReport, pages: tuple[ReportPage, ...], desk: "Desk") -> Sheet:
    said = _values(request, pages, desk)
    facts = (
        ("Bank", said["bank"]["name"]),
        ("Part of the book", request.scope_words),
        ("Day", said["as_of"]),
        ("Note", said["sentence"]),
    )
    return about_sheet(facts, pages)


def _values(
    request: MakePortfolioReport, pages: tuple[ReportPage, ...], desk: "Desk"
) -> Mapping[str, Any]:
    head, now = request.parts.tiles.head, desk.clock.now()
    read = f"{date_shown(bank_day(now))} {bank_moment(now):%H:%M}"
    return {
        "title": "Portfolio monitor",
        "lang": Language.EN.value,
        "bank": {"name": bank_facts(desk.data_dir, Language.EN).name},
        "scope": request.scope_words,
        "as_of": f"As of {date_shown(head.as_of)}, read {read}",
        "sentence": head.sentence,
        "pages": page_values(pages),
    }
