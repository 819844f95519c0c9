"""A sanctioned loan on the day its money leaves the bank: its contract and its instalments.

Source: lending-rules.md 2.3 to 2.5 and 7.2: interest runs from the real payment date, everything
else stays as the accepted Key Facts Statement says it. Paid out on the day of the statement, the
schedule is that of the statement to the paisa.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.rules.dated_schedule import DatedSchedule, dated_schedule
from app.rules.dates import date_shown
from app.rules.day_count import add_months
from app.rules.field_refusal import FieldRefusedError
from app.rules.loan_contract import LoanContract
from app.rules.loan_plan import LoanPlan
from app.rules.rulebook import Rulebook


class FirstDueError(FieldRefusedError):
    """A first due date that is not the one of the accepted statement."""


class JoinedInterestError(FieldRefusedError):
    """Interest of a moratorium that joins the principal: no account holds it yet."""


class PlannedInstalment(NamedTuple):
    """One due of the loan in paise; interest of a broken period stands in the first one."""

    number: int
    due_on: date
    opening_paise: int
    interest_paise: int
    principal_paise: int
    closing_paise: int


@dataclass(frozen=True, slots=True)
class StartedLoan:
    """What is owed from the payment on.

    Attributes:
        emi_paise: the equal instalment, or the one payment.
        first_due: of the first instalment after a moratorium.
        broken_days: before the first whole month; below 0 when the first one is short.
        broken_interest_paise: interest of those days.
        upfront_interest_paise: the part of it that is taken off the money paid out.
    """

    emi_paise: int
    first_due: date
    instalments: tuple[PlannedInstalment, ...]
    broken_days: int
    broken_interest_paise: int
    upfront_interest_paise: int = 0

    @property
    def total_interest_paise(self) -> int:
        """All interest of the loan."""
        return self.upfront_interest_paise + sum(row.interest_paise for row in self.instalments)


def first_due_choices(stated: LoanContract, paid_on: date, *, agreed: bool) -> tuple[date, ...]:
    """The first due dates that the statement allows, the usual one first.

    Args:
        stated: the contract as the statement shows it.
        paid_on: the day of payment.
        agreed: a day was agreed with the borrower, so that only this one holds.
    """
    later = add_months(paid_on, 1 + stated.moratorium_months)
    if agreed:
        return (stated.first_due,)
    return tuple(dict.fromkeys((later, stated.first_due)))


def paid_contract(
    stated: LoanContract, paid_on: date, first_due: date | None, *, agreed: bool
) -> LoanContract:
    """The contract of the statement with the real day of payment.

    Raises:
        FirstDueError: a first due date that the statement does not allow.
    """
    choices = first_due_choices(stated, paid_on, agreed=agreed)
    chosen = choices[0] if first_due is None else first_due
    if chosen not in choices:
        allowed = " or ".join(date_shown(day) for day in choices)
        raise FirstDueError(
            "first_due_date", f"The accepted statement allows {allowed}: choose it, or issue anew"
        )
    if chosen == stated.first_due:
        return replace(stated, disbursed_on=paid_on)
    return replace(stated, disbursed_on=paid_on, first_due=chosen, due_day=paid_on.day)


def started_loan(contract: LoanContract, rulebook: Rulebook, on: date) -> StartedLoan:
    """The instalments of a contract; ``on`` is the day of sanction.

    Raises:
        LoanTermsError: amount, rate or tenure outside the arithmetic.
        ContractDatesError: dates that do not go together.
        JoinedInterestError: interest of the moratorium joins the principal.
        NoRuleInForceError: a rule is missing on that day.
    """
    schedule = dated_schedule(contract, rulebook, on)
    return StartedLoan(
        emi_paise=schedule.emi_paise,
        first_due=contract.first_due,
        instalments=_instalments(schedule),
        broken_days=schedule.broken_days,
        broken_interest_paise=schedule.broken_interest_paise,
        upfront_interest_paise=schedule.paid_upfront_paise,
    )


def started_bullet(plan: LoanPlan, principal_paise: int) -> StartedLoan:
    """One due at the end of a loan, with all of its interest."""
    due = PlannedInstalment(
        1, plan.last_due_date, principal_paise, plan.total_interest_paise, principal_paise, 0
    )
    return StartedLoan(
        emi_paise=plan.last_instalment_paise,
        first_due=plan.last_due_date,
        instalments=(due,),
        broken_days=plan.broken_days,
        broken_interest_paise=plan.broken_interest_paise,
    )


def _instalments(schedule: DatedSchedule) -> tuple[PlannedInstalment, ...]:
    if any(row.principal_paise < 0 for row in schedule.rows):
        raise JoinedInterestError(
            "moratorium_months",
            "Interest of this moratorium joins the principal: such a loan cannot be paid out here",
        )
    return tuple(
        PlannedInstalment(
            row.number,
            row.due_on,
            row.opening_paise,
            row.interest_paise + row.broken_paise,
            row.principal_paise,
            row.closing_paise,
        )
        for row in schedule.rows
    )
