from PySide6.QtCore import Qt

from app.ui.charts.line_chart import LineChart, TrendLimit, TrendLine, apart


def chart_of(qtbot, *lines, limits=()):
    chart = LineChart("chart.trend", "NPA by month")
    qtbot.addWidget(chart)
    chart.show_lines(("Aug 26", "Sep 26"), lines, limits)
    chart.resize(320, 200)
    return chart


def test_the_table_twin_carries_the_numbers_of_the_lines(theme, qtbot):
    limit = TrendLimit(5.0, "critical 5 %", "critical")
    chart = chart_of(qtbot, TrendLine("NPA", (None, 4.567)), limits=(limit,))
    assert chart.table_rows() == (("Month", "NPA"), ("Aug 26", "—"), ("Sep 26", "4.57"))
    assert "4.57" in chart.accessibleDescription()


def test_arrows_go_along_the_months_and_say_their_values(theme, qtbot):
    chart = chart_of(qtbot, TrendLine("NPA", (3.0, 4.5)), TrendLine("PAR30", (None, 9.0)))
    assert chart.sentence() == ""
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.sentence() == "Sep 26: NPA 4.50, PAR30 9.00"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleName() == "Aug 26: NPA 3.00, PAR30 —"


def test_two_lines_differ_in_grey_print_too(theme, qtbot):
    one = chart_of(qtbot, TrendLine("NPA", (3.0, 4.5))).grab().toImage()
    two = chart_of(qtbot, TrendLine("NPA", (3.0, 4.5)), TrendLine("PAR30", (3.0, 4.5)))
    assert one != two.grab().toImage()


def test_without_a_figure_it_says_so_and_draws_no_line(theme, qtbot):
    unknown = chart_of(qtbot, TrendLine("NPA", (None, None))).grab().toImage()
    zero = chart_of(qtbot, TrendLine("NPA", (0.0, 0.0))).grab().toImage()
    assert unknown != zero


def test_names_of_lines_that_end_together_all_stand_inside_the_chart():
    heights = apart([170.0, 170.0, 170.0, 170.0], 18, 191)
    assert heights == [137.0, 155.0, 173.0, 191.0]
    assert apart([10.0, 100.0], 18, 191) == [10.0, 100.0]
