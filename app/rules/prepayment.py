"""Money paid ahead of its time: what of it reaches principal, and the two ways to go on.

Source: lending-rules.md 4.1 and 4.2. Vectors V023 to V025. The borrower sees both ways before he
chooses: the instalment kept and the term shortened, or the term kept and the instalment lowered.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.rules.amortisation import Schedule
from app.rules.loan_contract import PrepaymentError
from app.rules.measure_inputs import check_amount
from app.rules.money import rupees
from app.rules.rulebook import Rulebook
from app.rules.running_loan import (
    RunningLoan,
    check_running,
    schedule_left,
    schedule_renewed,
)
from db.vocabulary.lending import PrepaymentKeep


@dataclass(frozen=True, slots=True)
class OwedOnDay:
    """What is owed on the day of a prepayment, in paise.

    Attributes:
        overdue_paise: instalments that are due and unpaid.
        interest_paise: interest accrued since the last due date.
        principal_paise: principal that is not due yet.
    """

    overdue_paise: int
    interest_paise: int
    principal_paise: int


@dataclass(frozen=True, slots=True)
class PrepaymentSplit:
    """How a prepayment is used, in paise; the parts add up to it."""

    overdue_paise: int
    interest_paise: int
    principal_paise: int


@dataclass(frozen=True, slots=True)
class RepaymentOutlook:
    """What is still to be paid, money in paise."""

    emi_paise: int
    instalments_left: int
    last_instalment_paise: int
    interest_left_paise: int


@dataclass(frozen=True, slots=True)
class PrepaymentChoice:
    """One way to go on after a prepayment.

    Attributes:
        keep: what stays as it is.
        interest_saved_paise: against going on without the prepayment; below 0 where a lower
            instalment makes the loan dearer than before.
        schedule: the instalments left.
    """

    keep: PrepaymentKeep
    outlook: RepaymentOutlook
    interest_saved_paise: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class PartPrepayment:
    """Both ways side by side, money in paise.

    Attributes:
        before: what was to be paid without the prepayment.
        keep_emi: the term gets shorter.
        keep_tenure: the instalment gets lower.
        default: what counts unless the borrower chooses.
    """

    balance_before_paise: int
    prepaid_paise: int
    balance_after_paise: int
    before: RepaymentOutlook
    keep_emi: PrepaymentChoice
    keep_tenure: PrepaymentChoice
    default: PrepaymentKeep

    def choice(self, keep: PrepaymentKeep | None = None) -> PrepaymentChoice:
        """The way chosen, or the default one."""
        chosen = self.default if keep is None else keep
        return self.keep_emi if chosen is PrepaymentKeep.EMI else self.keep_tenure


def split_prepayment(amount_paise: int, owed: OwedOnDay) -> PrepaymentSplit:
    """Use a payment for what is overdue, then for accrued interest, then for principal.

    Raises:
        MeasureInputError: something owed is below 0.
        PrepaymentError: nothing of it reaches principal, or it would close the loan.

    >>> split_prepayment(50_000_00, OwedOnDay(10_000_00, 500_00, 800_000_00)).principal_paise
    3950000
    """
    check_amount("overdue", owed.overdue_paise)
    check_amount("accrued_interest", owed.interest_paise)
    first = owed.overdue_paise + owed.interest_paise
    if amount_paise <= first:
        raise PrepaymentError(
            "amount",
            f"Enter more than {rupees(first)}: overdue instalments and interest are paid first",
        )
    principal = amount_paise - first
    _check_leaves_something(principal, owed.principal_paise)
    return PrepaymentSplit(owed.overdue_paise, owed.interest_paise, principal)


def part_prepayment(
    loan: RunningLoan, prepaid_paise: int, rulebook: Rulebook, on: date
) -> PartPrepayment:
    """Both ways to go on after principal has been prepaid; ``on`` is the day of sanction.

    Raises:
        LoanTermsError, MeasureInputError: the loan is outside the arithmetic.
        PrepaymentError: the amount is 0 or less, or the whole balance or more.
        NoRuleInForceError: a rule is missing on that day.
    """
    check_running(loan)
    if prepaid_paise <= 0:
        raise PrepaymentError("amount", "Enter a prepayment of more than ₹0")
    _check_leaves_something(prepaid_paise, loan.balance_paise)
    after = replace(loan, balance_paise=loan.balance_paise - prepaid_paise)
    # Rounding can leave the contract a larger last instalment, and the new one then comes out
    # above the old for a tiny prepayment: a choice that lowers the instalment never raises it.
    lower = min(schedule_renewed(after, rulebook, on).emi_paise, loan.emi_paise)
    before = _outlook(schedule_left(loan))

    def choice(keep: PrepaymentKeep, emi_paise: int) -> PrepaymentChoice:
        schedule = schedule_left(replace(after, emi_paise=emi_paise))
        outlook = _outlook(schedule)
        saved = before.interest_left_paise - outlook.interest_left_paise
        return PrepaymentChoice(keep, outlook, saved, schedule)

    return PartPrepayment(
        balance_before_paise=loan.balance_paise,
        prepaid_paise=prepaid_paise,
        balance_after_paise=after.balance_paise,
        before=before,
        keep_emi=choice(PrepaymentKeep.EMI, loan.emi_paise),
        keep_tenure=choice(PrepaymentKeep.TENURE, lower),
        default=PrepaymentKeep(rulebook.word("prepayment_default_keep", on)),
    )


def _check_leaves_something(principal_paise: int, balance_paise: int) -> None:
    if principal_paise >= balance_paise:
        raise PrepaymentError(
            "amount",
            f"Prepay less than {rupees(balance_paise)}, the principal owed, "
            "or ask for a foreclosure quote",
        )


def _outlook(schedule: Schedule) -> RepaymentOutlook:
    return RepaymentOutlook(
        emi_paise=schedule.emi_paise,
        instalments_left=len(schedule.rows),
        last_instalment_paise=schedule.last_instalment_paise,
        interest_left_paise=schedule.total_interest_paise,
    )
