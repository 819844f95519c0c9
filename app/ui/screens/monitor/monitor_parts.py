"""What the monitor is put together from, and where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.screens.monitor.alerts_bar import AlertsBar, AlertWords
from app.ui.screens.monitor.drill_view import DrillView
from app.ui.screens.monitor.monitor_foot import MonitorFoot
from app.ui.screens.monitor.monitor_tabs import MonitorTabs
from app.ui.screens.monitor.tile_row import TileRow
from app.ui.screens.monitor.top_row import TopRow
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench


class MonitorParts(QWidget):
    """Top row; alerts, tiles and tabs, or the loans behind a figure; foot.

    Attributes:
        states: of everything between top row and foot.

    Signals:
        tile_wanted: the loans of a tile, or of an alert on it; carries its name.
        drill_wanted: the loans of a figure of a tab; carries a `DrillWish`.
    """

    tile_wanted = Signal(str)
    drill_wanted = Signal(object)

    def __init__(self, bench: Workbench, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self.top = TopRow(buttons)
        self._before_alerts = buttons[-1]
        self.alerts = AlertsBar()
        self.tiles = TileRow()
        self.tabs = MonitorTabs(bench)
        self.drill = DrillView(bench)
        self.foot = MonitorFoot()
        self._pages = QStackedWidget()
        figures = QWidget()
        self.states = StateStack(figures, bench, self.tr("Adding up the book…"))
        self._build(figures)
        self._connect()

    def show_alerts(self, alerts: Sequence[AlertWords]) -> None:
        """Show other alerts. They are made anew, yet Tab comes to them where they stand."""
        self.alerts.show_alerts(alerts)
        before = self._before_alerts
        for link in self.alerts.links():
            self.setTabOrder(before, link)
            before = link

    def show_drill(self) -> None:
        """The loans stand over the figures."""
        self.foot.show_keys(drilled=True)
        self._pages.setCurrentWidget(self.drill)

    def show_figures(self) -> None:
        """The figures again."""
        self.drill.stop()
        self.foot.show_keys(drilled=False)
        self._pages.setCurrentWidget(self.states)

    def set_wall(self, *, wall: bool) -> None:
        """Name nobody while the window hangs on a wall."""
        for part in (self.top, self.tabs, self.foot):
            part.set_wall(wall=wall)

    def _look_behind(self, rule: str) -> None:
        """An alert on a tile lists its loans; one on drift has its tab."""
        if self.tiles.has(rule):
            self.tile_wanted.emit(rule)
        else:
            self.tabs.choose("drift")

    def _answer(self, alert_id: object) -> None:
        self.tabs.choose("alerts")
        self.tabs.shown().ask_about(alert_id)

    def _build(self, figures: QWidget) -> None:
        lines = QVBoxLayout(figures)
        lines.setContentsMargins(16, 0, 16, 8)
        lines.setSpacing(8)
        for part in (self.alerts, self.tiles):
            lines.addWidget(part)
        lines.addWidget(self.tabs, 1)
        for page in (self.states, self.drill):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top)
        outer.addWidget(self._pages, 1)
        outer.addWidget(self.foot)
        self.alerts.hide()

    def _connect(self) -> None:
        self.tiles.opened.connect(self.tile_wanted)
        self.alerts.drill_wanted.connect(self._look_behind)
        self.alerts.answer_wanted.connect(self._answer)
        self.tabs.drill_wanted.connect(self.drill_wanted)
        for said in (self.tabs.said, self.tiles.looked_at):
            said.connect(self.foot.say)
