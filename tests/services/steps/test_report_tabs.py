from dataclasses import replace

from app.services.steps import report_tabs
from tests.services.made_report import (
    classes,
    cohorts,
    concentration,
    repayment,
    rolls,
    security,
)


def test_classes_keep_unknown_apart_from_zero():
    page = report_tabs.classes_page(classes())
    standard, sub = page.tables[0].rows
    assert standard[:5] == ("Standard", 1, 200_000, 666_667, 800)
    assert standard[5:] == (None, None, None, None)
    assert sub[5:] == (500, 1, 0, 100_000)
    assert page.tables[2].rows[1][:2] == ("New", "Standard")
    assert page.note == "Movements since 31 Aug 2026."


def test_classes_are_told_in_the_words_of_every_screen():
    standing, _, moved = report_tabs.classes_page(classes()).tables
    assert [row[0] for row in standing.rows] == ["Standard", "Sub-standard"]
    assert [row[:2] for row in moved.rows] == [("SMA-2", "Sub-standard"), ("New", "Standard")]


def test_classes_by_month_have_a_chart_and_its_twin_and_unknown_is_no_zero():
    page = report_tabs.classes_page(classes())
    (chart,), twin = page.lines, page.tables[1]
    assert chart.months == ("Aug 26", "Sep 26")
    assert chart.series[0] == ("SMA", (None, 40.0))
    assert chart.series[3] == ("Loss", (None, 0.0))
    assert [column.words for column in twin.columns[1:3]] == ["SMA %", "Sub-standard %"]
    assert twin.rows == (("Aug 26", None, None, None, None), ("Sep 26", 400_000, 0, 0, 0))


def test_what_rolled_on_has_a_chart_and_its_twin():
    page = report_tabs.rolls_page(rolls())
    assert page.lines[0].series == (("Current", (50.0,)),)
    assert page.tables[1].rows == (("Aug 26", 500_000),)
    assert report_tabs.rolls_page(rolls(month=None)).lines == ()


def test_thin_cohorts_say_so_and_are_not_coloured():
    table = report_tabs.cohorts_page(cohorts()).tables[0]
    assert table.rows == (
        ("Apr 2026", 2, 0, 500_000),
        ("Jun 2026 (few)", 1, 1_000_000, None),
    )
    assert table.heat == (True, False)


def test_without_a_kept_month_end_the_rolls_say_why():
    assert report_tabs.rolls_page(rolls(month=None)).note == "None yet."
    page = report_tabs.rolls_page(rolls())
    assert page.note == "From 31 Jul 2026 to 31 Aug 2026, each row adds up to 100."
    assert page.tables[0].rows == (("Current", 200, 500_000, 500_000),)


def test_roll_rates_print_the_words_of_the_window():
    buckets = ("0", "90+", "CLOSED", "WRITTEN-OFF")
    columns = report_tabs.rolls_page(replace(rolls(), buckets=buckets)).tables[0].columns
    assert [each.words for each in columns[2:]] == ["Current", "90+", "Closed", "Written off"]


def test_each_key_has_its_table_and_its_index():
    page = report_tabs.concentration_page((concentration(), concentration(groups=0)))
    assert [table.title for table in page.tables] == ["By purpose", "By purpose"]
    assert page.note.endswith("purpose 5,000, purpose 5,000")


def test_bands_are_in_words():
    page = report_tabs.security_page(security())
    assert [row[0] for row in page.tables[1].rows] == ["No security", "up to 50 %"]
    assert page.tables[2].rows[1] == ("Valuation too old", 1, 100)


def test_dues_and_receipts_stand_apart():
    page = report_tabs.repayment_page(repayment())
    assert page.tables[0].rows[0][1:5] == (2, 1, 0, 1)
    assert [row[0] for row in page.tables[1].rows] == [
        "Due so far",
        "Paid in full by their due date",
        "Paid later",
        "Not paid",
    ]
    assert page.tables[2].rows[-1][0] == "UPI"
