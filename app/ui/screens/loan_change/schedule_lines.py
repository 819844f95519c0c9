"""The schedule before and after a change: two lists of the instalments that are left."""

from collections.abc import Sequence

from app.rules.dates import date_shown
from app.rules.schedule_change import LeftDue
from app.services.steps.loan_change import PlannedChange
from app.ui.item_models.columns import Column
from app.ui.screens.loan_change.change_words import tr
from app.ui.widgets.loan_cells import exact_amount


def dues_before(plan: PlannedChange) -> tuple[LeftDue, ...]:
    """The instalments left as agreed so far."""
    return tuple(
        LeftDue(
            row.number,
            row.due_date,
            row.opening_paise,
            row.interest_paise,
            row.principal_paise,
            row.closing_paise,
        )
        for row in plan.owed.left
    )


def dues_after(plan: PlannedChange) -> tuple[LeftDue, ...]:
    """The instalments left as they would be: those that stay, and the new ones."""
    if not plan.rows:
        return dues_before(plan)
    kept = (row for row in dues_before(plan) if row.number < plan.rows[0].number)
    return (*kept, *plan.rows)


def columns_before() -> Sequence[Column[LeftDue]]:
    """Number, day, instalment, balance."""
    return (_number(), _day(), _instalment(), _balance())


def columns_after() -> Sequence[Column[LeftDue]]:
    """The same with the parts of the instalment."""
    interest = Column("interest", tr("Interest ₹"), _interest, 86, "right")
    principal = Column("principal", tr("Principal ₹"), _principal, 92, "right")
    return (_number(), _day(), interest, principal, _instalment(), _balance())


def _number() -> Column[LeftDue]:
    return Column("number", tr("No."), lambda row: str(row.number), 38, "right", muted=True)


def _day() -> Column[LeftDue]:
    return Column("due", tr("Due"), lambda row: date_shown(row.due_on), 100)


def _instalment() -> Column[LeftDue]:
    return Column("instalment", tr("Instalment ₹"), _paid, 96, "right", strong=True)


def _balance() -> Column[LeftDue]:
    return Column("balance", tr("Balance ₹"), _closing, 100, "right")


def _interest(row: LeftDue) -> str:
    return exact_amount(row.interest_paise)


def _principal(row: LeftDue) -> str:
    return exact_amount(row.principal_paise)


def _paid(row: LeftDue) -> str:
    return exact_amount(row.instalment_paise)


def _closing(row: LeftDue) -> str:
    return exact_amount(row.closing_paise)
