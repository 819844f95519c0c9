"""S62: a payment is entered, its effect shown while it is typed, and it is posted once."""

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.post_repayment import ReceiptFacts, RepaymentPosted
from app.services.read_payments import PaymentDesk, read_payments
from app.ui.actions.action_button import action_button
from app.ui.screens.record_payment.effect_card import EffectCard
from app.ui.screens.record_payment.effect_words import start_words, tr
from app.ui.screens.record_payment.live_preview import LivePreview
from app.ui.screens.record_payment.loan_search import LoanSearch
from app.ui.screens.record_payment.payment_form import PaymentForm, prepayment_values
from app.ui.screens.record_payment.payments_card import PaymentsCard
from app.ui.screens.record_payment.posting import PaymentPosting
from app.ui.screens.record_payment.receipt_card import ReceiptCard
from app.ui.screens.record_payment.reversal_bar import ReversalBar
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import LoanAct

_TALLEST = 440  # of both cards: in a tall window the payments have the rest
_SIDE = 400


class PaymentScreen(Screen):
    """The form and its live effect side by side, the last payments below."""

    name = "payment"
    rail = "loans"
    margins = (16, 0, 16, 12)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._loan_id: UUID | None = None
        self._seen: PaymentDesk | None = None
        self._just_posted = False
        self._post = workbench.registry.create("payment.post", self._send, self)
        self._search = LoanSearch(workbench, self)
        self._posting = PaymentPosting(workbench, self._post, self)
        self._inputs = PaymentForm(workbench, self._search.ask)
        self._effect = EffectCard(workbench)
        self._preview = LivePreview(workbench, self._effect, self)
        self._receipt = ReceiptCard(workbench, self, self._effect)
        self._reversal = ReversalBar(workbench, self)
        self._payments = PaymentsCard(workbench, self._reversal)
        self._listen()
        self._build()

    def _listen(self) -> None:
        self._search.found.connect(self._inputs.offer_loans)
        self._search.failed.connect(self._say)
        self._receipt.said.connect(self._tell)
        self._posting.posted.connect(self._posted)
        self._posting.refused.connect(self._refused)
        self._preview.worked_out.connect(self._ask)
        self._payments.chosen.connect(self._reversal.show_line)
        self._inputs.edited.connect(self._edited)
        self._inputs.loan_chosen.connect(self._choose)
        self._reversal.done.connect(self._reversed)
        self._reversal.failed.connect(self._say)
        self._reversal.closed.connect(self._payments.table.setFocus)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Take a payment on the loan `loan_id`; without one it is chosen on the page."""
        loan_id = arguments.get("loan_id")
        done = self._receipt.isVisibleTo(self) and self._inputs.facts() is None
        if isinstance(loan_id, UUID) and (done or loan_id != self._loan_id):
            self._start(loan_id)
        elif self._loan_id is None:
            self._start(None)
        self.clear_messages()

    def first_focus(self) -> QWidget | None:
        """The loan until one is chosen, then the amount; a receipt that was just made."""
        if self._receipt.isVisibleTo(self):
            return self._receipt.first_key
        return self._inputs.loan if self._loan_id is None else self._inputs.form.row("amount").input

    def refresh(self) -> None:
        """Read the loan and its last payments again."""
        loan_id, desk = self._loan_id, self.workbench.desk
        if loan_id is None:
            return
        handle = self.workbench.runner.submit(
            Task(
                tr("Reading the loan"),
                Lane.DATABASE,
                lambda _control: read_payments(loan_id, desk),
                key="payment.loan",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._not_read,
        )
        self._payments.reading(handle, self.refresh)

    def _not_read(self, failure: TaskFailed) -> None:
        self._payments.failed(failure, self.refresh)

    def header_actions(self) -> list[QWidget]:
        """The one thing to do."""
        return [action_button(self._post)]

    # The loan.

    def _start(self, loan_id: UUID | None) -> None:
        """Nothing of the loan before stands while another is read."""
        self._loan_id, self._seen, self._just_posted = loan_id, None, False
        self._posting.forget()
        self._inputs.clear()
        self._receipt.show_nothing()
        self._payments.show_nothing()
        self._preview.show_nothing(start_words(chosen=loan_id is not None))
        self._post.setEnabled(False)
        self.set_heading(Heading(tr("Record payment"), (Crumb(tr("Loans"), "loans"),)))

    def _choose(self, loan_id: object) -> None:
        if isinstance(loan_id, UUID):
            self._start(loan_id)
            self.clear_messages()
            self.refresh()

    def _show(self, seen: PaymentDesk) -> None:
        if seen.loan_id != self._loan_id:
            return
        first, self._seen = self._seen is None, seen
        crumbs = (Crumb(tr("Loans"), "loans"), Crumb(seen.reference))
        title = tr("Record payment, loan %1").replace("%1", seen.reference)
        self.set_heading(Heading(tr("Record payment"), crumbs, seen.full_name, window_title=title))
        self._payments.show_payments(seen.payments, first=first)
        if first:
            self._inputs.show_loan(seen, fill=not self._just_posted)
        self._post.setEnabled(not seen.closed_words)
        if seen.closed_words:
            self._preview.show_nothing(seen.closed_words)
            return
        if first and not self._just_posted:
            self._inputs.form.jump_to("amount")
        if first:
            self._just_posted = False
            self._edited()

    def _edited(self) -> None:
        self._posting.forget()
        self._name_act()
        facts, loan_id = self._inputs.facts(), self._loan_id
        if loan_id is None or self._seen is None or self._seen.closed_words:
            return
        if facts is None:
            self._preview.show_nothing(tr("Enter an amount."))
        else:
            self._preview.ask(loan_id, facts)

    def _ask(self, identity: bool, excess: bool) -> None:  # noqa: FBT001  # slot of a signal
        self._inputs.ask_identity(asked=identity)
        self._inputs.ask_excess(asked=excess)
        self._name_act()

    def _name_act(self) -> None:
        """The button says what it does: money beyond the dues may go on as a prepayment."""
        self._posting.name_act(tr("Go on to prepayment") if self._inputs.prepays else "")

    # Posting.

    def _send(self) -> None:
        if self._posting.busy:
            return
        faults = self._inputs.faults()
        self._inputs.form.show_errors(faults)
        facts, loan_id = self._inputs.facts(), self._inputs.loan_id()
        if faults or facts is None or loan_id is None:
            return
        if self._inputs.prepays:
            self._prepay(loan_id, facts)
        else:
            self._posting.send(loan_id, facts)

    def _prepay(self, loan_id: UUID, facts: ReceiptFacts) -> None:
        """Carry what is entered to the page of prepayments, where it pays the dues first."""
        self._start(loan_id)  # it is another act now: nothing of it is left to be posted twice
        begun = {"change": LoanAct.PART_PREPAYMENT, "values": prepayment_values(facts)}
        self.workbench.navigate("loan_change", loan_id=loan_id, **begun)

    def _posted(self, facts: ReceiptFacts, posted: RepaymentPosted) -> None:
        name = "" if self._seen is None else self._seen.full_name
        self._seen, self._just_posted = None, True  # the form starts anew with what is due now
        self._inputs.clear()
        self._receipt.show_posted(posted, facts, name)
        self._tell("good", tr("The payment is posted."))
        self._receipt.first_key.setFocus()  # no field: R may now take the payment back
        self.workbench.notices.tell("loan", posted.loan_id)
        self.refresh()

    def _refused(self, failure: TaskFailed) -> None:
        if failure.fields:
            self._inputs.ask_identity(asked="pan_number" in failure.fields)
            self._inputs.form.show_errors(failure.fields)
        else:
            self._say(failure)

    def _say(self, failure: TaskFailed) -> None:
        self._tell("bad", failure.sentence)

    def _tell(self, level: str, words: str) -> None:
        self.clear_messages()
        self.show_message(level, words)

    def _reversed(self) -> None:
        self.clear_messages()
        if self._loan_id is not None:
            self.workbench.notices.tell("loan", self._loan_id)
        self.refresh()
        self._edited()

    def _build(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addWidget(_entry_card(self._inputs), 1)
        upper.addWidget(_side_column(self._effect, self._receipt))
        self.body.addLayout(upper, 3)
        self.body.addWidget(self._payments, 2)


def _side_column(effect: EffectCard, receipt: ReceiptCard) -> QWidget:
    side = QWidget()
    side.setFixedWidth(_SIDE)
    side.setMaximumHeight(_TALLEST)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(effect, 1)
    column.addWidget(receipt)
    column.addStretch()
    return side


def _entry_card(inputs: PaymentForm) -> Card:
    card, scroll = Card(tr("Payment")), FormScroll(inputs)
    card.setMaximumHeight(_TALLEST)
    for ground in (scroll.viewport(), inputs):
        ground.setAutoFillBackground(False)  # the card's own ground shows
    card.body.addWidget(scroll)
    return card
