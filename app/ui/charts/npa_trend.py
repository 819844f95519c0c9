"""A line over months with dashed limits, by pyqtgraph; imported by the portfolio page only."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import theme_of

_WIDTH = 2
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DotLine)
_TONES = ("accent", "lowers", "raises")
_LEVELS = {"critical": "bad", "warning": "warning"}
_HEADROOM = 1.15
_STEPS = (0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 25)  # per cent between two grid lines
_MOST_TICKS = 6
_FIRST_NAME, _NEXT_NAME = 0.04, 0.14  # where the names of limits stand, of the chart's width


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One line; None leaves a gap."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TrendLimit:
    """A dashed limit with its name and alert level."""

    value: float
    label: str
    level: str


class TrendChart(QWidget):
    """Month ends from left to right; labels at the end of lines, no legend box."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(self.tr("Trend over month ends"))
        self._months: tuple[str, ...] = ()
        self._lines: tuple[TrendLine, ...] = ()
        self._limits: tuple[TrendLimit, ...] = ()
        self._plot = pg.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        theme_of().changed.connect(self._draw)
        self._draw()

    def show_lines(
        self,
        months: tuple[str, ...],
        lines: tuple[TrendLine, ...],
        limits: tuple[TrendLimit, ...] = (),
    ) -> None:
        """Draw other months; the description carries the same numbers."""
        self._months, self._lines, self._limits = months, lines, limits
        self.setAccessibleDescription("\n".join("\t".join(row) for row in self.table_rows()))
        self._draw()

    def table_rows(self) -> tuple[tuple[str, ...], ...]:
        """The chart as a table: a head, then one row a month."""
        head = (self.tr("Month"), *(line.label for line in self._lines))
        rows = [
            (month, *(_shown(line.values[place]) for line in self._lines))
            for place, month in enumerate(self._months)
        ]
        return (head, *rows)

    def _draw(self) -> None:
        theme, plot = theme_of(), self._plot
        plot.clear()
        plot.setBackground(theme.color("surface"))
        self._draw_axes()
        for place, line in enumerate(self._lines):
            known = [(x, y) for x, y in enumerate(line.values) if y is not None]
            tone = theme.color(_TONES[place % len(_TONES)])
            pen = pg.mkPen(tone, width=_WIDTH, style=_DASHES[place % len(_DASHES)])
            plot.plot([x for x, _y in known], [y for _x, y in known], pen=pen)
        # The lowest last: its name may stand on the line above it.
        for place, limit in reversed(list(enumerate(self._limits))):
            tone = theme.color(_LEVELS.get(limit.level, "muted"))
            plot.addItem(
                pg.InfiniteLine(
                    limit.value,
                    angle=0,
                    pen=pg.mkPen(tone, width=1, style=Qt.PenStyle.DashLine),
                    label=limit.label,
                    # Beside each other above their lines: those may lie closer than words are high.
                    labelOpts={
                        "position": _FIRST_NAME + _NEXT_NAME * place,
                        "color": tone,
                        "fill": theme.color("surface"),
                        "anchors": [(0, 1), (0, 1)],
                    },
                )
            )
        tops = [y for line in self._lines for y in line.values if y is not None]
        tops += [limit.value for limit in self._limits]
        top = max(tops, default=1) * _HEADROOM or 1
        plot.setYRange(0, top, padding=0)
        step = next((each for each in _STEPS if top / each < _MOST_TICKS), _STEPS[-1])
        ticks = [(step * n, f"{step * n:g}") for n in range(_MOST_TICKS) if step * n <= top]
        plot.getAxis("left").setTicks([ticks])

    def _draw_axes(self) -> None:
        theme, plot = theme_of(), self._plot
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.color("hair"))
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickFont=theme.font("key"))
        plot.getAxis("bottom").setTicks([list(enumerate(self._months))[::2]])
        plot.showGrid(x=False, y=True, alpha=0.2)


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
