"""Benchmarks of the monitor's real window on a bank: first figures, and pauses under all work.

KASAUTI_BENCH_SCALE is the number of loans: 20,000 without it; the targets are 1,000,000 on
PostgreSQL and 100,000 on SQLite. KASAUTI_BENCH_STALLS names a file to which every thread's stack is
written when the window's loop stands still for more than 50 ms.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import Measured
from benchmark_scale import LOANS, ScaleWindow, scale_book
from benchmarks_window import IDLE_MS, TIMER_MS, GapWatch
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from stall_watch import StallWatch

TABS = (
    "class", "cohorts", "roll", "concentration", "security", "repayment", "drift", "alerts",
    "overview",
)  # fmt: skip
_LOOK_MS = 2
_OPENINGS = 3
MANY, FEW_RUNS = 100_000, 2
"""Of more loans than that one stress run takes minutes, and fewer are measured."""


def monitor_open_scale_sqlite(runs: int) -> Measured:
    """From Ctrl+M to the first figures painted, on a SQLite bank."""
    return _open("sqlite", runs)


def monitor_open_scale_postgresql(runs: int) -> Measured:
    """From Ctrl+M to the first figures painted, on a PostgreSQL bank."""
    return _open("postgresql", runs)


def gui_gap_scale_sqlite(runs: int) -> Measured:
    """The longest pause while all tabs refresh and a stress run is under way, SQLite."""
    return _gaps("sqlite", runs)


def gui_gap_scale_postgresql(runs: int) -> Measured:
    """The longest pause while all tabs refresh and a stress run is under way, PostgreSQL."""
    return _gaps("postgresql", runs)


@contextmanager
def _window(engine_name: str) -> Iterator[ScaleWindow]:
    with scale_book(engine_name) as url, tempfile.TemporaryDirectory(prefix="kv-bench-") as home:
        made = ScaleWindow(url, Path(home))
        try:
            yield made
        finally:
            made.close()


def _open(engine_name: str, runs: int) -> Measured:
    """The branch first, as the window opens; the whole bank is chosen in it."""
    with _window(engine_name) as made:
        ours = [_open_ms(made) for _ in range(runs + 1)]
        bank = [_choose_bank_ms(made) for _ in range(max(runs, _OPENINGS))]
    told = f"{LOANS:,} loans on {engine_name}; first opening of a process {ours[0]:.0f} ms"
    told += f"; choosing the whole bank {min(bank):.0f} to {max(bank):.0f} ms"
    return Measured(ours[1:], [], "ms", told)


def _open_ms(made: ScaleWindow) -> float:
    """Press Ctrl+M in the main window until a tile of the monitor has painted its figure."""
    page = made.window.parts.windows.page("monitor")
    if page is not None:
        page.window().close()
        QApplication.processEvents()
    made.window.activateWindow()
    QApplication.processEvents()
    began = time.perf_counter()
    QTest.keyClick(made.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    tile = _tile(made)
    made.wait(lambda: bool(tile.property("rawValue")))
    made.page().window().repaint()
    took = (time.perf_counter() - began) * 1000.0
    made.settle()
    return took


def _choose_bank_ms(made: ScaleWindow) -> float:
    """Choose all branches until another figure has been painted; then the own branch again."""
    tile, picker = _tile(made), made.page().findChild(QWidget, "filter.branch")
    before = tile.property("rawValue")
    began = time.perf_counter()
    picker.set_value("bank")
    made.wait(lambda: tile.property("rawValue") != before)
    made.page().window().repaint()
    took = (time.perf_counter() - began) * 1000.0
    made.settle()
    picker.set_value(1)
    made.settle()
    return took


def _tile(made: ScaleWindow) -> QWidget:
    return made.page().findChild(QWidget, "kpi.active_loans")


def _gaps(engine_name: str, runs: int) -> Measured:
    """Whole bank: a stress run is started, and tab after tab is chosen until it has ended."""
    ours, idle, turns = list[float](), list[float](), list[int]()
    with _window(engine_name) as made:
        _open_ms(made)
        made.page().findChild(QWidget, "filter.branch").set_value("bank")
        made.settle()
        path = os.environ.get("KASAUTI_BENCH_STALLS")
        watch = StallWatch(Path(path) if path else None)
        first = watch.longest_ms(_Walk(made, watch, stress=False).begin)
        watch.own_ms = 0.0
        for _ in range(runs if LOANS <= MANY else FEW_RUNS):
            walk = _Walk(made, watch, stress=True)
            ours.append(watch.longest_ms(walk.begin))
            turns.append(walk.chosen)
            idle.append(watch.longest_ms(lambda: QTimer.singleShot(IDLE_MS, watch.finish)))
    note = f"{LOANS:,} loans on {engine_name}, {TIMER_MS} ms timer; {min(turns)} to {max(turns)} "
    note += "tabs read beside each run; without the wait for a processor at most "
    note += f"{watch.own_ms:.0f} ms; building every tab: {first:.0f} ms; reference: idle"
    return Measured(ours, idle, "ms", note)


class _Walk:
    """Chooses one tab after the other, each once the one before has been read.

    Attributes:
        chosen: how many were.
    """

    def __init__(self, made: ScaleWindow, watch: GapWatch, *, stress: bool) -> None:
        self._made, self._page, self._watch, self._stress = made, made.page(), watch, stress
        self.chosen = 0

    def begin(self) -> None:
        """Start a stress run if one is asked for."""
        if not self._stress:
            self._next()
            return
        self._click("tab.stress")
        QTimer.singleShot(_LOOK_MS, self._run)

    def _run(self) -> None:
        if self._busy():
            QTimer.singleShot(_LOOK_MS, self._run)
            return
        self._click("action.monitor.run_stress")
        QTimer.singleShot(_LOOK_MS, self._next)

    def _next(self) -> None:
        """Choose the next tab, or wait for the one being read; all of them at least once."""
        if self._reading():
            QTimer.singleShot(_LOOK_MS, self._next)
        elif self.chosen < len(TABS) or self._busy():
            self._click(f"tab.{TABS[self.chosen % len(TABS)]}")
            self.chosen += 1
            QTimer.singleShot(_LOOK_MS, self._next)
        else:
            self._watch.finish()

    def _busy(self) -> bool:
        return self._made.window.workbench.runner.active()

    def _reading(self) -> bool:
        """Whether the tab chosen last waits for its figures."""
        words = self._page.findChild(QWidget, "status.data_time").text()
        return not words.startswith("Day-end")

    def _click(self, name: str) -> None:
        self._page.findChild(QAbstractButton, name).click()


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
