"""When the visible tab is read again: at an interval, soon after a change, never while held."""

from PySide6.QtCore import QObject, QTimer, Signal

_MS_PER_MINUTE = 60_000
_SOON_MS = 1_500  # several changes that follow each other are one


class RefreshClock(QObject):
    """Counts from the last reading.

    Signals:
        due: read now.
    """

    due = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._paused = self._held = False
        self._missed = False
        self._timer = QTimer(self, singleShot=True)
        self._soon = QTimer(self, singleShot=True)
        self._soon.setInterval(_SOON_MS)
        for timer in (self._timer, self._soon):
            timer.timeout.connect(self._ring)

    @property
    def paused(self) -> bool:
        """Whether a person has paused it."""
        return self._paused

    def set_minutes(self, minutes: int) -> None:
        """Another interval, or the same one."""
        if minutes != self._minutes:
            self._minutes = minutes
            self.restart()

    def restart(self) -> None:
        """The figures have just been read, or asked for."""
        self._missed = False
        self._soon.stop()
        self._timer.stop()
        if not self._paused:
            self._timer.start(self._minutes * _MS_PER_MINUTE)

    def soon(self) -> None:
        """Something in the book has changed."""
        if not self._soon.isActive():
            self._soon.start()

    def pause(self, *, paused: bool) -> None:
        """P: no reading by itself until it is pressed again."""
        self._paused = paused
        self.restart()

    def hold(self, *, held: bool) -> None:
        """Loans behind a figure are looked at: a reading that falls due waits for their end."""
        self._held = held
        if not held and self._missed:
            self._ring()

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
        self._soon.stop()

    def _ring(self) -> None:
        self._missed = self._held
        if not self._held and not self._paused:
            self.due.emit()
