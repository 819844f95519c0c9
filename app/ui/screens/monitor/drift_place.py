"""The drift tab in the window: it reads for itself, on two lanes."""

from PySide6.QtWidgets import QWidget

from app.services.steps.monitor_scope import MonitorScope
from app.ui.screens.monitor.drift_tab import DriftTab
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.widgets.workbench import Workbench


class DriftPlace(MonitorTab):
    """Hands the scope on; the report follows the tiles."""

    name = "drift"

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench)
        self._inner = DriftTab(bench, parent)
        self.lines.addWidget(self._inner, 1)

    def reader(self, scope: MonitorScope) -> TabReader:
        """Nothing beside the tiles."""
        self._inner.set_scope(scope)
        return lambda _desk: None

    def show_answer(self, _answer: object) -> None:
        """Measure again."""
        self._inner.refresh()
