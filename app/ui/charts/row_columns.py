"""How wide the columns of a factor chart are: as wide as their words, so that none is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from app.ui.charts.painted_chart import font

PAD = 8  # between the words and the focus ring
ICON = 14
ICON_GAP = 4
COLUMN_GAP = 12
LEAST_PLOT = 48
_WIDEST_POINTS = "+888"


@dataclass(frozen=True, slots=True)
class RowColumns:
    """Widths in pixels.

    Attributes:
        label: of the names of groups, start and score.
        word: of the direction; 0 where there is no room and the arrow stands alone.
        points: of the signed points.
    """

    label: int
    word: int
    points: int

    @property
    def icon_left(self) -> int:
        """Where the arrow stands."""
        return PAD + self.label + COLUMN_GAP

    @property
    def word_left(self) -> int:
        """Where the word of the direction begins."""
        return self.icon_left + ICON + ICON_GAP

    @property
    def points_left(self) -> int:
        """Where the points begin; they stand at the right of their column."""
        return self.word_left + (self.word + COLUMN_GAP if self.word else 0)

    @property
    def plot_left(self) -> int:
        """Where the bars begin."""
        return self.points_left + self.points + COLUMN_GAP

    @property
    def least_width(self) -> int:
        """The narrowest chart with these columns."""
        return self.plot_left + LEAST_PLOT + PAD

    def without_words(self) -> "RowColumns":
        """The same with arrows alone."""
        return RowColumns(self.label, 0, self.points)


def measured(labels: Sequence[str], ends: Sequence[str], words: Sequence[str]) -> RowColumns:
    """Return the columns that hold these words.

    Args:
        labels: names of the groups.
        ends: names of start and score, which are printed strong.
        words: the directions.
    """
    body, strong = QFontMetrics(font("body")), QFontMetrics(font("strong"))
    widths = [body.horizontalAdvance(each) for each in labels]
    widths += [strong.horizontalAdvance(each) for each in ends]
    return RowColumns(
        label=max(widths, default=0),
        word=max(body.horizontalAdvance(each) for each in words),
        points=strong.horizontalAdvance(_WIDEST_POINTS),
    )
