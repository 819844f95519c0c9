"""What has to be fixed before a submit, on top of the form; each line jumps to its field."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label


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
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(24, 0, 0, 0)
        self._lines.setSpacing(0)
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
        for problem in problems:
            self._lines.addWidget(self._line(problem), 0, Qt.AlignmentFlag.AlignLeft)
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

    def _line(self, problem: Problem) -> QPushButton:
        line = QPushButton(problem.sentence)
        line.setProperty("kind", "link")
        line.clicked.connect(lambda _checked=False: self.chosen.emit(problem.field))
        return line
