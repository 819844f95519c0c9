"""Bars of a stress run: two a row, told apart without colour, and a table twin."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.charts.stress_bars import StressBar, StressBars
from app.ui.theme import theme_of

BARS = [StressBar(f"Product {n}", 10**9 - n, 2 * 10**9 - n) for n in range(12)]


@pytest.fixture(params=["light", "dark"])
def themed(qapp, request):
    theme_of().apply(QApplication.instance(), request.param)
    yield theme_of()
    theme_of().apply(QApplication.instance(), "light")


def colours(widget):
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_both_sides_are_drawn_and_spoken(themed, qtbot):
    chart = StressBars()
    qtbot.addWidget(chart)
    chart.resize(480, 260)
    chart.show_bars(BARS)
    seen = colours(chart)
    assert {themed.color("raises").name(), themed.color("hover").name()} <= seen
    rows = chart.table_rows()
    assert rows[0] == ("Segment", "Before", "After")
    assert rows[1] == ("Product 0", "₹1 Cr", "₹2 Cr")
    assert len(rows) == 13
    assert "Product 11\t₹1 Cr\t₹2 Cr" in chart.accessibleDescription()


def test_nothing_is_drawn_without_segments(themed, qtbot):
    chart = StressBars()
    qtbot.addWidget(chart)
    chart.resize(480, 260)
    chart.show_bars(())
    assert themed.color("raises").name() not in colours(chart)
    chart.show_bars([StressBar("Nothing owed", 0, 0)])
    assert themed.color("raises").name() in colours(chart)  # a line of one pixel, not a crash


@pytest.mark.parametrize(("crores", "both"), [(5, True), (24_000_000, False)])
def test_the_bars_keep_their_room_beside_the_figures_of_a_bank(themed, qtbot, crores, both):
    chart = StressBars()
    qtbot.addWidget(chart)
    chart.resize(370, 200)
    paise = crores * 10**9 + 55 * 10**7
    chart.show_bars([StressBar(f"Debt consolidation loan {n}", paise, paise) for n in range(8)])
    label, numbers, is_both = chart.rooms()
    assert is_both is both
    assert chart.width() - label - numbers > 80


def test_all_products_have_a_row_in_the_smallest_window(themed, qtbot):
    chart = StressBars()
    qtbot.addWidget(chart)
    chart.resize(370, 200)
    chart.show_bars(BARS[:8])
    last = chart.grab().toImage()
    chart.show_bars(BARS[:7])
    assert chart.grab().toImage() != last
