"""Whether a loan may be charged for paying early, why, and how much.

Source: lending-rules.md 4.3 and 4.4; RBI/2025-26/64 of 2 Jul 2025 and the earlier circulars that
the rule rows cite. The bars speak of floating rates, and of nothing else. What no circular bars is
for the bank to charge, if the borrower was told before he signed.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.rules.dates import date_shown
from app.rules.measure_inputs import check_amount, check_whole
from app.rules.money import rupees_shown, share_of
from app.rules.products import Fee
from app.rules.rulebook import Rulebook, RuleRow
from app.rules.upfront_charges import fee_amount
from db.vocabulary.lending import BorrowerType, FeeBasis, LenderClass, LoanPurpose, RateType

_BUSINESS_BORROWERS = frozenset({BorrowerType.INDIVIDUAL, BorrowerType.MICRO_SMALL_ENTERPRISE})


class FeePermission(NamedTuple):
    """Whether a charge is allowed, and the sentence that says why."""

    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class FeeCase:
    """What decides on a prepayment charge.

    Attributes:
        is_business: the purpose of the loan is business.
        sanctioned_on: day of sanction, or of the last renewal.
        limit_paise: the amount sanctioned.
        disclosed: the charge stands in sanction letter, agreement and Key Facts Statement.
        is_microfinance: a microfinance loan by law, whatever the product.
        waived: the bank has given up the charge before.
    """

    borrower_type: BorrowerType
    is_business: bool
    rate_type: RateType
    sanctioned_on: date
    lender_class: LenderClass
    limit_paise: int
    disclosed: bool
    is_microfinance: bool = False
    waived: bool = False


@dataclass(frozen=True, slots=True)
class FeeCharge:
    """A prepayment charge and the tax on it, in paise; both 0 where it is not allowed."""

    fee_paise: int
    gst_paise: int
    permission: FeePermission


def is_business_purpose(purpose: LoanPurpose) -> bool:
    """Whether a purpose is business.

    >>> is_business_purpose(LoanPurpose.EDUCATION)
    False
    """
    return purpose is LoanPurpose.BUSINESS_EXPANSION


def default_lender_class(rulebook: Rulebook, on: date) -> LenderClass:
    """The class of the bank that keeps the book."""
    return LenderClass(rulebook.word("lender_class", on))


def fee_allowed(case: FeeCase, rulebook: Rulebook) -> FeePermission:
    """Whether a prepayment charge is allowed, with the reason that the quote prints.

    Raises:
        MeasureInputError: the amount sanctioned is 0 or less.
        NoRuleInForceError: a rule is missing on the day of sanction.
    """
    check_whole("sanctioned_amount", case.limit_paise)
    barred = _bar(case, rulebook)
    if barred is not None:
        return FeePermission(allowed=False, reason=barred)
    if case.waived:
        return FeePermission(
            allowed=False, reason="No charge: the bank waived it before, and it stays waived"
        )
    if not case.disclosed:
        return FeePermission(
            allowed=False,
            reason="No charge: it is not in the sanction letter, the agreement and the "
            "Key Facts Statement",
        )
    return FeePermission(
        allowed=True, reason=f"Charge allowed: {_unbarred(case)}, and it was disclosed"
    )


def prepayment_charge(
    case: FeeCase, fee: Fee | None, principal_paise: int, rulebook: Rulebook, charged_on: date
) -> FeeCharge:
    """The product's charge on principal that is paid early, with tax of the day it is charged.

    Raises:
        MeasureInputError: an amount below 0, or nothing sanctioned.
        NoRuleInForceError: a rule is missing.
    """
    check_amount("principal", principal_paise)
    none = FeeCharge(0, 0, FeePermission(allowed=False, reason="No charge: none is agreed"))
    if fee is None:
        return none
    amount = _fee_paise(fee, principal_paise, case.limit_paise)
    if not amount:
        return none
    gst_ppm = rulebook.ppm(fee.gst_rule, charged_on) if fee.gst_rule else 0
    return taxed_fee(amount, gst_ppm, fee_allowed(case, rulebook))


def taxed_fee(fee_paise: int, gst_ppm: int, permission: FeePermission) -> FeeCharge:
    """A fee with its tax, or nothing where it is not allowed.

    Raises:
        MeasureInputError: a fee or a tax below 0.

    >>> taxed_fee(11_040_00, 180_000, FeePermission(True, "fixed rate")).gst_paise
    198720
    """
    check_amount("fee", fee_paise)
    check_amount("gst_percent", gst_ppm)
    if not permission.allowed:
        return FeeCharge(0, 0, permission)
    return FeeCharge(fee_paise, share_of(fee_paise, gst_ppm), permission)


def _fee_paise(fee: Fee, principal_paise: int, sanctioned_paise: int) -> int:
    if fee.basis is not FeeBasis.PERCENT_OF_PRINCIPAL:
        return fee_amount(fee, sanctioned_paise)
    amount = max(share_of(principal_paise, fee.rate_ppm or 0), fee.min_paise or 0)
    return amount if fee.max_paise is None else min(amount, fee.max_paise)


def _bar(case: FeeCase, rulebook: Rulebook) -> str | None:
    """Why a circular bars the charge, None where none does."""
    on = case.sanctioned_on
    if case.is_microfinance:
        row = rulebook.optional_row("prepayment_bar_microfinance", on)
        if row is not None and row.value is True:
            return _sentence("microfinance loans", on, row)
    if case.rate_type is not RateType.FLOATING:
        return None
    if case.is_business:
        return _business_bar(case, rulebook)
    row = rulebook.row("prepayment_bar_non_business", on, case.lender_class)
    if case.borrower_type is BorrowerType.INDIVIDUAL and row.value is True:
        return _sentence("floating-rate loans to individuals for other than business", on, row)
    return None


def _business_bar(case: FeeCase, rulebook: Rulebook) -> str | None:
    on, lender = case.sanctioned_on, case.lender_class
    row = rulebook.row("prepayment_bar_business", on, lender)
    if case.borrower_type not in _BUSINESS_BORROWERS or row.value is not True:
        return None
    top = rulebook.row("prepayment_bar_business_up_to", on, lender)
    if not top.holds(case.limit_paise):
        return None
    most = rulebook.limit("prepayment_bar_business_up_to", on, lender)
    up_to = "" if most is None else f" up to {rupees_shown(most)}"
    return _sentence(
        f"floating-rate business loans{up_to} to individuals and small enterprises", on, row
    )


def _sentence(loans: str, on: date, row: RuleRow) -> str:
    source = f" ({row.source})" if row.source else ""
    return f"No charge: {loans} sanctioned on {date_shown(on)} carry none{source}"


def _unbarred(case: FeeCase) -> str:
    if case.rate_type is not RateType.FLOATING:
        return "the rate is fixed"
    return (
        f"no circular bars it for a loan of {rupees_shown(case.limit_paise)} sanctioned on "
        f"{date_shown(case.sanctioned_on)} by this lender to this borrower"
    )
