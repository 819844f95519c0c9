"""The figures at the head of a loan's account, and its plan, at the end of a day.

Source: screens.md S61. Days late are derived as of a closed day-end and never stored.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.days_past_due import days_past_due
from app.rules.receipt_outlook import dues_in_arrears
from app.rules.rulebook import Rulebook
from app.services.steps.loan_day import LoanDay


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """The head of an account at the end of a day, in paise.

    Attributes:
        dues_open: how many instalments are not paid in full.
        days_late: as of `counted_to`, never stored.
    """

    outstanding_paise: int
    overdue_paise: int
    dues_open: int
    advance_paise: int
    charges_due_paise: int
    oldest_unpaid_due: date | None
    next_due_on: date | None
    next_due_paise: int
    days_late: int


def loan_figures(day: LoanDay, counted_to: date, rulebook: Rulebook) -> LoanFigures:
    """The figures of a day; days late are counted to a day-end up to it."""
    state, on = day.state, day.on
    oldest, coming = state.oldest_unpaid_due(on), state.next_due(on)
    return LoanFigures(
        outstanding_paise=state.principal_left_paise,
        overdue_paise=state.overdue_paise(on),
        dues_open=dues_in_arrears(state, on),
        advance_paise=state.advance_paise,
        charges_due_paise=state.charges_due_paise,
        oldest_unpaid_due=oldest,
        next_due_on=None if coming is None else coming.due.due_on,
        next_due_paise=0 if coming is None else coming.left_paise,
        days_late=days_past_due(oldest, counted_to, rulebook),
    )


def plan_points(day: LoanDay) -> tuple[tuple[date, int], ...]:
    """The first day with its principal, then each due date with what is left by plan, in paise."""
    rows = day.ledger.schedule
    if not rows:
        return ()
    first = (day.ledger.loan.disbursement_date, rows[0].opening_paise)
    return (first, *((row.due_date, row.closing_paise) for row in rows))
