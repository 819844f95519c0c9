"""A strip on a record's page: a call, a visit or a message to the borrower is written down.

Source: screens.md S61 and S21 (Log contact), S70. It asks and writes as the follow-up page does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.services.read_follow_up import FollowUpView, read_follow_up
from app.ui.actions.action_button import action_button
from app.ui.cards.entry_form import CHANNELS, EntryForm, EntryKind
from app.ui.cards.entry_sending import EntrySending
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.strip import Strip
from app.ui.widgets.workbench import Workbench

_KINDS = (EntryKind.CALL, EntryKind.VISIT, EntryKind.MESSAGE)
_LOAN_WIDTH = 228


@dataclass(frozen=True, slots=True)
class ContactLoan:
    """A loan that a contact can be about, with the words that tell it from others."""

    loan_id: UUID
    words: str


class ContactStrip(Strip):
    """Asks about one loan of a borrower; Ctrl+Enter saves, Esc goes back.

    Signals:
        written: carries the sentence that says so.
        failed: carries a TaskFailed that no field explains.
    """

    written = Signal(str)
    failed = Signal(object)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._name = ""
        self._about: UUID | None = None
        self._save = workbench.registry.create("contact.save", self._send, self)
        self._title = label("", "strong")
        self._loans = Picker("contact_loan", ())
        self._loans.setAccessibleName(_tr("Loan"))
        self._loans.setFixedWidth(_LOAN_WIDTH)
        choices = [Choice(each, word_of("contact_channel", CHANNELS[each])) for each in _KINDS]
        self._kind = Segmented("contact_kind", choices)
        self._kind.setAccessibleName(_tr("How the borrower was reached"))
        self._entry = EntryForm(workbench.desk.clock.today)
        self._sending = EntrySending(workbench, self._entry, self)
        self._states = StateStack(self._entry, workbench, _tr("Reading the loan…"))
        self._view: FollowUpView | None = None
        self._build()
        self._connect()

    def ask(self, name: str, loans: Sequence[ContactLoan]) -> None:
        """Ask about the first of a borrower's loans; another one can be chosen."""
        if not self.isHidden():
            return  # what is being typed stays
        self._name = name
        self._title.setText(_tr("Contact with %1").replace("%1", name))
        with QSignalBlocker(self._loans):
            self._loans.set_choices([Choice(each.loan_id, each.words) for each in loans])
            self._loans.set_value(loans[0].loan_id)
        self._loans.setVisible(len(loans) > 1)
        self._kind.set_value(EntryKind.CALL)
        self._states.forget()
        self.show()
        self._read()

    def go_back(self) -> None:
        """Write nothing."""
        if not self.isHidden():
            self._put_away()
            super().go_back()

    def _read(self) -> None:
        """Read the limits that a contact would pass now, and what may be sent."""
        loan_id, desk = self._loans.value(), self._workbench.desk
        self._about, self._view = loan_id, None
        self._save.setEnabled(False)
        handle = self._workbench.runner.submit(
            Task(
                _tr("Reading the loan"),
                Lane.DATABASE,
                lambda _control: read_follow_up(loan_id, desk),
                key="contact_loan",
                owner="contact",
                quiet=True,
            ),
            self._show,
            self._not_read,
        )
        self._states.loading(handle, self._read)

    def _show(self, view: FollowUpView) -> None:
        if self.isHidden() or view.loan.loan_id != self._about:
            return
        self._view = view
        self._begin()
        self._states.content()

    def _not_read(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self._read)

    def _begin(self) -> None:
        view = self._view
        if view is None:
            return
        kind = self._kind.value()
        limits = {EntryKind.CALL: view.call_limits, EntryKind.VISIT: view.visit_limits}
        text = view.texts[0].message if kind is EntryKind.MESSAGE and view.texts else ""
        self._entry.open(kind, limits.get(kind, ()), text)
        self._save.setEnabled(True)

    def _turn(self, _kind: object) -> None:
        """Another way of contact: the note stays."""
        note = self._entry.form.values()["contact_note"]
        self._begin()
        self._entry.form.set_values({"contact_note": note})

    def _send(self) -> None:
        if self._about is not None:
            self._sending.send(self._about, None)

    def _done(self, _kind: EntryKind, loan_id: UUID) -> None:
        """It is said, too, where the strip was left while it was being written."""
        self._put_away()
        self.written.emit(_tr("The contact with %1 is written down.").replace("%1", self._name))
        self._workbench.notices.tell("loan", loan_id)

    def _refused(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)

    def _put_away(self) -> None:
        self._about, self._view = None, None
        self._save.setEnabled(False)
        self.hide()

    def _connect(self) -> None:
        self._loans.value_changed.connect(lambda _loan: self._read())
        self._kind.value_changed.connect(self._turn)
        self._entry.closed.connect(self.go_back)
        self._sending.done.connect(self._done)
        self._sending.failed.connect(self._refused)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (self._title, self._loans, self._kind):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(state_button(_tr("Go back  Esc"), self.go_back))
        head.addWidget(action_button(self._save, small=True))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self._states)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ContactStrip", words)
