"""Undoing a payment: one person proposes it with a reason, another confirms or declines."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.permissions import Act, roles_for
from app.services.read_payments import PaymentLine, PaymentState, WaitingReversal
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    decline_reversal,
    propose_reversal,
    withdraw_reversal,
)
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.record_payment.effect_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.reasons import ReversalReason

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.reverse_repayment import ReversalAnswer

_NOTE = 500
_WIDE = 420
_ACTS = ("reverse", "confirm_reversal", "decline_reversal", "withdraw_reversal")


class ReversalBar(QWidget):
    """R opens the form, R again sends it, Esc closes it; C, D and W answer what waits.

    Signals:
        done: a reversal was proposed or ended.
        failed: carries a TaskFailed that no field explains.
        closed: the form has gone; the list may take the keys again.
    """

    done = Signal()
    failed = Signal(object)
    closed = Signal()

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__()
        self._workbench = workbench
        self._line: PaymentLine | None = None
        self._sending = False
        self._form = _reversal_form()
        self._form.hide()
        self._words = label("", "muted", wrap=True)
        make = workbench.registry.create
        handlers = (self._reverse, self._confirm, self._decline, self._withdraw)
        self._actions: dict[str, QAction] = {
            name: make(f"payment.{name}", handler, page)
            for name, handler in zip(_ACTS, handlers, strict=True)
        }
        self._buttons = {
            name: action_button(action, "plain", small=True)
            for name, action in self._actions.items()
        }
        self._build()
        self.show_line(None)

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self._form)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._words, 1)
        for button in self._buttons.values():
            foot.addWidget(button)
        lines.addLayout(foot)

    def show_line(self, line: PaymentLine | None) -> None:
        """Offer what may be done with a payment."""
        if self._line is None or line is None or line.repayment_id != self._line.repayment_id:
            self._form.hide()
        self._line = line
        waiting = None if line is None else line.waiting
        own = waiting is not None and waiting.maker_id == self._workbench.person.user_id
        stands = line is not None and line.state is PaymentState.STANDS
        offered = {
            "reverse": stands and line is not None and line.kind is RepaymentKind.RECEIPT,
            "confirm_reversal": waiting is not None and not own,
            "decline_reversal": waiting is not None and not own,
            "withdraw_reversal": own,
        }
        for name, action in self._actions.items():
            action.setEnabled(offered[name])
            self._buttons[name].setVisible(offered[name] and action.isVisible())
        words = "" if waiting is None else _waiting_words(waiting, own=own)
        self._words.setText(words)
        declines = offered["decline_reversal"] and self._actions["decline_reversal"].isVisible()
        if declines:
            self._ask_note()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the form with Esc; without one Esc belongs to the window."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self._form.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _reverse(self) -> None:
        line, desk = self._line, self._workbench.desk
        if line is None:
            return
        if self._form.isHidden():
            self._form.clear()
            self._form.row("reason").show()
            self._form.show()
            self._form.jump_to("reason")
            return
        values = self._form.values()
        if values["reason"] is None:
            self._form.show_errors({"reason": tr("Choose the reason")})
            return
        request = ProposeReversal(new_id(desk), line.repayment_id, values["reason"], values["note"])
        self._run(tr("Proposing a reversal"), partial(propose_reversal, request, desk))

    def _ask_note(self) -> None:
        """The second person may write why it stands."""
        self._form.clear()
        self._form.row("reason").hide()
        self._form.show()

    def _confirm(self) -> None:
        self._decide(tr("Reversing a payment"), confirm_reversal)

    def _decline(self) -> None:
        self._decide(tr("Declining a reversal"), decline_reversal)

    def _withdraw(self) -> None:
        self._decide(tr("Withdrawing a reversal"), withdraw_reversal)

    def _decide(self, title: str, act: "Callable[..., ReversalAnswer]") -> None:
        line, desk = self._line, self._workbench.desk
        if line is None:
            return
        note = self._form.values()["note"] if self._form.isVisible() else ""
        request = DecideReversal(new_id(desk), line.repayment_id, note)
        self._run(title, partial(act, request, desk))

    def _run(self, title: str, act: "partial[ReversalAnswer]") -> None:
        if self._sending:
            return
        self._sending = True
        self._workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(), owner="payment", writes=True),
            self._done,
            self._refused,
        )

    def _done(self, _answer: object) -> None:
        self._sending = False
        self._form.hide()
        self.done.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        if failure.fields and self._form.isVisible():
            self._form.show_errors(failure.fields)
        else:
            self.failed.emit(failure)


def _reversal_form() -> Form:
    reasons = [Choice(str(each), word_of("reversal_reason", each)) for each in ReversalReason]
    form, section = Form("form.reversal"), FormSection()
    section.add(FormRow(tr("Reason"), Picker("reason", reasons), width=_WIDE))
    section.add(FormRow(tr("Note"), TextEdit("note", _NOTE), True, width=_WIDE))  # noqa: FBT003  # optional, as everywhere
    form.add(section)
    return form


def _waiting_words(waiting: WaitingReversal, *, own: bool) -> str:
    reason = word_of("reversal_reason", waiting.reason)
    note = f" {waiting.note}" if waiting.note else ""
    if own:
        who = ", ".join(word_of("role", each) for each in roles_for(Act.CONFIRM_REVERSAL))
        words = tr("You proposed its reversal: %1 Another person confirms it: %2.")
        return words.replace("%1", reason + note).replace("%2", who)
    words = tr("%1 proposes to reverse it: %2")
    return words.replace("%1", waiting.maker_name).replace("%2", reason + note)
