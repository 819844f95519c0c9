"""Benchmark of what the window feels: the longest pause of its event loop under work."""

import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from bench import Measured, interleaved
from benchmarks_model import champion, golden_rows
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.tasks.task import Lane, Task
from app.ui.tasks.task_runner import TaskRunner

WINDOW_ROWS, TIMER_MS, IDLE_MS = 300, 5, 1_000


class GapWatch(QObject):
    """An event loop with a fast timer that notices when the loop stood still."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks: list[float] = []
        self._loop = QEventLoop()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TIMER_MS)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        self._ticks.append(time.perf_counter())

    def finish(self, _answer: object = None) -> None:
        """End the loop; receives the answer of a task."""
        self._loop.quit()

    def longest_ms(self, begin: Callable[[], object]) -> float:
        """Start something that ends in `finish`; return the longest pause until then."""
        self._ticks = [time.perf_counter()]
        self._timer.start()
        begin()
        self._loop.exec()
        self._timer.stop()
        self._tick()
        return max(after - before for before, after in pairwise(self._ticks)) * 1000.0


def gui_gap_300(runs: int) -> Measured:
    """The longest pause while 300 rows are scored and explained on the compute lane."""
    application = QApplication.instance() or QApplication([])
    model, golden = champion(), golden_rows()
    rows = np.resize(golden, (WINDOW_ROWS, golden.shape[1]))
    watch, runner = GapWatch(), TaskRunner()
    work = Task("Explaining", Lane.COMPUTE, lambda _control: len(model.explain_many(rows)))
    ours, idle = interleaved(
        lambda: watch.longest_ms(lambda: runner.submit(work, watch.finish, watch.finish)),
        lambda: watch.longest_ms(lambda: QTimer.singleShot(IDLE_MS, watch.finish)),
        runs,
    )
    runner.shut_down()
    application.processEvents()
    return Measured(ours, idle, "ms", f"{TIMER_MS} ms timer, {WINDOW_ROWS} rows; reference: idle")
