"""Bars from a middle line: how many points each group moved the score."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui.charts.factor_chart import ROW, FactorChart
from app.ui.charts.factor_points import direction_tone
from app.ui.charts.painted_chart import color

_BAR = 15


class ContributionBars(FactorChart):
    """One bar a group, to the left where it lowered the score, to the right where it raised it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "", parent)
        self.setAccessibleName(self.tr("Points of each group"))

    def draw(self, painter: QPainter) -> None:
        """The middle line and the bars."""
        plot = self.plot()
        middle = plot.center().x()
        most = max((abs(row.points) for row in self.parts.rows), default=0) or 1
        for line, factor in enumerate(self.parts.rows):
            self.draw_words(painter, line, factor)
            width = round(abs(factor.points) / most * (plot.width() / 2 - 4))
            left = middle if factor.points > 0 else middle - width
            top = line * ROW + (ROW - _BAR) // 2
            painter.fillRect(left, top, width, _BAR, color(direction_tone(factor.points)))
        painter.setPen(color("line"))
        painter.drawLine(middle, 0, middle, plot.bottom())
