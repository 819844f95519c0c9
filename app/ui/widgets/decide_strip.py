"""The second person's word on a proposal: a strip that repeats the change and takes a note."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.change_rule import DecideProposal, ProposalAnswer, decide_proposal
from app.services.steps.ids import new_id
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import IconMark, KeyHints, label
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench

_LONGEST_NOTE = 2000
_NOTE_WIDTH = 420


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the strip asks about."""

    proposal_id: UUID
    version: int
    approve: bool


class DecideStrip(Strip):
    """Hidden until somebody asks; Ctrl+Enter confirms, Esc goes back.

    Signals:
        decided: the proposal was decided.
        failed: carries a TaskFailed that no field explains.
    """

    decided = Signal()
    failed = Signal(object)

    def __init__(self, workbench: Workbench, owner: str, area: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._owner = owner
        self._asked: _Asked | None = None
        self._sending = False
        self._title = label("", "strong", wrap=True)
        self._form = Form("form.proposal")
        self._note = FormRow(self.tr("Note"), TextEdit("note", _LONGEST_NOTE), width=_NOTE_WIDTH)
        section = FormSection()
        section.add(self._note)
        self._form.add(section)
        self._confirms = {
            True: self._button(f"action.{area}.approve", self.tr("Confirm approval")),
            False: self._button(f"action.{area}.reject", self.tr("Confirm refusal")),
        }
        self._back = QPushButton(self.tr("Go back"))
        self._back.clicked.connect(lambda _checked=False: self.go_back())
        self._build()

    def ask(self, proposal_id: UUID, version: int, words: str, *, approve: bool) -> None:
        """Ask about one proposal; a refusal needs a note."""
        self._asked = _Asked(proposal_id, version, approve)
        self._title.setText(words)
        self._form.clear()
        self._note.set_note(
            self.tr("Optional") if approve else self.tr("Say why: the proposer reads it")
        )
        for which, button in self._confirms.items():
            button.setVisible(which is approve)
        self.show()
        self._form.jump_to("note")

    def go_back(self) -> None:
        """Leave everything as it is."""
        self._asked = None
        super().go_back()

    def send(self) -> None:
        """Carry out what is asked."""
        asked, desk = self._asked, self._workbench.desk
        if asked is None or self._sending:
            return
        request = DecideProposal(
            new_id(desk), asked.proposal_id, asked.approve, self._note.field.value(), asked.version
        )
        title = self.tr("Approving a change") if asked.approve else self.tr("Refusing a change")
        self._sending = True
        self._workbench.runner.submit(
            Task(
                title,
                Lane.DATABASE,
                lambda _control: decide_proposal(request, desk),
                owner=self._owner,
                writes=True,
            ),
            self._done,
            self._refused,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Ctrl+Enter."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.send()
        else:
            super().keyPressEvent(event)

    def _done(self, answer: ProposalAnswer) -> None:
        self._sending = False
        self.go_back()
        self.decided.emit()
        self._workbench.notices.tell("rule", answer.proposal_id)

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        if "note" in failure.fields:
            self._form.show_errors(failure.fields)
            self._form.jump_to("note")
        else:
            self.go_back()
            self.failed.emit(failure)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleIdentifier(name)
        button.setAccessibleName(words)
        button.setProperty("kind", "filled")
        button.clicked.connect(lambda _checked=False: self.send())
        return button

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("help-circle", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        lines.addLayout(head)
        lines.addWidget(self._form)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(KeyHints((("Ctrl+Enter", self.tr("confirm")), ("Esc", self.tr("go back")))))
        foot.addStretch(1)
        foot.addWidget(self._back)
        for button in self._confirms.values():
            foot.addWidget(button)
        lines.addLayout(foot)
