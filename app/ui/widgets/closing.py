"""Whether the window may close now, and closing it later when a job has written its last."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets.close_question import CloseAnswer, ask_close


class Closing(QObject):
    """Asked at every close; after *Wait* it closes the window by itself."""

    def __init__(self, runner: TaskRunner, close: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._runner = runner
        self._close = close
        self._window = window
        self._waits = False
        runner.jobs_changed.connect(self._look)

    def allowed(self) -> bool:
        """Say whether nothing is written any more, or the person chose to stop it."""
        if not self._runner.writing(shown=True):
            return True
        answer = ask_close(self._window, self._runner.writing(shown=True))
        self._waits = answer is CloseAnswer.WAIT
        if answer is CloseAnswer.STOP:
            self._runner.stop_writing()
        # It may have ended while the question was open.
        ended = self._waits and not self._runner.writing(shown=True)
        return answer is CloseAnswer.STOP or ended

    def _look(self) -> None:
        if self._waits and not self._runner.writing(shown=True):
            self._waits = False
            self._close()
