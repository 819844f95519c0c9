"""What is entered of a payment: the loan, the money, the day, how it came and from whom."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.post_repayment import LONGEST_PAYER, ReceiptFacts
from app.services.read_payments import PaymentDesk
from app.ui.screens.record_payment.effect_words import due_words
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.identity_edit import MaskedIdEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker, RecordPicker
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import PaymentMethod

_REFERENCE = 40
_IDENTITY = ("pan_number", "form_60")
KEEP, PREPAY = "advance", "prepayment"


class PaymentForm(QWidget):
    """The rows of a payment; identity is asked only where much cash needs it.

    Signals:
        edited: a value changed; the preview is asked for again.
        loan_chosen: carries the id of another loan.
    """

    edited = Signal()
    loan_chosen = Signal(object)

    def __init__(self, workbench: Workbench, search: Callable[[str], None]) -> None:
        super().__init__()
        self._workbench = workbench
        self.form = Form()
        self.loan = RecordPicker("loan_id", search)
        self.loan.chosen.connect(self.loan_chosen)
        self._amount = MoneyEdit("amount")
        self._day = DateEdit("value_date", self._today)
        methods = [Choice(each, word_of("payment_method", each)) for each in PaymentMethod]
        self._method = Picker("method", methods)
        excess = (
            Choice(KEEP, self.tr("Next due date")),
            Choice(PREPAY, self.tr("Prepay the loan")),
        )
        self._asked = False  # whether identity rows show
        section = FormSection()
        for row in (
            FormRow(self.tr("Loan"), self.loan),
            FormRow(self.tr("Amount"), self._amount),
            FormRow(self.tr("What is more than due"), Segmented("excess_choice", excess)),
            FormRow(self.tr("Value date"), self._day),
            FormRow(self.tr("Method"), self._method),
            FormRow(self.tr("Reference"), TextEdit("reference", _REFERENCE)),
            FormRow(self.tr("Paid by"), TextEdit("payer_name", LONGEST_PAYER), True),  # noqa: FBT003  # optional, as everywhere
            FormRow(self.tr("PAN of the borrower"), MaskedIdEdit("pan_number", "pan")),
            FormRow(self.tr("Form 60"), CheckField("form_60", self.tr("Taken from the payer"))),
        ):
            section.add(row)
        self.form.add(section)
        self.form.row("loan_id").set_note(self.tr("Number, last 4 digits or name"))
        self.form.edited.connect(self._note)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.form)
        self.clear()

    def clear(self) -> None:
        """Nothing is entered; money counts from today."""
        self.form.clear()
        self._day.set_value(self._today())
        self._amount.suggest(None)
        for name in ("amount", "method"):
            self.form.row(name).set_note("")
        self.ask_identity(asked=False)
        self.ask_excess(asked=False)

    def offer_loans(self, choices: list[Choice]) -> None:
        """Show the loans found for what was typed."""
        self.loan.offer(choices)

    def show_loan(self, seen: PaymentDesk, *, fill: bool) -> None:
        """Show the loan and what is due on it.

        Filled in, so that Ctrl+Enter alone takes what is due in cash; after a posting it is only
        offered, since the same keys pressed once more must not take the next instalment too.
        """
        words = f"{seen.reference}  {seen.full_name}"
        self.loan.set_value(Choice(seen.loan_id, words))
        self.form.row("amount").set_note(due_words(seen))
        if fill:
            self._amount.set_value(seen.asked_paise or None)
            self.form.set_values({"method": PaymentMethod.CASH if seen.cash_offered else None})
        else:
            self._amount.suggest(seen.asked_paise or None)

    def ask_identity(self, *, asked: bool) -> None:
        """Show or hide the rows for the PAN and Form 60."""
        self._asked = asked
        for name in _IDENTITY:
            self.form.row(name).setVisible(asked)

    def ask_excess(self, *, asked: bool) -> None:
        """Show or hide what becomes of money beyond what is due; hidden, it waits as an advance."""
        row = self.form.row("excess_choice")
        row.setVisible(asked)
        if not asked:
            row.field.set_value(KEEP)

    @property
    def prepays(self) -> bool:
        """Whether the customer asks for a prepayment."""
        return bool(self.form.values()["excess_choice"] == PREPAY)

    def facts(self) -> ReceiptFacts | None:
        """What is entered; None while there is no amount to work out."""
        values = self.form.values()
        amount = values["amount"]
        if amount is None:
            return None
        return ReceiptFacts(
            amount_paise=amount,
            method=values["method"] or PaymentMethod.BANK_TRANSFER,
            value_date=values["value_date"],
            reference=values["reference"],
            payer_name=values["payer_name"],
            pan_number=(values["pan_number"] or "") if self._asked else "",
            form_60=values["form_60"] if self._asked else False,
        )

    def faults(self) -> dict[str, str]:
        """What is missing or does not fit, by field; the rest the act says."""
        faults = self.form.problems()
        values = self.form.values()
        for name, sentence in (
            ("loan_id", self.tr("Choose the loan")),
            ("amount", self.tr("Enter the amount received")),
            ("value_date", self.tr("Enter the day the money counts from")),
            ("method", self.tr("Choose how the money came")),
        ):
            if values[name] is None:
                faults.setdefault(name, sentence)
        return faults

    def loan_id(self) -> UUID | None:
        """The loan chosen."""
        found = self.loan.value()
        return found if isinstance(found, UUID) else None

    def _today(self) -> date:
        return self._workbench.desk.clock.today()

    def _note(self, name: str) -> None:
        if name != "loan_id":
            self.edited.emit()


def prepayment_values(facts: ReceiptFacts) -> dict[str, object]:
    """What is entered, by the names of the page of prepayments."""
    return {
        "amount": facts.amount_paise,
        "on_date": facts.value_date,
        "method": facts.method,
        "payment_reference": facts.reference,
    }
