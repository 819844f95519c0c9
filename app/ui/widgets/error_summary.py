"""What has to be fixed before a submit, on top of the form; each line jumps to its field."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label

_MOST_IN_ONE_COLUMN = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix: the field and its sentence."""

    field: str
    sentence: str


class ErrorSummary(QFrame):
    """Hidden while there is nothing to fix."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errors.summary")
        self.setAccessibleIdentifier("errors.summary")
        self.setProperty("level", "bad")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._problems: tuple[Problem, ...] = ()
        self._head = label("", "bad")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 6, 12, 6)
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("alert-circle", "bad"))
        head.addWidget(self._head)
        head.addStretch(1)
        lines.addLayout(head)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(24, 0, 0, 0)
        self._lines.setVerticalSpacing(0)
        self._lines.setHorizontalSpacing(32)
        lines.addLayout(self._lines)
        self.hide()

    def problems(self) -> tuple[Problem, ...]:
        """What is listed."""
        return self._problems

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """List these; none hides the summary."""
        self._problems = problems
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        columns = 2 if len(problems) > _MOST_IN_ONE_COLUMN else 1
        rows = -(-len(problems) // columns)
        for place, problem in enumerate(problems):
            line = self._line(problem)
            self._lines.addWidget(line, place % rows, place // rows, Qt.AlignmentFlag.AlignLeft)
        count = len(problems)
        words = self.tr("1 thing to fix") if count == 1 else self.tr("%1 things to fix")
        self._head.setText(words.replace("%1", str(count)))
        self.setAccessibleName(self._head.text())
        self.setAccessibleDescription(" ".join(p.sentence for p in problems))
        self.setVisible(bool(problems))

    def drop(self, field: str) -> None:
        """Take the line of a field away that is right now."""
        left = tuple(p for p in self._problems if p.field != field)
        if len(left) != len(self._problems):
            self.show_problems(left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the first field that is listed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._problems:
            self.chosen.emit(self._problems[0].field)
        else:
            super().keyPressEvent(event)

    def _line(self, problem: Problem) -> QPushButton:
        line = QPushButton(problem.sentence)
        line.setProperty("kind", "link")
        line.setAutoDefault(True)  # Enter presses it
        line.clicked.connect(lambda _checked=False: self.chosen.emit(problem.field))
        return line
