"""What was posted, to read to the customer, to print, or to copy into a message."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from app.rules.dates import date_shown
from app.rules.money import amount_in_words, rupees_ascii, rupees_shown
from app.services.make_receipt import MakeReceipt, make_receipt
from app.services.post_repayment import ReceiptFacts, RepaymentPosted
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.ui.actions.action_button import action_button
from app.ui.screens.record_payment.effect_words import dues_words, tr
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import Language

if TYPE_CHECKING:
    from uuid import UUID

_ENDING = ".pdf"


def save_receipt(request: MakeReceipt, target: Path, desk: Desk, _control: TaskControl) -> Path:
    """Make a receipt and write it (database lane).

    Raises:
        Refused: as `make_receipt`, or the file cannot be written there.
    """
    check_target(target, _ENDING)
    write_letter(target, make_receipt(request, desk).pdf)
    return target


class ReceiptCard(Card):
    """Hidden until a payment is posted; the text it copies is plain.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench, page: QWidget, instead_of: QWidget) -> None:
        super().__init__(tr("Receipt"))
        self._workbench, self._instead_of = workbench, instead_of
        self._text = ""
        self._repayment: UUID | None = None
        create = workbench.registry.create
        self._print = create("payment.print_receipt", self._ask, page)
        self._copy = create("payment.copy_receipt", self.copy, page)
        self._lines = label("", "body", wrap=True)
        self._save = action_button(self._print, small=True)
        choices = [Choice(each, word_of("language", each)) for each in (Language.EN, Language.HI)]
        self._language = Segmented("receipt_language", choices)
        self._language.setAccessibleName(tr("Language of the receipt"))
        self.body.addWidget(self._lines)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for part in (self._save, self._language, action_button(self._copy, small=True)):
            foot.addWidget(part)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for action in (self._print, self._copy):
            action.setEnabled(False)
        self.hide()  # and not `show_nothing`: what it shows has no parent yet, so would be a window

    def show_nothing(self) -> None:
        """Another payment is being entered."""
        self._text, self._repayment = "", None
        self._offer(offered=False)

    def show_posted(self, posted: RepaymentPosted, facts: ReceiptFacts, name: str) -> None:
        """Show what was posted."""
        words = tr("%1 received on %2. %3.").replace("%1", rupees_shown(posted.amount_paise))
        words = words.replace("%2", date_shown(posted.value_date))
        words = words.replace("%3", dues_words(posted.effect))
        self._lines.setText(words)
        self._save.setAccessibleDescription(words)
        self._text = receipt_text(posted, facts, name)
        self._repayment = posted.repayment_id
        self._offer(offered=True)

    @property
    def first_key(self) -> QWidget:
        """What takes the keys once a payment is posted: no field, so that letters are actions."""
        return self._save

    def copy(self) -> None:
        """Put the receipt's text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
        self.said.emit("good", tr("The receipt is copied as text."))

    def save_to(self, target: Path) -> None:
        """Write the receipt as PDF, in the language chosen."""
        if self._repayment is None:
            return
        request = MakeReceipt(self._repayment, self._language.value())
        task = Task(
            tr("Making the receipt"),
            Lane.DATABASE,
            partial(save_receipt, request, target, self._workbench.desk),
            owner="payment",
            writes=True,
        )
        self._workbench.runner.submit(task, self._saved, self._not_saved)

    def _offer(self, *, offered: bool) -> None:
        for action in (self._print, self._copy):
            action.setEnabled(offered)
        self.setVisible(offered)
        self._instead_of.setVisible(not offered)  # until another amount is typed

    def _ask(self) -> None:
        words = tr("Save the receipt")
        chosen, _ = QFileDialog.getSaveFileName(self, words, f"receipt{_ENDING}", f"*{_ENDING}")
        if chosen:
            self.save_to(Path(chosen))

    def _saved(self, target: Path) -> None:
        self.said.emit("good", tr("Saved as %1").replace("%1", target.name))

    def _not_saved(self, failure: TaskFailed) -> None:
        self.said.emit("bad", failure.sentence)


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
