from dataclasses import replace

from app.services.steps.report_pages import MOST_COHORTS, report_pages
from app.services.steps.report_tables import page_values
from tests.services.made_report import AS_OF, made_parts

TABS = ["Overview", "Class", "Cohorts", "Roll rates", "Concentration", "Security", "Repayment"]


def test_there_is_a_page_a_tab_and_a_workbook_ends_with_every_loan():
    parts = made_parts()
    assert [page.title for page in report_pages(parts, printed=True)] == [*TABS, "Drift", "Alerts"]
    last = report_pages(parts, printed=False)[-1]
    assert last.title == "Loans"
    assert last.tables[0].rows == (("L-1001", "0412", 100_000), ("L-1002", "0412", 200_000))


def test_the_report_says_that_no_stress_run_is_in_it():
    note = report_pages(made_parts(), printed=True)[0].note
    assert note.startswith("Unknown figures are printed as a dash")
    sheet = report_pages(made_parts(), printed=False)[0].note
    assert sheet.startswith("Unknown figures stay empty")
    assert "A stress run is not part of this report" in note


def test_tiles_stand_in_the_column_of_their_unit_and_unknown_stays_empty():
    overview = report_pages(made_parts(), printed=False)[0]
    rows = {row[0]: row[1:4] for row in overview.tables[0].rows}
    assert rows["total_outstanding"] == (300_000, None, None)
    assert rows["active_loans"] == (None, None, 2)
    assert rows["npa_ratio"] == (None, 333_333, None)
    assert rows["par30"] == (None, None, None)
    assert overview.tables[1].rows[0][:4] == (AS_OF, 300_000, 333_333, 100_000)
    assert overview.lines[0].series[1] == ("PAR30", (10.0, None))


def test_on_paper_only_an_unknown_figure_has_a_dash():
    overview = report_pages(made_parts(), printed=True)[0]
    rows = {row[0]: row[1:4] for row in page_values([overview])[0]["tables"][0]["rows"]}
    assert rows["total_outstanding"] == ["3,000.00", "", ""]
    assert rows["par30"] == ["", "—", ""]


def test_alerts_carry_value_limit_and_day_and_none_is_said():
    parts = made_parts()
    page = report_pages(parts, printed=True)[-1]
    assert page.tables[0].rows[0][:4] == ("Critical", "NPA ratio", 333_333, 50_000)
    quiet = report_pages(replace(parts, alerts=()), printed=True)[-1]
    assert quiet.note == "No alert stands."


def test_paper_has_the_youngest_cohorts_and_a_workbook_all():
    parts = made_parts()
    many = replace(parts.cohorts, rows=parts.cohorts.rows * MOST_COHORTS)
    long = replace(parts, cohorts=many)
    assert len(report_pages(long, printed=True)[2].tables[0].rows) == MOST_COHORTS
    assert len(report_pages(long, printed=False)[2].tables[0].rows) == 2 * MOST_COHORTS


def test_loans_that_do_not_fit_are_counted():
    parts = made_parts()
    cut = replace(parts, loans=replace(parts.loans, rows=parts.loans.rows[:1]))
    note = report_pages(cut, printed=False)[-1].note
    assert note.startswith("2 open loans")
    assert note.endswith("The first 1 are listed.")
