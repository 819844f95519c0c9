"""The base of the monitor's tabs: what each reads, shows, says and drills to."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.steps.desk import Desk
from app.services.steps.monitor_answers import MonitorTiles
from app.services.steps.monitor_scope import MonitorScope
from app.ui.widgets.workbench import Workbench

TabReader = Callable[[Desk], object]


@dataclass(frozen=True, slots=True)
class DrillWish:
    """The loans behind one figure are wanted.

    Attributes:
        figure: the figure's key, as `portfolio … --rows` names it.
        title: what was counted, for the heading of the list.
    """

    figure: str
    title: str


class MonitorTab(QWidget):
    """One tab. Its reader runs on the database lane, everything else in the window.

    Signals:
        drill_wanted: carries a `DrillWish`.
        said: a sentence for the foot of the window, empty for none.
        choice_changed: something was chosen that has to be read.
    """

    name: ClassVar[str] = ""

    drill_wanted = Signal(object)
    said = Signal(str)
    choice_changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(12)

    @abstractmethod
    def reader(self, scope: MonitorScope) -> TabReader:
        """Return the function that reads the tab, with what is chosen now."""

    def show_tiles(self, tiles: MonitorTiles) -> None:
        """Take up what the tiles say, where the tab draws some of it."""

    def ask_about(self, subject: object) -> None:
        """Put one row before the person, by its key, where the tab has rows to be answered."""

    def set_wall(self, *, wall: bool) -> None:
        """Show nobody's name while the window hangs on a wall."""

    @abstractmethod
    def show_answer(self, answer: Any) -> None:  # noqa: ANN401  # its own reader's answer
        """Swap the numbers in place."""
