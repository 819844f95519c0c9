"""The strip over the keys of a payment: what is about to happen, a reason and a note.

Ctrl+Enter carries it out, Esc goes back.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.money import rupees_shown
from app.services.disburse_loan import (
    DecideDisbursement,
    confirm_disbursement,
    decline_disbursement,
    withdraw_disbursement,
)
from app.services.read_disbursement import DisbursementView
from app.services.reverse_disbursement import ReverseDisbursement, propose_reversal
from app.services.steps.desk import Desk
from app.services.steps.disbursement_answer import DisbursementAnswer
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.widgets.form_row import Form
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.reasons import ReversalReason

_WIDTH, _LONGEST_NOTE = 320, 500
Sent = Callable[[], DisbursementAnswer]


class Asked(StrEnum):
    """What the strip asks about."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REVERSE = "reverse"


_SHOWN = {Asked.DECLINE: {"note"}, Asked.REVERSE: {"reason", "note"}}


class PaymentStrip(Strip):
    """Hidden until a key asks.

    Args:
        actions: of the page; the one that asked carries it out when it is pressed again.
    """

    def __init__(self, actions: Mapping[Asked, QAction]) -> None:
        super().__init__()
        self.setObjectName("panel.confirm")
        self.setAccessibleIdentifier("panel.confirm")
        self.asked: Asked | None = None
        self._words = label("", "strong", wrap=True)
        self._go = {each: action_button(action, style="filled") for each, action in actions.items()}
        self._form = Form()
        self._build()
        self.setAccessibleName(self.tr("Confirm"))

    def ask(self, asked: Asked, view: DisbursementView) -> None:
        """Ask about the payment that is shown."""
        self.asked = asked
        words = question_words(asked, view)
        self._words.setText(words)
        self.setAccessibleName(words)
        for each, button in self._go.items():
            button.setVisible(each is asked)
        shown = _SHOWN.get(asked, set())
        self._form.clear()
        for row in self._form.rows():
            row.setVisible(row.name in shown)
        self._form.setVisible(bool(shown))
        self.show()
        first = next((row.name for row in self._form.rows() if row.name in shown), "")
        if first:
            self._form.jump_to(first)
        else:
            self._go[asked].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Leave everything as it is."""
        self.asked = None
        super().go_back()

    def act(self, application_id: UUID, desk: Desk) -> Sent | None:
        """What carries it out; None while something is missing."""
        asked, values = self.asked, self._form.values()
        if asked is None:
            return None
        if asked is Asked.REVERSE:
            if values["reason"] is None:
                self._form.show_errors({"reason": _tr("Choose why it is taken back")})
                return None
            back = ReverseDisbursement(
                new_id(desk), application_id, ReversalReason(values["reason"]), values["note"]
            )
            return partial(propose_reversal, back, desk)
        request = DecideDisbursement(new_id(desk), application_id, values["note"] or "")
        act = {
            Asked.CONFIRM: confirm_disbursement,
            Asked.DECLINE: decline_disbursement,
            Asked.WITHDRAW: withdraw_disbursement,
        }[asked]
        return partial(act, request, desk)

    def show_faults(self, faults: dict[str, str]) -> None:
        """Show the service's sentences at their fields."""
        self._form.show_errors(faults)

    def _build(self) -> None:
        reasons = [Choice(code, word_of("reversal_reason", code)) for code in ReversalReason]
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for row in (
            StackedRow(self.tr("Why it is taken back"), Picker("reason", reasons), width=_WIDTH),
            StackedRow(self.tr("Note"), TextEdit("note", _LONGEST_NOTE), width=_WIDTH),
        ):
            line.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
            self._form.register_row(row)
        line.addStretch(1)
        self._form.add_widget(holder)
        back = QPushButton(self.tr("Go back  Esc"))
        back.clicked.connect(lambda _checked=False: self.go_back())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("help-circle", "accent"))
        head.addWidget(self._words, 1)
        head.addWidget(back)
        for button in self._go.values():
            head.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self._form)


def question_words(asked: Asked, view: DisbursementView) -> str:
    """The question, with the money it is about."""
    words = {
        Asked.CONFIRM: _tr("Take %1 back, as if it had not been paid out?")
        if view.reversing
        else _tr("Pay %1 out to %2?"),
        Asked.DECLINE: _tr("Send the payment of %1 back to %3?"),
        Asked.WITHDRAW: _tr("Withdraw your proposal of %1?"),
        Asked.REVERSE: _tr("Ask a second person to take %1 back today?"),
    }[asked]
    taken = asked is Asked.REVERSE or view.reversing
    paise = view.paid_paise if taken else view.terms.amount_paise
    words = words.replace("%1", rupees_shown(paise)).replace("%3", view.maker_name)
    place = view.account or word_of("disbursement_mode", view.terms.mode).lower()
    return words.replace("%2", f"{view.customer_name}, {place}")


def _tr(words: str) -> str:
    return QCoreApplication.translate("PaymentStrip", words)
