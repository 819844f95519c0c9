"""A tab that reads for itself, such as Stress, whose runs a person starts."""

from PySide6.QtWidgets import QWidget

from app.services.steps.monitor_scope import MonitorScope
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.screens.monitor.stress_tab import StressTab
from app.ui.widgets.workbench import Workbench


class StressPlace(MonitorTab):
    """Hands the scope on; the tab knows when it has something to read."""

    name = "stress"

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench)
        self._inner = StressTab(bench, parent)
        self.lines.addWidget(self._inner, 1)

    def reader(self, scope: MonitorScope) -> TabReader:
        """Nothing beside the tiles."""
        self._inner.set_scope(scope)
        return lambda _desk: None

    def show_answer(self, _answer: object) -> None:
        """Read the presets of the day."""
        self._inner.refresh()
