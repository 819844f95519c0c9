from PySide6.QtGui import QFontMetrics

from app.ui.charts.painted_chart import font
from app.ui.charts.row_columns import LEAST_PLOT, PAD, measured

LABELS = ("Loan size and repayment burden", "Other")
ENDS = ("Starting point", "Internal score")
WORDS = ("lowered", "no change", "raised")


def test_every_word_has_its_room(theme):
    columns = measured(LABELS, ENDS, WORDS)
    body, strong = QFontMetrics(font("body")), QFontMetrics(font("strong"))
    assert all(body.horizontalAdvance(each) <= columns.label for each in LABELS)
    assert all(strong.horizontalAdvance(each) <= columns.label for each in ENDS)
    assert all(body.horizontalAdvance(each) <= columns.word for each in WORDS)
    assert strong.horizontalAdvance("-550") <= columns.points


def test_columns_follow_each_other(theme):
    columns = measured(LABELS, ENDS, WORDS)
    lefts = (columns.icon_left, columns.word_left, columns.points_left, columns.plot_left)
    assert list(lefts) == sorted(lefts)
    assert columns.word_left + columns.word < columns.points_left
    assert columns.least_width == columns.plot_left + LEAST_PLOT + PAD


def test_without_words_the_arrow_stands_beside_the_points(theme):
    columns = measured(LABELS, ENDS, WORDS)
    bare = columns.without_words()
    assert bare.points_left == bare.word_left
    assert bare.least_width < columns.least_width - columns.word


def test_a_long_name_in_another_language_widens_the_column(theme):
    longer = measured((LABELS[0] * 2, LABELS[1]), ENDS, WORDS)
    assert longer.label > measured(LABELS, ENDS, WORDS).label
