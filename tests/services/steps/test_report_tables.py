from datetime import date
from decimal import Decimal

from app.file_formats.table_out import TableColumn, ValueKind
from app.services.steps.report_tables import (
    ReportLines,
    ReportPage,
    ReportTable,
    cell_words,
    page_values,
    share,
    sheets_of,
)

COLUMNS = (
    TableColumn("month", "Disbursed"),
    TableColumn("loans", "Loans", ValueKind.COUNT),
    TableColumn("month_3", "3", ValueKind.PERCENT),
    TableColumn("month_4", "4", ValueKind.PERCENT),
)
ROWS = (("Jan 2026", 20, 0, 120_000), ("Feb 2026", 3, 990_000, None))


def test_values_are_printed_as_screens_print_them():
    assert cell_words(ValueKind.MONEY, 123_456_750) == "12,34,567.50"
    assert cell_words(ValueKind.MONEY, 300_000) == "3,000.00"
    assert cell_words(ValueKind.PERCENT, 130_764) == "13.08"
    assert cell_words(ValueKind.COUNT, 1_234) == "1,234"
    assert cell_words(ValueKind.DATE, date(2026, 9, 30)) == "30 Sep 2026"
    assert cell_words(ValueKind.INDEX, 54_130) == "0.054"
    assert cell_words(ValueKind.TEXT, "Home") == "Home"
    assert cell_words(ValueKind.MONEY, None) == "—"
    assert share(Decimal("33.3333")) == 333_333
    assert share(None) is None


def test_only_sound_rows_stand_on_the_ramp_and_the_highest_of_them_is_its_end():
    table = ReportTable("Cohorts", COLUMNS, ROWS, heat=(True, False))
    (page,) = page_values([ReportPage("Cohorts", "", (table,))])
    assert page["tables"][0]["heat"] == [[0, 6], [None, None]]
    assert page["tables"][0]["columns"][2] == {"label": "3", "right": True, "width": 14}
    plain = ReportTable("Cohorts", COLUMNS, ROWS)
    assert page_values([ReportPage("Cohorts", "", (plain,))])[0]["tables"][0]["heat"] == []


def test_paper_holds_some_lines_and_says_how_many_more_the_workbook_has():
    table = ReportTable("Long", COLUMNS, ROWS * 10, most=3)
    (page,) = page_values([ReportPage("Long", "", (table,))])
    assert len(page["tables"][0]["rows"]) == 3
    assert page["tables"][0]["more"] == "17 further lines stand in the workbook"
    (sheet,) = sheets_of([ReportPage("Long", "", (table,))])
    assert len(tuple(sheet.rows)) == 20
    assert sheet.title == "Long"


def test_lines_without_a_value_are_known_to_be_unknown():
    nothing = ReportLines("NPA", ("Aug 26",), (("NPA", (None,)),), (("critical", 5.0),))
    some = ReportLines("NPA", ("Aug 26",), (("NPA", (7.5,)),), (("critical", 5.0),))
    first, second = page_values([ReportPage("Overview", "", (), (nothing, some))])[0]["lines"]
    assert (first["known"], first["top"]) == (False, 5.0)
    assert (second["known"], second["top"]) == (True, 8.0)
    assert [each["words"] for each in second["steps"]] == ["0", "2", "4", "6", "8"]
