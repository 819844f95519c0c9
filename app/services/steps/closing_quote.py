"""The one figure that closes a loan: the quote shows it, the closing posts it.

Source: lending-rules.md 4.3 to 4.5. The fee is the product's of the day of sanction, its tax that
of the day of closing; the reason of the circular is printed with it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from app.rules.emi import LoanTermsError
from app.rules.field_refusal import FieldRefusedError
from app.rules.foreclosure import ForeclosureQuote, foreclosure
from app.rules.measure_inputs import MeasureInputError
from app.rules.prepayment_fee import (
    FeeCase,
    FeeCharge,
    default_lender_class,
    is_business_purpose,
    prepayment_charge,
)
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.refusal import bad_input
from db.vocabulary.lending import BorrowerType, FeeKind

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook

FoundT = TypeVar("FoundT")


class ClosingQuote(NamedTuple):
    """The quote and the charge in it."""

    quote: ForeclosureQuote
    fee: FeeCharge


def closing_quote(owed: LoanOwed, rulebook: "Rulebook") -> ClosingQuote:
    """What closes the loan on the day that `owed` was read for.

    Raises:
        Refused: the day lies before interest is settled, or nothing is owed (`fields` says which).
    """
    fee = early_fee(owed, owed.balance_paise, rulebook)
    sanctioned = owed.loan.sanction_date
    quote = ruled(lambda: foreclosure(owed.to_close, owed.on, fee, rulebook, sanctioned))
    return ClosingQuote(quote, fee)


def early_fee(owed: LoanOwed, principal_paise: int, rulebook: "Rulebook") -> FeeCharge:
    """What may be charged on principal that is paid early, and why.

    Customers of the desk are persons.
    """
    loan, product = owed.loan, owed.facts.product
    case = FeeCase(
        borrower_type=BorrowerType.INDIVIDUAL,
        is_business=is_business_purpose(loan.loan_purpose),
        rate_type=product.rate_type,
        sanctioned_on=loan.sanction_date,
        lender_class=default_lender_class(rulebook, loan.sanction_date),
        limit_paise=loan.principal_paise,
        disclosed=owed.facts.charges_told,
        is_microfinance=product.household_share_rule is not None,
    )
    fee = product.fee(FeeKind.PREPAYMENT)
    return ruled(lambda: prepayment_charge(case, fee, principal_paise, rulebook, owed.on))


def ruled(ask: Callable[[], FoundT]) -> FoundT:
    """Ask a rule, and refuse with its own sentence at the field it names.

    Raises:
        Refused: the rule does not take the input.
    """
    try:
        return ask()
    except (FieldRefusedError, LoanTermsError, MeasureInputError) as refusal:
        raise bad_input({refusal.field: str(refusal)}) from refusal
