"""What the maker types of a payment: amount, days, mode, account and references."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.steps.disbursement_terms import LONGEST_REFERENCE, DisbursementTerms
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.loan_life import DisbursementMode

_WIDTH = 176
_COLUMNS = 3


class PaymentForm(Form):
    """Nine fields in three columns; empty ones take what is usual."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        modes = [Choice(each, word_of("disbursement_mode", each)) for each in DisbursementMode]
        fields: tuple[tuple[str, QWidget, bool], ...] = (
            (self.tr("Amount"), MoneyEdit("amount"), False),
            (self.tr("Paid out on"), DateEdit("disbursement_date", today), False),
            (self.tr("First due date"), DateEdit("first_due_date", today), True),
            (self.tr("How it is paid"), Picker("disbursement_mode", modes), False),
            (self.tr("Account"), TextEdit("beneficiary_account", LONGEST_REFERENCE), False),
            (self.tr("IFSC"), TextEdit("ifsc_code", LONGEST_REFERENCE), False),
            (self.tr("Agreement signed on"), DateEdit("agreement_date", today), False),
            (self.tr("Repayment mandate"), TextEdit("mandate_reference", LONGEST_REFERENCE), False),
            (self.tr("Insurance policy"), TextEdit("insurance_reference", LONGEST_REFERENCE), True),
        )
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 0)  # away from the summary of errors
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (words, field, optional) in enumerate(fields):
            row = StackedRow(words, field, optional=optional, width=_WIDTH)
            line, column = divmod(place, _COLUMNS)
            grid.addWidget(row, line, column, Qt.AlignmentFlag.AlignTop)
            self.register_row(row)
        grid.setColumnStretch(_COLUMNS, 1)
        self.add_widget(holder)

    def show_terms(self, terms: DisbursementTerms, *, editable: bool) -> None:
        """Show terms, for typing or as they wait."""
        self.set_values(
            {
                "amount": terms.amount_paise,
                "disbursement_date": terms.disbursement_date,
                "first_due_date": terms.first_due_date,
                "disbursement_mode": terms.mode,
                "beneficiary_account": terms.beneficiary_account,
                "ifsc_code": terms.ifsc_code,
                "agreement_date": terms.agreement_date,
                "mandate_reference": terms.mandate_reference,
                "insurance_reference": terms.insurance_reference,
            }
        )
        self.show_errors({})
        self.allow(editable=editable)

    def offer(self, own_account: str, first_due: date | None) -> None:
        """Show what empty fields stand for: the customer's own account, the usual first due."""
        for name, known in (
            ("beneficiary_account", own_account.rpartition(" ")[2]),
            ("ifsc_code", own_account.rpartition(" ")[0]),
        ):
            field = self.row(name).input
            if isinstance(field, TextEdit):
                field.setPlaceholderText(known)
        due = self.row("first_due_date").input
        if isinstance(due, DateEdit) and due.is_empty():
            due.suggest(first_due)

    def allow(self, *, editable: bool) -> None:
        """Let the fields be typed in, or not."""
        for row in self.rows():
            row.setEnabled(editable)

    def terms(self) -> DisbursementTerms:
        """What is typed; an amount that is missing counts 0, a day that is missing is today."""
        values = self.values()
        return DisbursementTerms(
            amount_paise=values["amount"] or 0,
            disbursement_date=values["disbursement_date"] or self._today(),
            mode=DisbursementMode(values["disbursement_mode"] or DisbursementMode.ACCOUNT_CREDIT),
            first_due_date=values["first_due_date"],
            beneficiary_account=values["beneficiary_account"],
            ifsc_code=values["ifsc_code"],
            agreement_date=values["agreement_date"],
            mandate_reference=values["mandate_reference"],
            insurance_reference=values["insurance_reference"],
        )
