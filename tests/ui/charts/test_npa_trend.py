from PySide6.QtWidgets import QApplication

from app.ui.charts.npa_trend import TrendChart, TrendLimit, TrendLine
from app.ui.theme import Theme


def test_the_table_twin_carries_the_numbers_of_the_lines(qapp, qtbot):
    Theme().apply(QApplication.instance(), "light")
    chart = TrendChart("chart.trend")
    qtbot.addWidget(chart)
    chart.show_lines(
        ("Aug 26", "Sep 26"),
        (TrendLine("NPA ratio", (None, 4.567)),),
        (TrendLimit(5.0, "critical", "critical"),),
    )
    assert chart.table_rows() == (("Month", "NPA ratio"), ("Aug 26", "—"), ("Sep 26", "4.57"))
    assert "4.57" in chart.accessibleDescription()


def test_four_to_six_round_numbers_stand_at_the_axis(qapp, qtbot):
    Theme().apply(QApplication.instance(), "light")
    chart = TrendChart("chart.trend")
    qtbot.addWidget(chart)
    for top, last in ((0.4, "0.4"), (4.2, "4"), (13.1, "15"), (60.0, "60")):
        chart.show_lines(("Aug 26", "Sep 26"), (TrendLine("NPA ratio", (top / 2, top)),))
        (ticks,) = chart._plot.getAxis("left")._tickLevels
        words = [word for _value, word in ticks]
        assert 4 <= len(words) <= 6
        assert (words[0], words[-1]) == ("0", last)
