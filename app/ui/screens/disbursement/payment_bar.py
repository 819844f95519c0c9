"""The foot of the payment page: keys of the maker or the second person, and what became of it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.read_disbursement import DisbursementView
from app.ui.actions.action_button import action_button
from app.ui.screens.disbursement.payment_strip import Asked, PaymentStrip
from app.ui.widgets.case_words import moment_shown
from app.ui.widgets.labels import IconMark, label

_LINE_HEIGHT = 32


class PaymentBar(QWidget):
    """A sentence at the left, the keys that act now at the right, the strip over them.

    Signals:
        closed: the strip has gone; the page may take the keys again.
    """

    closed = Signal()

    def __init__(self, propose: QAction, actions: Mapping[Asked, QAction]) -> None:
        super().__init__()
        self.strip = PaymentStrip(actions)
        self.strip.closed.connect(self._close)
        self._allowed, self._proposing = set[Asked](), False
        self._propose, self._actions = propose, actions
        self._mark = IconMark("clock", "muted")
        self._said, self._more = label("", "strong"), label("", "muted")
        self._propose_button = action_button(propose)
        self._buttons = {
            each: action_button(action, style="filled" if each is Asked.CONFIRM else "plain")
            for each, action in actions.items()
        }
        self._build()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is known yet: no key acts."""
        self.strip.hide()
        self._mark.hide()
        for words in (self._said, self._more):
            words.setText("")
        self._allow(set(), propose=False)

    def show_payment(self, view: DisbursementView) -> None:
        """Say how the payment stands and let act what may be done now."""
        self._mark.show()
        waiting, allowed = view.waiting, set[Asked]()
        if waiting is not None:
            self._say_waiting(view)
            if view.may_confirm:
                allowed = {Asked.CONFIRM, Asked.DECLINE}
            elif view.may_act:
                allowed = {Asked.WITHDRAW}
        elif view.paid_loan is not None:
            self._say_paid(view)
            if view.may_reverse:
                allowed = {Asked.REVERSE}
        else:
            self._say_open(view)
        self._allow(allowed, propose=view.may_act and waiting is None and view.left_paise > 0)

    def _say_waiting(self, view: DisbursementView) -> None:
        self._mark.show_icon("user-check", "accent")
        waiting = view.waiting
        words = self.tr("Reversal proposed by %1") if view.reversing else self.tr("Proposed by %1")
        self._said.setText(words.replace("%1", view.maker_name))
        self._more.setText("" if waiting is None else moment_shown(waiting.made_at))

    def _say_paid(self, view: DisbursementView) -> None:
        loan, on = view.paid_loan, view.paid_on
        self._mark.show_icon("building-bank", "good")
        if loan is not None and on is not None:
            words = self.tr("Paid out on %1 as loan %2").replace("%1", date_shown(on))
            self._said.setText(words.replace("%2", loan.reference))
        left = self.tr("%1 is left").replace("%1", rupees_shown(view.left_paise))
        self._more.setText(left if view.left_paise > 0 else "")

    def _say_open(self, view: DisbursementView) -> None:
        stops = [each for each in view.checks if each.stops]
        open_ones = len(stops) - 1  # the second person comes after the proposal
        self._mark.show_icon("circle-check" if not open_ones else "clock", "muted")
        self._said.setText(
            self.tr("All checks hold")
            if not open_ones
            else self.tr("1 check is open")
            if open_ones == 1
            else self.tr("%1 checks are open").replace("%1", str(open_ones))
        )
        self._more.setText(self.tr("A second person confirms"))

    def ask(self, asked: Asked, view: DisbursementView) -> None:
        """Open the strip; its own key stands there, not twice."""
        self.strip.ask(asked, view)
        self._show_buttons(shown=False)

    def _close(self) -> None:
        self._show_buttons(shown=True)
        self.closed.emit()

    def _allow(self, allowed: set[Asked], *, propose: bool) -> None:
        self._allowed, self._proposing = allowed, propose
        self._propose.setEnabled(propose)
        for each, action in self._actions.items():
            action.setEnabled(each in allowed)
        self._show_buttons(shown=self.strip.asked is None)

    def _show_buttons(self, *, shown: bool) -> None:
        self._propose_button.setVisible(shown and self._proposing)
        for each, button in self._buttons.items():
            button.setVisible(shown and each in self._allowed)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self._mark, self._said, self._more):
            line.addWidget(part)
        line.addStretch(1)
        for each in (Asked.DECLINE, Asked.WITHDRAW, Asked.REVERSE, Asked.CONFIRM):
            line.addWidget(self._buttons[each])
        line.addWidget(self._propose_button)
        holder = QWidget()
        holder.setMinimumHeight(_LINE_HEIGHT)
        holder.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self.strip)
        lines.addWidget(holder)
