"""The payments of the loan as typed, month by month, from the same plan as the live figures."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.case_facts import CaseFacts
from app.rules.dates import date_shown
from app.rules.day_count import add_months, due_date
from app.rules.loan_plan import LoanPlan, plan_of, product_of
from app.rules.rulebook import Rulebook
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.figure_words import amount_words, plain_amount
from app.ui.widgets.labels import label
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench


def _tr(words: str) -> str:
    return QCoreApplication.translate("SchedulePage", words)


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment; the parts are None where the plan does not split it (moratorium, bullet)."""

    number: int
    due: date
    payment_paise: int
    interest_paise: int | None
    principal_paise: int | None
    closing_paise: int | None


def payment_lines(case: CaseFacts, plan: LoanPlan) -> tuple[PaymentLine, ...]:
    """Every payment of a plan on its date; a first broken period stands in its payment."""
    rows = () if plan.schedule is None else plan.schedule.rows
    before = len(plan.payments_paise) - len(rows)
    lines = []
    for place, paise in enumerate(plan.payments_paise):
        row = rows[place - before] if place >= before else None
        extra = plan.broken_interest_paise if place == 0 else 0
        lines.append(
            PaymentLine(
                number=place + 1,
                due=_due(case, plan, place),
                payment_paise=paise,
                interest_paise=None if row is None else row.interest_paise + extra,
                principal_paise=None if row is None else row.principal_paise,
                closing_paise=None if row is None else row.closing_paise,
            )
        )
    return tuple(lines)


def _due(case: CaseFacts, plan: LoanPlan, place: int) -> date:
    first, tenure = case.terms.first_due_date, case.terms.tenure_months or 0
    if first is None:
        return add_months(case.as_of, place + 1)
    return due_date(first, tenure - len(plan.payments_paise) + place + 1)


class SchedulePage(QWidget):
    """The repayment schedule beside the fields it follows from."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: RecordsModel[PaymentLine] = RecordsModel(_columns(), workbench.theme)
        self._table = TableView("table.schedule", self.tr("Repayment schedule"))
        self._table.set_records(self._rows)
        self._words = label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._words)
        self._card = Card(tight=True)
        self._card.body.addWidget(self._table)
        column.addWidget(self._card, 1)
        column.addStretch()

    def show_case(self, case: CaseFacts, rulebook: Rulebook) -> None:
        """List the payments, or say what they wait for."""
        plan = plan_of(case, product_of(case, rulebook), rulebook)
        lines = () if plan is None else payment_lines(case, plan)
        self._rows.set_rows(lines)
        self._card.setVisible(bool(lines))
        if plan is None:
            self._words.setText(
                self.tr("The schedule appears once amount, tenure and rate are known.")
            )
            return
        words = self.tr("%1 payments, total interest %2. A preview: nothing is agreed yet.")
        words = words.replace("%1", str(len(lines)))
        self._words.setText(words.replace("%2", amount_words(plan.total_interest_paise)))

    def take_focus(self) -> None:
        """Put the focus into the table."""
        self._table.setFocus()


def _columns() -> tuple[Column[PaymentLine], ...]:
    return (
        Column("number", _tr("No"), lambda p: str(p.number), 56, "right", muted=True),
        Column("due", _tr("Due"), lambda p: date_shown(p.due), 120),
        Column(
            "payment",
            _tr("Payment ₹"),
            lambda p: plain_amount(p.payment_paise),
            128,
            "right",
            strong=True,
        ),
        Column(
            "interest", _tr("Interest ₹"), lambda p: plain_amount(p.interest_paise), 128, "right"
        ),
        Column(
            "principal", _tr("Principal ₹"), lambda p: plain_amount(p.principal_paise), 128, "right"
        ),
        Column("balance", _tr("Balance ₹"), lambda p: plain_amount(p.closing_paise), 136, "right"),
    )
