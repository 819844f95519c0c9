"""The report as a file: a page a tab, the loans in a workbook, written down, for those who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.steps.monitor_answers import SparkPoint
from app.services.steps.monitor_tabs import RollMonth, RollRow
from app.services.steps.refusal import Refused
from app.services.steps.report_parts import PRINTED_KEYS
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, PaymentMethod
from db.vocabulary.people import Role
from tests.file_formats.sheet_reading import sheet_of
from tests.services.made_report import AS_OF, concentration, count_row, drift, made_parts
from tests.services.sample_desks import empty_sandbox

TABS = (
    "Overview",
    "Class",
    "Cohorts",
    "Roll rates",
    "Concentration",
    "Security",
    "Repayment",
    "Drift",
)


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


def full_classes(told):
    """Every class, twelve months, and more moves between classes than a page holds."""
    standing = tuple(replace(told.classes[1], asset_class=word) for word in AssetClass)
    moves = told.movements[:1] * 40
    return replace(told, classes=standing, movements=moves, months=told.months[-1:] * 12)


def full_rolls(told):
    """Every bucket and twelve months."""
    buckets = (*map(str, DpdBucket), "CLOSED", "WRITTEN-OFF")
    cells = tuple(replace(told.rows[0].cells[0], after=each) for each in buckets)
    rows = tuple(RollRow(str(each), 2, 123_456_789_00, cells) for each in DpdBucket)
    months = tuple(RollMonth(told.month, rows) for _ in range(11))
    return replace(told, buckets=buckets, rows=rows, earlier=months)


def fullest():
    """A month of 31 due dates, every method, and more groups and cohorts than a page holds."""
    parts = made_parts()
    dues = parts.repayment
    long = "Outstanding of loans more than 30 days late at the day-end ÷ outstanding of open loans"
    tiles = tuple(
        replace(parts.tiles.tiles[n % 4], definition=long, label=f"Figure {n}") for n in range(9)
    )
    groups = tuple(replace(concentration(groups=40), by=key) for key in PRINTED_KEYS)
    return replace(
        parts,
        tiles=replace(parts.tiles, tiles=(*parts.tiles.tiles, *tiles)),
        trend=replace(parts.trend, months=parts.trend.months * 12),
        cohorts=replace(parts.cohorts, rows=parts.cohorts.rows * 20),
        classes=full_classes(parts.classes),
        rolls=full_rolls(parts.rolls),
        concentrations=groups,
        drift=replace(drift(), lines=drift().lines * 15, notes=(long,) * 5),
        repayment=replace(
            dues,
            days=tuple(replace(dues.days[0], day=date(2026, 8, n)) for n in range(1, 32)),
            by_method=tuple(count_row(method, 1, 12_345_678_90) for method in PaymentMethod),
        ),
    )


def test_the_fullest_reading_has_a_page_a_tab_too(desk):
    full = MakePortfolioReport(fullest(), "branch 0412", ReportFormat.PDF)
    made = make_portfolio_report(full, desk)
    pages = words_of(made.content)
    assert made.pages == len(TABS) + 1, [words[:40] for words in pages]
    repayment = pages[TABS.index("Repayment")]
    assert "31 Aug 2026" in repayment
    assert "UPI" in repayment
    assert "16 further lines stand in the workbook" in pages[TABS.index("Class")]
    assert "26 further lines stand in the workbook" in pages[TABS.index("Concentration")]


def heights(pdf, *labels):
    """How high the middle of each label stands on the first page, in points."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    middles = []
    for label in labels:
        start, _count = text.search(label).get_next()
        _left, bottom, _right, top = text.get_charbox(start)
        middles.append((bottom + top) / 2)
    return middles


def test_labels_of_lines_that_end_together_stand_apart(desk):
    parts = made_parts()
    npa, par30 = parts.tiles.tile("npa_ratio"), parts.tiles.tile("par30")
    low = replace(npa, spark=(SparkPoint(AS_OF, Decimal("4.9")),))
    near = replace(par30, spark=(SparkPoint(AS_OF, Decimal("4.8")),))
    rest = parts.tiles.tiles[4:]
    tiles = replace(parts.tiles, tiles=(*parts.tiles.tiles[:2], low, near, *rest))
    request = MakePortfolioReport(replace(parts, tiles=tiles), "branch", ReportFormat.PDF)
    pdf = make_portfolio_report(request, desk).content
    limit, first, second = heights(pdf, "critical 5 %", "NPA 4.9", "PAR30 4.8")
    assert limit - first > 8
    assert first - second > 8


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
    assert sheet_of(file, "Score and inputs")[1][:3] == ["Score", "0.05413", "0.06"]
    about = dict(sheet_of(file, "About")[1:])
    assert about["Part of the book"] == "branch 0412"
    assert about["Day"].startswith("As of 30 Sep 2026")
    assert "A stress run is not part" in about["Overview"]
    assert "Note" not in about  # a book that stands has no sentence


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
