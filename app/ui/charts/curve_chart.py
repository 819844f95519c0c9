"""Curves by months on book, by pyqtgraph: a few named in colour, the rest thin and grey.

Loading pyqtgraph takes half a second, so nobody imports this module at the window's start: the tab
that shows it has it loaded on a lane (`chart_loading`).
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.steps.axis_scale import scale_to
from app.ui.charts.curve import Curve
from app.ui.theme import theme_of

_LOOKS = {
    "selected": ("accent", Qt.PenStyle.SolidLine),
    "low": ("lowers", Qt.PenStyle.DashDotLine),
    "high": ("raises", Qt.PenStyle.DashLine),
}
_MIN = QSize(240, 160)
_DOT = 7
_NAME_ROOM = 0.28  # of the width, for the names where curves end
_MOST_TICKS = 8


class CurveChart(QWidget):
    """From 0 upwards over whole months; the coloured ones are named where they end."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(label)
        self._curves: tuple[Curve, ...] = ()
        self._plot = pg.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        theme_of().changed.connect(self._draw)
        self._draw()

    def minimumSizeHint(self) -> QSize:
        """Room for axes and names."""
        return _MIN

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Draw other curves; the description carries the last point of each named one."""
        wanted = tuple(curve for curve in curves if curve.points)
        if wanted == self._curves:
            return  # drawing them takes the window longer than all the rest of a reading
        self._curves = wanted
        named = (curve for curve in self._curves if curve.look)
        said = (f"{c.label}: {c.points[-1][1]:.1f} % ({c.points[-1][0]})" for c in named)
        self.setAccessibleDescription("\n".join(said))
        self._draw()

    def plotted(self) -> tuple[object, ...]:
        """What is drawn, curve by curve."""
        return tuple(self._plot.getPlotItem().items)

    def _draw(self) -> None:
        theme, plot = theme_of(), self._plot
        plot.clear()
        plot.setBackground(theme.color("surface"))
        self._draw_axes()
        for curve in sorted(self._curves, key=lambda each: bool(each.look)):
            tone, dash = _LOOKS.get(curve.look, ("line", Qt.PenStyle.SolidLine))
            colour = theme.color(tone)
            pen = pg.mkPen(colour, width=2 if curve.look else 1, style=dash)
            months = [month for month, _value in curve.points]
            values = [value for _month, value in curve.points]
            plot.plot(months, values, pen=pen)
            if curve.look:
                plot.plot(
                    months[-1:], values[-1:], pen=None, symbol="o", symbolSize=_DOT,
                    symbolBrush=colour, symbolPen=colour,
                )  # fmt: skip
                name = pg.TextItem(curve.label, color=colour, anchor=(0, 0.5))
                name.setFont(theme.font("small-strong"))
                name.setPos(months[-1], values[-1])
                plot.addItem(name)

    def _draw_axes(self) -> None:
        theme, plot = theme_of(), self._plot
        months = [month for curve in self._curves for month, _value in curve.points]
        first, last = (min(months), max(months)) if months else (0, 1)
        scale = scale_to(max((v for c in self._curves for _m, v in c.points), default=1.0))
        plot.setYRange(0, scale.top, padding=0.02)
        span = max(last - first, 1)
        plot.setXRange(first, last + span * _NAME_ROOM, padding=0.02)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.color("hair"))
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickFont=theme.font("key"))
        words = {"color": theme.color("muted").name(), "font-size": "11px"}
        plot.getAxis("bottom").setLabel(self.tr("months on book"), **words)
        plot.getAxis("left").setTicks([list(zip(scale.steps, scale.words, strict=True))])
        every = -(-(span + 1) // _MOST_TICKS)
        ticks = [(month, str(month)) for month in range(first, last + 1, every)]
        plot.getAxis("bottom").setTicks([ticks])
        plot.showGrid(x=False, y=True, alpha=0.2)
