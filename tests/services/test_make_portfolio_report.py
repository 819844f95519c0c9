"""The report as a file: a page a tab, the loans in a workbook, written down, for those who may."""

from dataclasses import replace

import pypdfium2
import pytest

from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from db.vocabulary.people import Role
from tests.file_formats.sheet_reading import sheet_of
from tests.services.made_report import made_parts
from tests.services.sample_desks import empty_sandbox

TABS = ("Overview", "Class", "Cohorts", "Roll rates", "Concentration", "Security", "Repayment")


@pytest.fixture
def desk(tmp_path, empty_book, rulebook, champion):
    made = empty_sandbox(tmp_path / "book.sqlite3", empty_book, rulebook, champion)
    return made.acting(sandbox_actor(CHECKER))


def asked(wanted):
    return MakePortfolioReport(made_parts(), "branch 0412", wanted)


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_pdf_has_a_page_a_tab_with_its_figures(desk):
    made = make_portfolio_report(asked(ReportFormat.PDF), desk)
    pages = words_of(made.content)
    assert len(pages) == made.pages == len(TABS) + 1
    for title, words in zip((*TABS, "Alerts"), pages, strict=True):
        assert title in words
        assert "branch 0412" in words
    assert "33.33" in pages[0]
    assert "No figure yet." in pages[0]  # the approval of a month without decisions
    assert "Jun 2026 (few)" in pages[2]


def test_the_same_reading_gives_the_same_bytes(desk):
    first = make_portfolio_report(asked(ReportFormat.PDF), desk)
    assert make_portfolio_report(asked(ReportFormat.PDF), desk).sha256 == first.sha256


def test_a_workbook_holds_every_table_and_the_loans(desk, tmp_path):
    made = make_portfolio_report(asked(ReportFormat.XLSX), desk)
    file = tmp_path / "report.xlsx"
    file.write_bytes(made.content)
    assert made.pages == 0
    assert sheet_of(file, "Loans")[1:] == [["L-1001", "0412", "1000"], ["L-1002", "0412", "2000"]]
    assert sheet_of(file, "Classes")[1][:3] == ["Standard", "1", "2000"]
    assert sheet_of(file, "Classes")[1][5:] == []  # unknown stays empty


def test_making_it_is_written_down(desk):
    made = make_portfolio_report(asked(ReportFormat.XLSX), desk)
    with desk.read_book() as book:
        entries = book.audit.entries(desk.person().branch_id, 0, 5_000)
    (entry,) = [each for each in entries if each.act == "portfolio_report"]
    assert made.sha256 in str(entry)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
def test_who_may_not_see_the_monitor_gets_no_report(desk, role):
    other = replace(desk.person(), roles=frozenset({role}))
    with pytest.raises(Refused):
        make_portfolio_report(asked(ReportFormat.PDF), desk.acting(other))
