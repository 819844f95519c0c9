"""The cards of the payment page: checks and payment at the left, the loan at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.read_disbursement import DisbursementView
from app.services.steps.disbursement_checks import DisbursementCheck
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.disbursement.disbursement_columns import check_columns
from app.ui.screens.disbursement.payment_form import PaymentForm
from app.ui.screens.disbursement.started_card import StartedCard
from app.ui.widgets.card import Card
from app.ui.widgets.workbench import Workbench
from app.ui.widgets.wrapped_table import WrappedTable

_ROW_HEIGHT, _LEAST_ROWS = 24, 8


class PaymentPage(QWidget):
    """Everything that is read of a payment.

    Attributes:
        checks: the list of checks.
        form: what the maker types.
    """

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.form = PaymentForm(workbench.desk.clock.today)
        self.checks = WrappedTable(
            "table.checks", self.tr("Checks before the money goes out"), row_height=_ROW_HEIGHT
        )
        self._rows = RecordsModel(check_columns(), workbench.theme)
        self._started = StartedCard(workbench)
        self._build()

    def show_checks(self, checks: Sequence[DisbursementCheck]) -> None:
        """Show the checks that are made already."""
        self._rows.set_rows(checks)

    def show_view(self, view: DisbursementView) -> None:
        """Show the checks and the loan; what is typed stays, empty fields say what is usual."""
        self.show_checks(view.checks)
        self._started.show_loan(view)
        usual = None if view.loan is None else view.loan.started.first_due
        self.form.offer(view.own_account, usual)

    def _build(self) -> None:
        self.checks.set_records(self._rows)
        self.checks.grow_with_rows(_LEAST_ROWS)
        checks = Card(self.tr("Before the money goes out"), tight=True)
        checks.body.addWidget(self.checks)
        payment = Card(self.tr("The payment"))
        payment.body.addWidget(self.form)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(checks)
        left.addWidget(payment)
        left.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addLayout(left, 1)
        self._started.setMinimumWidth(1)
        columns.addWidget(self._started, 1)
