"""The tabs of the monitor in their order; each is built at its first visit."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.screens.monitor.class_tab import ClassTab
from app.ui.screens.monitor.cohorts_tab import CohortsTab
from app.ui.screens.monitor.concentration_tab import ConcentrationTab
from app.ui.screens.monitor.monitor_tab import MonitorTab
from app.ui.screens.monitor.overview_tab import OverviewTab
from app.ui.screens.monitor.repayment_tab import RepaymentTab
from app.ui.screens.monitor.roll_tab import RollTab
from app.ui.screens.monitor.security_tab import SecurityTab
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench

_HERE = "app.ui.screens.monitor"


def _tr(words: str) -> str:
    return QCoreApplication.translate("MonitorTabs", words)


def _nothing() -> None:
    """What a tab needs that came with the window."""


@dataclass(frozen=True, slots=True)
class _Late:
    """A tab whose parts are heavy: loaded on a lane when it is first chosen, then built."""

    module: str
    name: str

    def load(self) -> None:
        """Import it (any lane)."""
        import_module(f"{_HERE}.{self.module}")

    def build(self, bench: Workbench) -> MonitorTab:
        """Make the tab."""
        module = import_module(f"{_HERE}.{self.module}")
        tab_class: type[MonitorTab] = getattr(module, self.name)
        return tab_class(bench)


_STRESS, _DRIFT = _Late("stress_tab", "StressTab"), _Late("drift_tab", "DriftTab")
_ALERTS = _Late("alerts_tab", "AlertsTab")


@dataclass(frozen=True, slots=True)
class TabPlace:
    """A tab's name, its words, what builds it, whether it names people, what loads it first."""

    name: str
    words: str
    build: Callable[[Workbench], MonitorTab]
    names_people: bool = False
    load: Callable[[], None] = _nothing


def tab_places() -> tuple[TabPlace, ...]:
    """Every tab that is there."""
    return (
        TabPlace("overview", _tr("Overview"), OverviewTab),
        TabPlace("class", _tr("Class"), ClassTab),
        TabPlace("cohorts", _tr("Cohorts"), CohortsTab),
        TabPlace("roll", _tr("Roll"), RollTab),
        TabPlace("concentration", _tr("Concentration"), ConcentrationTab),
        TabPlace("security", _tr("Security"), SecurityTab),
        TabPlace("repayment", _tr("Repayment"), RepaymentTab),
        TabPlace("stress", _tr("Stress"), _STRESS.build, load=_STRESS.load),
        TabPlace("drift", _tr("Drift"), _DRIFT.build, load=_DRIFT.load),
        TabPlace("alerts", _tr("Alerts log"), _ALERTS.build, names_people=True, load=_ALERTS.load),
    )


class MonitorTabs(Tabs):
    """The bar over the tab shown; a tab that was not read yet stays blank.

    Signals:
        drill_wanted, said, choice_changed: of whatever tab is shown.
    """

    drill_wanted = Signal(object)
    said = Signal(str)
    choice_changed = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._places = {place.name: place for place in tab_places()}
        self._built: dict[str, MonitorTab] = {}
        self._wall = False
        for place in self._places.values():
            holder = QWidget()
            lines = QVBoxLayout(holder)
            lines.setContentsMargins(0, 10, 0, 0)
            self.add(place.name, place.words, holder)
        self._ask_room()

    def choose(self, name: str) -> None:
        """Show a tab; the window need not have room for the others."""
        super().choose(name)
        self._ask_room()

    def loader(self) -> Callable[[], None]:
        """Loads what the tab shown is built of; done on a lane it keeps the window at work."""
        return self._places[self.current_name].load

    def shown(self) -> MonitorTab:
        """The tab shown, built if need be."""
        name = self.current_name
        if name not in self._built:
            made = self._places[name].build(self._bench)
            made.drill_wanted.connect(self.drill_wanted)
            made.said.connect(self.said)
            made.choice_changed.connect(self.choice_changed)
            made.set_wall(wall=self._wall)
            made.hide()
            holder = self.widget(name).layout()
            if holder is not None:
                holder.addWidget(made)
            self._built[name] = made
        return self._built[name]

    def _ask_room(self) -> None:
        """Only the tab shown says how large it must be: a high one would keep the window high."""
        for name in self._places:
            shown = name == self.current_name
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            self.widget(name).setSizePolicy(policy, policy)

    def forget(self) -> None:
        """Another part of the book is looked at: no tab shows what it read of the one before."""
        for tab in self._built.values():
            tab.hide()

    def set_wall(self, *, wall: bool) -> None:
        """Take away what names people."""
        self._wall = wall
        named = {place.name for place in self._places.values() if place.names_people}
        for name in named:
            self.show_tab(name, shown=not wall)
        if wall and self.current_name in named:
            self.choose(next(iter(self._places)))
        for tab in self._built.values():
            tab.set_wall(wall=wall)
