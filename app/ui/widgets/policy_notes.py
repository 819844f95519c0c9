"""Rule breaches as amber notes: they never stop saving or scoring (screens.md F5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label


@dataclass(frozen=True, slots=True)
class PolicyNote:
    """A sentence and the rule it comes from."""

    words: str
    rule_id: str


class PolicyNotes(QWidget):
    """The notes of an application, under the live figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes.policy")
        self.setAccessibleIdentifier("notes.policy")
        self.setAccessibleName(self.tr("Policy notes"))
        self._notes: tuple[PolicyNote, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)

    def notes(self) -> tuple[PolicyNote, ...]:
        """What is shown."""
        return self._notes

    def show_notes(self, notes: Sequence[PolicyNote]) -> None:
        """Show these notes; the same again changes nothing on the screen."""
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for note in self._notes:
            self._lines.addWidget(_note_frame(note))
        self.setAccessibleDescription(" ".join(note.words for note in self._notes))


def _note_frame(note: PolicyNote) -> QFrame:
    frame = QFrame()
    frame.setProperty("level", "warning")
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line = QHBoxLayout(frame)
    line.setContentsMargins(8, 5, 8, 5)
    line.setSpacing(8)
    mark = IconMark("alert-triangle", "warning")
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(_kept_together(note.words), wrap=True))
    words.addWidget(label(note.rule_id, "rule"))
    line.addLayout(words, 1)
    return frame


def _kept_together(words: str) -> str:
    """No line begins with a per cent sign."""
    return words.replace(" %", "\u00a0%")
