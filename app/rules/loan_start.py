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
from db.vocabulary.lending import MoratoriumTreatment


class FirstDueError(FieldRefusedError):
    """A first due date that is not the one of the accepted statement."""


class PlannedInstalment(NamedTuple):
    """One due of the loan in paise; interest of a broken period stands in the first one.

    What is owed may rise over a due: interest of a moratorium joins the principal there.
    """

    number: int
    due_on: date
    opening_paise: int
    interest_paise: int
    principal_paise: int
    closing_paise: int

    @property
    def joined_paise(self) -> int:
        """Interest that joins the principal with this due."""
        return self.closing_paise - self.opening_paise + self.principal_paise


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
        """All interest of the loan, whether it is paid as such or joins the principal."""
        paid = sum(row.interest_paise + row.joined_paise for row in self.instalments)
        return self.upfront_interest_paise + paid


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
        NoRuleInForceError: a rule is missing on that day.
    """
    schedule = dated_schedule(contract, rulebook, on)
    return StartedLoan(
        emi_paise=schedule.emi_paise,
        first_due=contract.first_due,
        instalments=_instalments(contract, schedule),
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


def _instalments(contract: LoanContract, schedule: DatedSchedule) -> tuple[PlannedInstalment, ...]:
    """The rows of a schedule as an account holds them: no due takes principal back."""
    simple = contract.moratorium_treatment is MoratoriumTreatment.CAPITALISED_SIMPLE
    made, waiting = [], 0
    for row in schedule.rows:
        opening, closing = row.opening_paise - waiting, row.closing_paise
        if row.principal_paise < 0 and simple:
            # It bears no interest of its own, and joins the principal once, at the end.
            waiting -= row.principal_paise
            if row.number < contract.moratorium_months:
                closing = opening
            else:
                waiting = 0
        joins = row.principal_paise < 0
        made.append(
            PlannedInstalment(
                row.number,
                row.due_on,
                opening,
                row.broken_paise if joins else row.interest_paise + row.broken_paise,
                0 if joins else row.principal_paise,
                closing,
            )
        )
    return tuple(made)
