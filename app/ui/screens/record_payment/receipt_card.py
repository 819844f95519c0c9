"""What was posted, to read to the customer, to print, or to copy into a message."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.rules.dates import date_shown
from app.rules.money import amount_in_words, rupees_ascii, rupees_shown
from app.services.post_repayment import ReceiptFacts, RepaymentPosted
from app.ui.actions.action_button import action_button
from app.ui.cards.receipt_saving import ReceiptSaving
from app.ui.screens.record_payment.effect_words import dues_words, tr
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.workbench import Workbench


class ReceiptCard(Card):
    """Hidden until a payment is posted; the text it copies is plain.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench, page: QWidget, instead_of: QWidget) -> None:
        super().__init__(tr("Receipt"))
        self._instead_of = instead_of
        self._text = ""
        self._copy = workbench.registry.create("payment.copy_receipt", self.copy, page)
        self._saving = ReceiptSaving(workbench, "payment.print_receipt", page)
        self._saving.said.connect(self.said)
        self._lines = label("", "body", wrap=True)
        self.body.addWidget(self._lines)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._saving)
        foot.addWidget(action_button(self._copy, small=True))
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._copy.setEnabled(False)
        self.hide()  # and not `show_nothing`: what it shows has no parent yet, so would be a window

    def show_nothing(self) -> None:
        """Another payment is being entered."""
        self._text = ""
        self._saving.withdraw()
        self._offer(offered=False)

    def show_posted(self, posted: RepaymentPosted, facts: ReceiptFacts, name: str) -> None:
        """Show what was posted."""
        words = tr("%1 received on %2. %3.").replace("%1", rupees_shown(posted.amount_paise))
        words = words.replace("%2", date_shown(posted.value_date))
        words = words.replace("%3", dues_words(posted.effect))
        self._lines.setText(words)
        self._saving.offer(posted.repayment_id, words, (posted.reference, posted.value_date))
        self._text = receipt_text(posted, facts, name)
        self._offer(offered=True)

    @property
    def first_key(self) -> QWidget:
        """What takes the keys once a payment is posted: no field, so that letters are actions."""
        return self._saving.button

    def copy(self) -> None:
        """Put the receipt's text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
        self.said.emit("good", tr("The receipt is copied as text."))

    def _offer(self, *, offered: bool) -> None:
        self._copy.setEnabled(offered)
        self.setVisible(offered)
        self._instead_of.setVisible(not offered)  # until another amount is typed


def receipt_text(posted: RepaymentPosted, facts: ReceiptFacts, name: str) -> str:
    """The receipt as plain text, with the ASCII sign of money."""
    split = posted.effect.split
    lines = [
        tr("Payment receipt"),
        tr("Loan: %1, %2").replace("%1", posted.reference).replace("%2", name),
        tr("Received: %1 (%2)")
        .replace("%1", rupees_ascii(posted.amount_paise))
        .replace("%2", amount_in_words(posted.amount_paise)),
        tr("Value date: %1").replace("%1", date_shown(posted.value_date)),
        tr("Method: %1 %2")
        .replace("%1", word_of("payment_method", facts.method))
        .replace("%2", facts.reference)
        .rstrip(),
    ]
    if facts.payer_name:
        lines.append(tr("Paid by: %1").replace("%1", facts.payer_name))
    for words, paise in (
        (tr("Interest"), split.interest_paise),
        (tr("Principal"), split.principal_paise),
        (tr("Charges"), split.charges_paise),
        (tr("Kept for the next due date"), split.excess_paise),
        (tr("Principal outstanding"), posted.effect.outstanding_paise),
    ):
        lines.append(f"{words}: {rupees_ascii(paise)}")
    lines.append(tr("Number: %1").replace("%1", str(posted.repayment_id)))
    return "\n".join(lines)
