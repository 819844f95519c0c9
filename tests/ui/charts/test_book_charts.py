from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt

from app.ui.charts.class_bar import BarPart, ClassBar
from app.ui.charts.curve import Curve
from app.ui.charts.curve_chart import CurveChart
from app.ui.charts.due_calendar import DayDues, DueCalendar
from app.ui.charts.roll_bars import RollBars, RollPart
from app.ui.charts.share_bars import ShareBar, ShareBars
from app.ui.charts.spark import Spark

PARTS = (
    BarPart("standard", 0.8, "Standard ₹8.00 Cr, 80.0 %"),
    BarPart("watch", 0.15, "SMA ₹1.50 Cr, 15.0 %"),
    BarPart("npa", 0.05, "NPA ₹50.00 L, 5.0 %"),
)


def shown(qtbot, chart, width=400, height=220):
    qtbot.addWidget(chart)
    chart.resize(width, height)
    return chart.grab().toImage()


def test_the_bar_of_classes_says_every_part(theme, qtbot):
    bar = ClassBar("chart.classes", "The book by class")
    bar.show_parts(PARTS)
    assert bar.accessibleDescription().splitlines()[2] == "NPA ₹50.00 L, 5.0 %"
    image = shown(qtbot, bar, 400, 48)
    grounds = {image.pixelColor(x, 12).name() for x in (100, 345, 395)}
    assert len(grounds) > 1


def test_at_most_the_named_curves_are_coloured(theme, qtbot):
    chart = CurveChart("chart.cohorts", "Curves")
    grey = Curve("Jan 2026", ((3, 1.0), (4, 2.0)))
    chart.show_curves((grey,))
    without = shown(qtbot, chart)
    chart.show_curves((grey, Curve("Feb 2026", ((3, 2.0), (4, 3.5)), "selected")))
    assert chart.grab().toImage() != without
    assert chart.accessibleDescription() == "Feb 2026: 3.5 % (4)"


def test_the_same_curves_are_not_drawn_again(theme, qtbot):
    chart = CurveChart("chart.cohorts", "Curves")
    chart.show_curves((Curve("Jan 2026", ((3, 1.0), (4, 2.0))),))
    drawn = list(chart.plotted())
    chart.show_curves((Curve("Jan 2026", ((3, 1.0), (4, 2.0))),))
    assert list(chart.plotted()) == drawn
    chart.show_curves((Curve("Jan 2026", ((3, 1.0), (4, 2.5))),))
    assert list(chart.plotted()) != drawn


def test_a_curve_without_points_is_not_drawn_and_one_point_is(theme, qtbot):
    chart = CurveChart("chart.cohorts", "Curves")
    chart.show_curves((Curve("Jan 2026", ()),))
    nothing = shown(qtbot, chart)
    chart.show_curves((Curve("Jan 2026", ((3, 0.0),), "selected"),))
    assert chart.grab().toImage() != nothing


def test_shares_of_a_roll_are_said_with_their_words(theme, qtbot):
    bars = RollBars("chart.roll_rates", "Rolls")
    bars.show_parts((RollPart("1-30", 60.0, 25.0, 15.0), RollPart("90+", 0.0, 100.0, 0.0)))
    shown(qtbot, bars)
    first, second = bars.accessibleDescription().splitlines()
    assert first == "1-30: better or closed 60.0 %, same 25.0 %, worse 15.0 %"
    assert second == "90+: same 100.0 %"


def test_bars_of_groups_say_share_and_bad_part(theme, qtbot):
    bars = ShareBars("chart.concentration", "Shares")
    bars.show_bars((ShareBar("Home", 60.0, 5.0), ShareBar("A very long name " * 9, 40.0, 0.0)))
    shown(qtbot, bars)
    assert bars.accessibleDescription().startswith("Home: 60.0 %, 5.0 %")


@pytest.mark.parametrize("values", [(), (1.0,), (None, 1.0), (None, None)])
def test_a_spark_needs_two_months(theme, qtbot, values):
    spark = Spark()
    empty = shown(qtbot, spark, 70, 26)
    spark.show_values(values, 0.5)
    assert spark.grab().toImage() == empty


def test_a_spark_draws_a_near_limit_and_leaves_a_far_one_out(theme, qtbot):
    spark = Spark()
    spark.show_values((1.0, 1.2, 1.1))
    plain = shown(qtbot, spark, 70, 26)
    spark.show_values((1.0, 1.2, 1.1), 50.0)
    assert spark.grab().toImage() == plain
    spark.show_values((1.0, 1.2, 1.1), 1.3)
    assert spark.grab().toImage() != plain


@pytest.fixture
def month(theme, qtbot):
    calendar = DueCalendar("chart.repayment_calendar", "Due dates")
    days = {
        date(2026, 9, day): DayDues(
            date(2026, 9, day), 3, 0.5, ("3 due", "1 missing"), f"day {day}", f"due 2026-09-{day}"
        )
        for day in (4, 11)
    }
    calendar.show_month(date(2026, 9, 1), days)
    shown(qtbot, calendar, 420, 300)
    return calendar


def test_arrows_go_about_the_month_and_enter_opens_a_day_with_dues(month, qtbot):
    said, opened = [], []
    month.pointed.connect(said.append)
    month.opened.connect(opened.append)
    qtbot.keyClick(month, Qt.Key.Key_Return)
    qtbot.keyClick(month, Qt.Key.Key_Down)
    qtbot.keyClick(month, Qt.Key.Key_Right)
    qtbot.keyClick(month, Qt.Key.Key_Return)  # nothing fell due on the 12th
    qtbot.keyClick(month, Qt.Key.Key_Up)
    qtbot.keyClick(month, Qt.Key.Key_Up)  # never into the month before
    assert [each.figure for each in opened] == ["due 2026-09-4"]
    assert said == [
        "day 11",
        "12 Sep 2026: nothing fell due",
        "05 Sep 2026: nothing fell due",
    ]


def test_the_mouse_chooses_and_a_double_click_opens(month, qtbot):
    opened = []
    month.opened.connect(opened.append)
    where = month._box(date(2026, 9, 11)).center()
    qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=where.toPoint())
    qtbot.mouseDClick(month, Qt.MouseButton.LeftButton, pos=where.toPoint())
    assert [each.day.day for each in opened] == [11]


def test_every_day_of_a_month_has_a_place_of_its_own(month):
    for first in (date(2026, 2, 1), date(2026, 8, 1), date(2028, 2, 1), date(2026, 11, 1)):
        month.show_month(first, {})
        boxes = [month._box(day) for day in month._dates()]
        assert len({(box.left(), box.top()) for box in boxes}) == len(boxes)
        assert all(month.rect().toRectF().contains(box) for box in boxes)
        assert not any(a.intersects(b) for a, b in pairwise(boxes))
    assert month._box(date(2026, 11, 1)).contains(QPointF(month.width() - 8, 40))


def test_a_bucket_that_owed_nothing_says_so(theme, qtbot):
    bars = RollBars("chart.roll_rates", "Rolls")
    bars.show_parts((RollPart("61-90", 0.0, 0.0, 0.0),))
    shown(qtbot, bars)
    assert bars.accessibleDescription() == "61-90: nothing was owed"


def test_bars_grow_with_the_room(theme, qtbot):
    bars = ShareBars("chart.concentration", "Shares")
    bars.show_bars((ShareBar("Home", 100.0, 0.0),))

    def painted(height):
        image = shown(qtbot, bars, 400, height)
        ground = image.pixelColor(399, height - 1)
        return sum(image.pixelColor(200, y) != ground for y in range(height))

    assert painted(24) < painted(60)
