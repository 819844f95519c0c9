"""Benchmarks of the portfolio monitor's window: first figures, and pauses while it reads."""

import sys
import time
from typing import TYPE_CHECKING

from bench import Measured
from benchmarks_desk import Window
from benchmarks_window import IDLE_MS, TIMER_MS, GapWatch
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from app.ui.widgets.screen import Screen

TABS = ("class", "cohorts", "roll", "concentration", "security", "repayment", "overview")
_LOOK_MS = 2


def _supervised() -> Window:
    """The window on the sample book, with somebody at it who may see the monitor."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import CHECKER

    made = Window()
    made.window.sign_in(sandbox_person(CHECKER, made.window.desk).actor)
    _settle(made)
    return made


def monitor_open(runs: int) -> Measured:
    """From Ctrl+M to the first figures painted; the first opening loads the page's modules."""
    made = _supervised()
    ours = [_open_ms(made) for _ in range(runs + 1)]
    note = f"sample book, 649 open loans; the first opening of a process took {ours[0]:.0f} ms"
    made.window.close()
    return Measured(ours[1:], [], "ms", note)


def gui_gap_monitor(runs: int) -> Measured:
    """The longest pause of the window's loop while every tab is read and drawn in turn."""
    made = _supervised()
    _open_ms(made)
    page = _page(made)
    watch, ours, idle = GapWatch(), [], []
    for turn in range(runs + 1):
        walk = _Walk(made, page, watch)
        gap = watch.longest_ms(walk.next)
        rest = watch.longest_ms(lambda: QTimer.singleShot(IDLE_MS, watch.finish))
        if turn:  # the first builds every tab
            ours.append(gap)
            idle.append(rest)
        else:
            first = gap
    made.window.close()
    note = f"{TIMER_MS} ms timer, {len(TABS)} tabs; building every tab: {first:.0f} ms; to idle"
    return Measured(ours, idle, "ms", note)


class _Walk:
    """Chooses one tab after the other, each once the one before has been read."""

    def __init__(self, made: Window, page: "Screen", watch: GapWatch) -> None:
        self._made, self._page, self._watch = made, page, watch
        self._left = list(TABS)

    def next(self) -> None:
        """Choose the next tab, or wait for the one being read."""
        if self._made.window.workbench.runner.active():
            QTimer.singleShot(_LOOK_MS, self.next)
        elif self._left:
            tab = self._page.findChild(QWidget, f"tab.{self._left.pop(0)}")
            tab.click()
            QTimer.singleShot(_LOOK_MS, self.next)
        else:
            self._watch.finish()


def _open_ms(made: Window) -> float:
    """Close the monitor, open it, and wait until a tile shows a figure."""
    page = made.window.parts.windows.page("monitor")
    if page is not None:
        page.window().close()
        QApplication.processEvents()
    began = time.perf_counter()
    made.window.navigate("monitor")
    tile = _page(made).findChild(QWidget, "kpi.active_loans")
    while not tile.property("rawValue"):
        QApplication.processEvents()
    _page(made).window().repaint()
    took = (time.perf_counter() - began) * 1000.0
    _settle(made)
    return took


def _page(made: Window) -> "Screen":
    page = made.window.parts.windows.page("monitor")
    if page is None:
        message = "the monitor did not open"
        raise RuntimeError(message)
    return page


def _settle(made: Window) -> None:
    while made.window.workbench.runner.active():
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
