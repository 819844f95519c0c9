"""What happens as a wait grows older: each step at its own age (screens.md A6)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

Step = tuple[int, Callable[[], None]]


class AgeSteps(QObject):
    """`start` with (age in milliseconds, what to do), youngest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._reach)

    def start(self, steps: Sequence[Step]) -> None:
        """Begin a wait at age 0."""
        self._steps = list(steps)
        self._timer.start(self._steps[0][0])

    def stop(self) -> None:
        """The wait is over."""
        self._timer.stop()

    def _reach(self) -> None:
        age, act = self._steps.pop(0)
        act()
        if self._steps:
            self._timer.start(max(self._steps[0][0] - age, 1))
