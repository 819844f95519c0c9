"""What was posted, to read to the customer or copy into a letter."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import amount_in_words, rupees_ascii, rupees_shown
from app.services.post_repayment import ReceiptFacts, RepaymentPosted
from app.ui.actions.action_button import action_button
from app.ui.screens.record_payment.effect_words import dues_words, tr
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.workbench import Workbench


class ReceiptCard(Card):
    """Hidden until a payment is posted; the text it copies is plain."""

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(tr("Receipt"))
        self._text = ""
        action = workbench.registry.create("payment.print_receipt", self.copy, page)
        copy = action_button(action, small=True)
        self._lines = label("", "body", wrap=True)
        self._copy = copy
        self.setFocusProxy(copy)
        self.body.addWidget(self._lines)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.hide()

    def show_nothing(self) -> None:
        """Another payment is being entered."""
        self._text = ""
        self.hide()

    def show_posted(self, posted: RepaymentPosted, facts: ReceiptFacts, name: str) -> None:
        """Show what was posted."""
        words = tr("%1 received on %2. %3.").replace("%1", rupees_shown(posted.amount_paise))
        words = words.replace("%2", date_shown(posted.value_date))
        words = words.replace("%3", dues_words(posted.effect))
        self._lines.setText(words)
        self._copy.setAccessibleDescription(words)
        self._text = receipt_text(posted, facts, name)
        self.show()

    def copy(self) -> None:
        """Put the receipt's text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)


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
