"""Interest that counts as income, and interest that waits in suspense because the loan is an NPA.

Source: lending-rules.md 9.2 (5), public code, to be confirmed (row npa_accrues_to_income). From the
NPA date on interest is income only when it is received; what was booked before and never received
is taken back for all loans of the borrower.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.asset_classification import is_npa
from app.rules.measure_inputs import check_amount
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass


@dataclass(frozen=True, slots=True)
class InterestSplit:
    """Interest of a period in paise: what is income now, and what is held in suspense."""

    income_paise: int
    suspense_paise: int


@dataclass(frozen=True, slots=True)
class BookedInterest:
    """Interest of one loan so far, in paise: booked as income, and received of it."""

    booked_paise: int
    received_paise: int


def accrues_to_income(asset_class: AssetClass, rulebook: Rulebook, on: date) -> bool:
    """Whether interest of a loan of that class is income before it is received."""
    return not is_npa(asset_class) or rulebook.flag("npa_accrues_to_income", on)


def interest_split(
    accrued_paise: int, received_paise: int, asset_class: AssetClass, rulebook: Rulebook, on: date
) -> InterestSplit:
    """Split the interest of a period; for an NPA only receipts are income.

    Receipts above the accrual pay interest that stood in suspense: the suspense then falls.

    Raises:
        MeasureInputError: a negative amount.
    """
    check_amount("accrued_interest", accrued_paise)
    check_amount("received_interest", received_paise)
    if accrues_to_income(asset_class, rulebook, on):
        return InterestSplit(accrued_paise, 0)
    return InterestSplit(received_paise, accrued_paise - received_paise)


def reversal_on_turning_npa(loans: Iterable[BookedInterest], rulebook: Rulebook, on: date) -> int:
    """Income in paise to take back into suspense when a borrower turns NPA, over all loans.

    Raises:
        MeasureInputError: a negative amount.
    """
    unrealised = 0
    for loan in loans:
        check_amount("booked_interest", loan.booked_paise)
        check_amount("received_interest", loan.received_paise)
        unrealised += max(loan.booked_paise - loan.received_paise, 0)
    return 0 if rulebook.flag("npa_accrues_to_income", on) else unrealised
