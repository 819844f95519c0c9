"""What two people sign: the terms of a loan, its due dates, and prepayments made on it.

Source: lending-rules.md 2.1 to 2.5 (method, broken period, due day), 3 (moratorium), 4.1 and 4.2
(prepayments). The choices that a bank makes for all its loans come from the rule rows in force on
the day of sanction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.day_count import DayBasis, day_basis, due_dates
from app.rules.emi import check_terms
from app.rules.field_refusal import FieldRefusedError
from app.rules.money import rupees
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import (
    BrokenPeriodCollection,
    EmiRounding,
    InterestMethod,
    MissingDay,
    MoratoriumTreatment,
    PrepaymentKeep,
)


class ContractDatesError(FieldRefusedError):
    """Days or months of a contract that do not go together."""


class PrepaymentError(FieldRefusedError):
    """A prepayment that the schedule cannot take."""


class UndefinedInterestError(ValueError):
    """A rule row asks for a way of charging part months that nobody has defined."""

    def __init__(self, method: InterestMethod) -> None:
        super().__init__(
            f"Part months can be charged by days only: set rule “interest_other_period” to "
            f"{InterestMethod.DAILY} instead of {method}"
        )


@dataclass(frozen=True, slots=True)
class LoanContract:
    """The terms of one loan.

    Attributes:
        tenure_months: instalments after the moratorium.
        interest_method: how a whole month is charged; anything else is charged by days.
        disbursed_on: the day the money left the bank; interest starts on it.
        first_due: due date of the first instalment after the moratorium.
        due_day: the agreed day of the month, which a shorter month does not change.
        moratorium_months: payments a month apart before ``first_due``.
    """

    principal_paise: int
    rate_ppm: int
    tenure_months: int
    rounding: EmiRounding
    interest_method: InterestMethod
    disbursed_on: date
    first_due: date
    due_day: int
    moratorium_months: int = 0
    moratorium_treatment: MoratoriumTreatment = MoratoriumTreatment.SERVICED


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Money paid ahead of its time, and what it leaves as it is: the EMI or the tenure."""

    on: date
    amount_paise: int
    keep: PrepaymentKeep


@dataclass(frozen=True, slots=True)
class ContractRules:
    """The bank's choices that a contract takes over on the day of sanction."""

    basis: DayBasis
    collection: BrokenPeriodCollection
    missing_day: MissingDay


def contract_rules(rulebook: Rulebook, on: date) -> ContractRules:
    """The choices in force on the day of sanction.

    Raises:
        NoRuleInForceError: one of the rules is not in force on that day.
        UndefinedInterestError: part months shall be charged otherwise than by days.
    """
    other = InterestMethod(rulebook.word("interest_other_period", on))
    if other is not InterestMethod.DAILY:
        raise UndefinedInterestError(other)
    return ContractRules(
        basis=day_basis(rulebook, on),
        collection=BrokenPeriodCollection(rulebook.word("broken_period_collection", on)),
        missing_day=MissingDay(rulebook.word("missing_day", on)),
    )


def default_interest_method(rulebook: Rulebook, on: date) -> InterestMethod:
    """How whole months are charged where nothing else is agreed."""
    return InterestMethod(rulebook.word("interest_full_month", on))


def contract_dates(contract: LoanContract, missing: MissingDay) -> list[date]:
    """Every due date, moratorium included; the entry before the first is where it starts.

    Entry 0 is one month before the first payment: the days from disbursement to it are the broken
    period.
    """
    ahead = contract.moratorium_months
    numbers = range(-ahead, contract.tenure_months + 1)
    return due_dates(contract.first_due, numbers, contract.due_day, missing)


def check_contract(contract: LoanContract, dates: Sequence[date]) -> None:
    """Refuse a contract whose amounts or days do not go together.

    Raises:
        LoanTermsError: amount, rate or tenure outside the arithmetic.
        ContractDatesError: names the field.
    """
    check_terms(contract.principal_paise, contract.rate_ppm, contract.tenure_months)
    if contract.moratorium_months < 0:
        raise ContractDatesError("moratorium_months", "A moratorium has 0 or more whole months")
    if dates[contract.moratorium_months + 1] != contract.first_due:
        raise ContractDatesError(
            "first_due_date", f"The first due date must fall on the due day, {contract.due_day}"
        )
    if dates[1] <= contract.disbursed_on:
        raise ContractDatesError(
            "first_due_date", "The first payment must fall after the day of disbursement"
        )


def check_prepayment(prepayment: Prepayment, interest_paise: int, owed_paise: int) -> None:
    """Refuse a prepayment that pays no principal or all of it.

    Raises:
        PrepaymentError: the amount is at fault.
    """
    if prepayment.amount_paise <= interest_paise:
        raise PrepaymentError(
            "amount", f"Enter more than {rupees(interest_paise)}, the interest to that day"
        )
    if prepayment.amount_paise - interest_paise >= owed_paise:
        raise PrepaymentError(
            "amount",
            f"{rupees(owed_paise + interest_paise)} closes the loan on that day: enter less, "
            "or ask for a foreclosure quote",
        )
