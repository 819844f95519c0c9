import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.charts.contribution_bars import ContributionBars
from app.ui.charts.factor_chart import MOST_ROW, ROW
from app.ui.charts.factor_points import FactorPoints, ScoreParts, table_text
from app.ui.charts.score_gauge import Gauge, ScoreGauge, places_of_words
from app.ui.charts.score_waterfall import ScoreWaterfall, place_of_name
from app.ui.theme import Theme

PARTS = ScoreParts(
    648,
    612,
    (
        FactorPoints("B", "Loan size and repayment burden", -75),
        FactorPoints("W", "Income and work", 39),
        FactorPoints("O", "Other", 0),
    ),
    ((575, "cut-off 575"), (685, "cut-off 685")),
)
CUTOFFS = ((575, "High", "Medium"), (685, "Medium", "Low"))


@pytest.fixture(params=["light", "dark"])
def themed(qapp, request):
    theme = Theme()
    theme.apply(QApplication.instance(), request.param)
    yield theme
    theme.apply(QApplication.instance(), "light")


def colours(widget):
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
def test_a_chart_draws_both_directions_and_speaks_its_numbers(themed, qtbot, chart):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(PARTS)
    widget.resize(620, 220)
    seen = colours(widget)
    assert themed.color("raises").name() in seen
    assert themed.color("lowers").name() in seen
    assert widget.accessibleDescription() == table_text(PARTS)
    assert widget.accessibleName()


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
def test_keys_read_every_row_open_a_group_and_copy(themed, qtbot, chart):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(PARTS)
    said = []
    for _ in range(5):
        qtbot.keyClick(widget, Qt.Key.Key_Down)
        said.append(widget.accessibleDescription())
    assert said == [line.replace("\t", ", ") for line in table_text(PARTS).split("\n")]
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert widget.accessibleDescription() == said[-1]
    with qtbot.assertNotEmitted(widget.row_opened):
        qtbot.keyClick(widget, Qt.Key.Key_Return)  # the score is no group
    for _ in range(3):
        qtbot.keyClick(widget, Qt.Key.Key_Up)
    assert widget.accessibleDescription() == "Loan size and repayment burden, lowered, -75"
    with qtbot.waitSignal(widget.row_opened) as opened:
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert opened.args == ["B"]
    qtbot.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == table_text(PARTS)


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
def test_a_click_chooses_a_row_and_a_double_click_opens_it(themed, qtbot, chart):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(PARTS)
    widget.resize(620, 400)
    second = QPoint(20, widget.row_top(2) + 5)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=second)
    assert widget.accessibleDescription() == "Income and work, raised, +39"
    with qtbot.waitSignal(widget.row_opened) as opened:
        qtbot.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=second)
    assert opened.args == ["W"]
    empty = QPoint(20, widget.content().bottom() + 20)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=empty)
    with qtbot.assertNotEmitted(widget.row_opened):
        qtbot.keyClick(widget, Qt.Key.Key_Return)


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
def test_rows_grow_with_the_chart_and_words_give_way_to_arrows(themed, qtbot, chart):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(PARTS)
    least = widget.minimumSizeHint()
    widget.resize(least)
    assert widget.row_height() == ROW
    assert widget.columns().word == 0
    assert widget.plot().right() < widget.width()
    assert widget.content().height() <= least.height()
    widget.resize(900, 700)
    assert widget.row_height() == MOST_ROW
    assert widget.columns().word > 0
    assert widget.content().height() < 700


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
@pytest.mark.parametrize("parts", [ScoreParts(600, 600, ()), PARTS])
def test_a_chart_is_whole_at_150_per_cent_and_with_no_groups(themed, qtbot, chart, parts):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(parts)
    widget.resize(widget.sizeHint())
    image = QImage(widget.size() * 1.5, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    ground = themed.color("surface")
    image.fill(ground)
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    right, bottom = image.width() - 1, image.height() - 1
    for edge in (0, right):  # the line above the score may touch an edge, no letter does
        assert sum(image.pixelColor(edge, y) != ground for y in range(bottom)) <= 4
    last = round(1.5 * (widget.row_top(widget.row_count() - 1) + widget.row_height() / 2))
    inked = [x for x in range(right) if image.pixelColor(x, last) != ground]
    assert inked  # the score is printed in the last row


@pytest.mark.parametrize("chart", [ScoreWaterfall, ContributionBars])
def test_whoever_comes_back_hears_the_whole_table(themed, qtbot, chart):
    widget = chart("chart.test")
    qtbot.addWidget(widget)
    widget.show_parts(PARTS)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut))
    assert widget.accessibleDescription() == table_text(PARTS)


@pytest.mark.parametrize(
    ("score", "level"),
    [(300, "High"), (575, "High"), (576, "Medium"), (685, "Medium"), (686, "Low"), (850, "Low")],
)
def test_a_cutoff_belongs_to_the_level_below(score, level):
    assert Gauge(score, 300, 850, CUTOFFS).level() == level


def test_the_gauge_speaks_in_full(themed, qtbot):
    widget = ScoreGauge("chart.gauge")
    qtbot.addWidget(widget)
    widget.show_score(Gauge(612.2, 300, 850, CUTOFFS))
    widget.resize(320, 70)
    assert widget.accessibleDescription() == (
        "Internal score 612 of 300 to 850, Medium risk. Levels change at 575, 685."
    )
    assert themed.color("lowers-bg").name() in colours(widget)


def test_a_cut_off_is_named_where_there_is_room():
    assert place_of_name(100, 40, (0, 200)) == 104
    assert place_of_name(180, 40, (0, 200)) == 136
    assert place_of_name(180, 40, (150, 200)) is None  # another name stands there


def test_names_of_narrow_levels_stand_apart_and_whole():
    lefts = places_of_words([40, 60, 80, 198], [50, 50, 50, 40], 240)
    ends = [left + width for left, width in zip(lefts, [50, 50, 50, 40], strict=True)]
    assert all(end < left for end, left in zip(ends, lefts[1:], strict=False))
    assert lefts[0] >= 0
    assert ends[-1] <= 240
