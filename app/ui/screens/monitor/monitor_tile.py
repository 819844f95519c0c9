"""One key figure of the monitor: value, change, 12 months; or label and value in a strip."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.charts.spark import Spark
from app.ui.widgets.kpi_tile import TRENDS, KpiTile
from app.ui.widgets.labels import set_kind

_FULL_HEIGHT, _STRIP_HEIGHT = 80, 44


@dataclass(frozen=True, slots=True)
class TileNames:
    """Part F's name after `kpi.`, the title, and the shorter one of the strip."""

    name: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class TileFigure:
    """What a tile shows.

    Attributes:
        shown, raw: as people and scripts read it; empty when unknown.
        change: on last month, signed; of a share of nothing, what it is a share of ("Decided 0");
            empty when unknown.
        limit_word: the level of a limit that is crossed; empty within it.
        definition: formula, numerator, denominator and as-of, one a line.
        months: the last months, oldest first.
        limit: drawn beside them.
    """

    shown: str
    raw: str
    definition: str
    change: str = ""
    limit_word: str = ""
    months: Sequence[float | None] = ()
    limit: float | None = None


class MonitorTile(KpiTile):
    """Enter or a click opens the loans behind it.

    Signals:
        looked_at: the keys or the mouse are on it; carries its definition, empty when they left.
    """

    looked_at = Signal(str)

    def __init__(self, names: TileNames, parent: QWidget | None = None) -> None:
        super().__init__(f"kpi.{names.name}", names.title, parent)
        self._names = names
        self._small = False
        self._spark = Spark()
        self.foot.addWidget(self._spark, 2)
        self.setFixedHeight(_FULL_HEIGHT)

    def show_figure(self, figure: TileFigure) -> None:
        """Show another value in place."""
        self.show_value(
            figure.shown, figure.raw, figure.change, figure.definition, figure.limit_word
        )
        self._spark.show_values(figure.months, figure.limit)
        self._fit()

    def set_small(self, *, small: bool) -> None:
        """Shrink to label and value, as away from Overview, or grow again."""
        self._small = small
        self.setFixedHeight(_STRIP_HEIGHT if small else _FULL_HEIGHT)
        set_kind(self, "strip-tile" if small else "card")
        set_kind(self._head, "rule" if small else "small")
        set_kind(self._value, "strong" if small else "tile")
        self._head.setText(self._names.short if small else self._names.title)
        side, top = (6, 3) if small else (11, 7)
        right = side + 12 if small else side  # its mark stands apart from the next tile
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, top, right, top)
            layout.setSpacing(0 if small else 2)
        self._fit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say the definition."""
        super().enterEvent(event)
        self.looked_at.emit(self.accessibleDescription())

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing more, unless the keys are here."""
        super().leaveEvent(event)
        self.looked_at.emit(self.accessibleDescription() if self.hasFocus() else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the definition."""
        super().focusInEvent(event)
        self.looked_at.emit(self.accessibleDescription())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say nothing more."""
        super().focusOutEvent(event)
        self.looked_at.emit("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what is behind the figure."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.opened.emit(self.objectName())

    def _fit(self) -> None:
        """The strip has room for value and mark alone."""
        change = self._change.text()
        self._change.setVisible(bool(change) and not self._small)
        self._change_mark.setVisible(change[:1] in TRENDS and not self._small)
        self._limit.setVisible(not self._small)
        self._spark.setVisible(not self._small)
