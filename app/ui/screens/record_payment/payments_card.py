"""The last payments of the loan, each with its state; the chosen one may be reversed by two."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.services.read_payments import PaymentLine, PaymentState
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.record_payment.effect_words import tr
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.loan_cells import exact_amount
from app.ui.widgets.state_stack import Cancellable, StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_STATES = {
    PaymentState.STANDS: ("circle-check", "good"),
    PaymentState.WAITS: ("clock", "warning"),
    PaymentState.REVERSED: ("arrow-back-up", "muted"),
}


class PaymentsCard(Card):
    """A table, and below it what may be done with its current row.

    Signals:
        chosen: carries the current PaymentLine, None without one.
    """

    chosen = Signal(object)

    def __init__(self, workbench: Workbench, below: QWidget) -> None:
        super().__init__(tr("Last payments"), tight=True)
        self._rows: RecordsModel[PaymentLine] = RecordsModel(_columns(), workbench.theme)
        self.table = TableView("table.payments", tr("Last payments, newest first"))
        self.table.set_records(self._rows)
        self.table.current_changed.connect(self.chosen)
        self._states = StateStack(self.table, workbench, tr("Reading the payments…"))
        self.body.addWidget(self._states, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(below)
        self.body.addLayout(foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No loan is chosen yet."""
        self._rows.set_rows(())
        self._states.forget()
        self._states.empty(tr("Choose a loan: its last payments stand here."))
        self.chosen.emit(None)

    def reading(self, cancel: Cancellable, retry: Callable[[], object]) -> None:
        """A read has begun."""
        self._states.loading(cancel, retry)

    def failed(self, failure: TaskFailed, retry: Callable[[], object]) -> None:
        """Say why nothing could be read."""
        self._states.failed(failure, retry)

    def show_payments(self, payments: Sequence[PaymentLine], *, first: bool) -> None:
        """Show a loan's payments; the row one stood on stays the current one.

        At the `first` sight of a loan that is what waits for a second person, else the newest.
        """
        before = None if first else self.table.current_row()
        self._rows.set_rows(payments)
        if not payments:
            self._states.empty(tr("No payment has come in on this loan yet."))
            self.chosen.emit(None)
            return
        known = before.repayment_id if isinstance(before, PaymentLine) else None
        stood = (row for row, line in enumerate(payments) if line.repayment_id == known)
        waits = (row for row, line in enumerate(payments) if line.waiting is not None)
        self.table.go_to(next(stood, next(waits, 0)))
        self._states.content()
        self.chosen.emit(self.table.current_row())


def state_words(line: PaymentLine) -> str:
    """What became of a payment."""
    return {
        PaymentState.STANDS: tr("Posted"),
        PaymentState.WAITS: tr("Reversal waits"),
        PaymentState.REVERSED: tr("Reversed"),
    }[line.state]


def _columns() -> tuple[Column[PaymentLine], ...]:
    def money(key: str, title: str, width: int = 104) -> Column[PaymentLine]:
        return Column(
            key,
            title,
            lambda line: exact_amount(getattr(line.split, f"{key}_paise")),
            width,
            "right",
            muted=lambda line: not getattr(line.split, f"{key}_paise"),
        )

    return (
        Column("date", tr("Value date"), lambda line: date_shown(line.value_date), 100),
        Column(
            "amount",
            tr("Amount ₹"),
            lambda line: exact_amount(line.amount_paise),
            112,
            "right",
            strong=True,
        ),
        Column("method", tr("Method"), lambda line: word_of("payment_method", line.method), 144),
        Column("reference", tr("Reference"), lambda line: line.reference or UNKNOWN, 160),
        Column("payer", tr("Paid by"), lambda line: line.payer or UNKNOWN, 112, muted=True),
        money("interest", tr("Interest ₹")),
        money("principal", tr("Principal ₹")),
        money("charges", tr("Charges ₹"), 96),
        money("excess", tr("Advance ₹"), 96),
        Column("state", tr("State"), state_words, 128, icon=lambda line: _STATES[line.state]),
    )
