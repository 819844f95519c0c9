"""The thirteen key figures: two rows of tiles over Overview, one strip over the other tabs."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from app.ui.screens.monitor.monitor_tile import MonitorTile, TileFigure, TileNames
from app.ui.widgets.labels import set_kind

_COLUMNS = 7
_WIDE = 2  # the first tile is as wide as two
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _tr(words: str) -> str:
    return QCoreApplication.translate("TileRow", words)


def tile_names() -> tuple[TileNames, ...]:
    """Every tile in its order; the name is that of part F."""
    return (
        TileNames("total_outstanding", _tr("Outstanding"), _tr("Outstanding")),
        TileNames("npa_ratio", _tr("NPA"), _tr("NPA")),
        TileNames("net_npa_ratio", _tr("Net NPA"), _tr("Net NPA")),
        TileNames("total_npa_amount", _tr("NPA amount"), _tr("NPA amount")),
        TileNames("par30", _tr("PAR30"), _tr("PAR30")),
        TileNames("par60", _tr("PAR60"), _tr("PAR60")),
        TileNames("par90", _tr("PAR90"), _tr("PAR90")),
        TileNames("default_rate", _tr("Default, ever NPA"), _tr("Default")),
        TileNames("average_emi_payment_rate", _tr("On time"), _tr("On time")),
        TileNames("collection_efficiency", _tr("Collection efficiency"), _tr("Collection")),
        TileNames("approval_rate", _tr("Approval"), _tr("Approval")),
        TileNames("active_loans", _tr("Active loans"), _tr("Loans")),
        TileNames("total_disbursed", _tr("Disbursed in all"), _tr("Disbursed")),
    )


class TileRow(QWidget):
    """Shows figures by name; a name without a figure keeps its dash.

    Tab stops at one of them, the last that had the keys; the arrows, Home and End go on from there.

    Signals:
        opened: a tile's loans are wanted; carries the tile's name without `kpi.`.
        looked_at: a definition to say; empty for none.
    """

    opened = Signal(str)
    looked_at = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small = False
        self._tiles = {names.name: MonitorTile(names) for names in tile_names()}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(self)
        for tile in self._tiles.values():
            tile.opened.connect(self._open)
            tile.looked_at.connect(self.looked_at)
            tile.installEventFilter(self)
        self._stop_at(next(iter(self._tiles.values())))
        self._lay_out()

    def show_figures(self, figures: Mapping[str, TileFigure]) -> None:
        """Swap the numbers in place."""
        for name, figure in figures.items():
            if name in self._tiles:
                self._tiles[name].show_figure(figure)

    def has(self, name: str) -> bool:
        """Whether there is a tile of that name."""
        return name in self._tiles

    def set_small(self, *, small: bool) -> None:
        """One strip, or two rows."""
        if small != self._small:
            self._small = small
            self._lay_out()

    def focused(self) -> MonitorTile | None:
        """The tile that has the keys."""
        now = QApplication.focusWidget()
        return now if isinstance(now, MonitorTile) and self.isAncestorOf(now) else None

    def open_focused(self) -> None:
        """The loans of the tile that has the keys, if one has."""
        tile = self.focused()
        if tile is not None:
            self._open(tile.objectName())

    def copy_focused(self) -> str:
        """Copy the value of the tile that has the keys, as scripts read it; empty without one."""
        tile = self.focused()
        value = "" if tile is None else str(tile.property("rawValue"))
        if value:
            QGuiApplication.clipboard().setText(value)
        return value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tile to tile with the arrows, to either end with Home and End."""
        now = self.focused()
        found = None if now is None else self._next(now, Qt.Key(event.key()))
        if found is None:
            super().keyPressEvent(event)
            return
        found.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tile that gets the keys, by a click too, is where Tab stops from now on."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MonitorTile):
            self._stop_at(watched)
        return super().eventFilter(watched, event)

    def _next(self, now: MonitorTile, key: Qt.Key) -> QWidget | None:
        """The tile that a key leads to; None for a key that leads nowhere."""
        tiles = list(self._tiles.values())
        ends = {Qt.Key.Key_Home: tiles[0], Qt.Key.Key_End: tiles[-1]}
        if key in _STEPS:
            return tiles[(tiles.index(now) + _STEPS[key]) % len(tiles)]
        if key in _ROWS:
            place = self._grid.getItemPosition(self._grid.indexOf(now))
            row, column = int(place[0]), int(place[1])  # type: ignore[index]  # a tuple of four
            item = self._grid.itemAtPosition(row + _ROWS[key], column)
            return None if item is None else item.widget()
        return ends.get(key)

    def _stop_at(self, stop: MonitorTile) -> None:
        """Let Tab stop at one tile alone, as it does at one tab of the bar below."""
        for tile in self._tiles.values():
            alone = Qt.FocusPolicy.StrongFocus if tile is stop else Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(alone)

    def _open(self, name: str) -> None:
        self.opened.emit(name.removeprefix("kpi."))

    def _lay_out(self) -> None:
        grid, small = self._grid, self._small
        set_kind(self, "card" if small else "")
        grid.setSpacing(0 if small else 8)
        grid.setContentsMargins(*((4, 1, 4, 1) if small else (0, 0, 0, 0)))
        for tile in self._tiles.values():
            grid.removeWidget(tile)
        for column in range(len(self._tiles)):
            grid.setColumnStretch(column, 1 if small or column < _COLUMNS else 0)
        for place, tile in enumerate(self._tiles.values()):
            tile.set_small(small=small)
            if small:
                grid.addWidget(tile, 0, place)
            elif place == 0:
                grid.addWidget(tile, 0, 0, 1, _WIDE)
            else:
                row, column = divmod(place + _WIDE - 1, _COLUMNS)
                grid.addWidget(tile, row, column)
