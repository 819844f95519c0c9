"""Bars from a middle line: how many points each group moved the score."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui.charts.factor_chart import FactorChart
from app.ui.charts.factor_points import direction_tone
from app.ui.charts.painted_chart import color

_LEAST_BAR = 2


class ContributionBars(FactorChart):
    """One bar a group, to the left where it lowered the score, to the right where it raised it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "", parent)
        self.setAccessibleName(self.tr("Points of each group"))

    def draw(self, painter: QPainter) -> None:
        """Start, the bars and their middle line, score."""
        plot, last = self.plot(), self.row_count() - 1
        middle = plot.center().x()
        most = max((abs(row.points) for row in self.parts.rows), default=0) or 1
        for line in range(self.row_count()):
            self.draw_row(painter, line)
        for line, factor in enumerate(self.parts.rows, start=1):
            if factor.points:
                share = abs(factor.points) / most
                width = max(_LEAST_BAR, round(share * (plot.width() // 2)))
                left = middle if factor.points > 0 else middle - width
                tone = color(direction_tone(factor.points))
                painter.fillRect(self.bar_of(line, left, width), tone)
        painter.setPen(color("line"))
        painter.drawLine(middle, self.row_top(1), middle, self.row_top(last))
        painter.drawLine(0, self.row_top(last), self.width(), self.row_top(last))
