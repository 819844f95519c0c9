"""The line at the foot of the monitor: what the keys or the mouse are on, and who looks."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.services.steps.desk import Actor
from app.ui.widgets.labels import label

_HEIGHT = 24


class MonitorFoot(QFrame):
    """`say` a sentence; the person's name leaves on a wall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "status-bar")
        self.setFixedHeight(_HEIGHT)
        self._words = label("", "small", "status.said")
        self._person = label("", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._words, 1)
        line.addWidget(self._person)
        self._hint = ""
        self.show_keys(drilled=False)

    def show_keys(self, *, drilled: bool) -> None:
        """What the keys do, on the figures or on the loans behind one."""
        self._hint = (
            self.tr("Enter opens the account, Esc goes back to the figures.")
            if drilled
            else self.tr("Enter on a figure lists its loans. F5 reads again, P pauses.")
        )
        self.say("")

    def say(self, words: str) -> None:
        """Show a sentence; without one, the keys."""
        self._words.setText(words or self._hint)
        self._words.setAccessibleName(words or self._hint)

    def show_person(self, actor: Actor) -> None:
        """Show who looks, and from which branch."""
        self._person.setText(f"{actor.full_name}, {actor.branch_code}")

    def set_wall(self, *, wall: bool) -> None:
        """Nobody is named on a wall."""
        self._person.setVisible(not wall)
