"""What is taken off the loan before it is paid out: fees, tax on them, charges at cost.

Source: lending-rules.md 7.1.3 and 7.1.4 (charges of third parties and tax stand inside the APR);
products-and-rules.md (fees by kind).
"""

from dataclasses import dataclass

from app.rules.case_facts import CaseFacts
from app.rules.money import share_of
from app.rules.products import Fee, Product
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import CollateralType, FeeBasis, FeeKind, FeePaidTo, FeeTiming


@dataclass(frozen=True, slots=True)
class UpfrontCharges:
    """Charges before disbursement in paise.

    Attributes:
        processing_fee_paise: the lender's own fee, without tax.
        gst_paise: tax on all fees that carry it.
        lender_paise: the lender's fees without tax.
        third_party_paise: charges routed through the lender, without tax.
        third_party_gst_paise: the tax on those.
    """

    processing_fee_paise: int
    gst_paise: int
    lender_paise: int
    third_party_paise: int
    third_party_gst_paise: int

    @property
    def total_paise(self) -> int:
        """Everything taken off, tax included."""
        return self.lender_paise + self.third_party_paise + self.gst_paise


def fee_amount(fee: Fee, sanctioned_paise: int) -> int:
    """A fee without tax in paise; a fee at cost is typed elsewhere and counts 0 here."""
    if fee.basis is FeeBasis.FLAT:
        return fee.amount_paise or 0
    if fee.basis is not FeeBasis.PERCENT_OF_SANCTION:
        return 0
    amount = max(share_of(sanctioned_paise, fee.rate_ppm or 0), fee.min_paise or 0)
    return amount if fee.max_paise is None else min(amount, fee.max_paise)


def upfront_charges(
    case: CaseFacts, product: Product | None, rulebook: Rulebook
) -> UpfrontCharges | None:
    """The charges of a case, None while amount or product and fee are unknown."""
    terms = case.terms
    typed = terms.processing_fee_paise
    if terms.amount_paise is None or (product is None and typed is None):
        return None
    processing = gst = lender = third_party = third_party_gst = 0
    for fee in product.fees if product is not None else ():
        if fee.timing is not FeeTiming.UPFRONT or not _applies(fee, case):
            continue
        amount = fee_amount(fee, terms.amount_paise)
        if fee.kind is FeeKind.PROCESSING:
            processing = amount = amount if typed is None else typed
        tax = share_of(amount, rulebook.ppm(fee.gst_rule, case.as_of)) if fee.gst_rule else 0
        gst += tax
        if fee.paid_to is FeePaidTo.LENDER:
            lender += amount
        else:
            third_party += amount
            third_party_gst += tax
    if product is None and typed is not None:
        processing = lender = typed
        gst = share_of(typed, rulebook.ppm("gst_rate", case.as_of))
    at_cost = terms.insurance_premium_paise + terms.other_charges_paise
    return UpfrontCharges(processing, gst, lender, third_party + at_cost, third_party_gst)


def _applies(fee: Fee, case: CaseFacts) -> bool:
    """Valuing a property costs money only where one is offered."""
    if fee.kind is not FeeKind.LEGAL_VALUATION:
        return True
    return any(item.collateral_type is CollateralType.PROPERTY for item in case.collateral)


def charges_in_apr(charges: UpfrontCharges, case: CaseFacts, rulebook: Rulebook) -> int:
    """The part of the charges that the APR counts, by the rule rows, in paise."""
    counted = charges.total_paise
    with_tax = rulebook.flag("apr_include_gst", case.as_of)
    if not with_tax:
        counted -= charges.gst_paise
    if not rulebook.flag("apr_include_third_party", case.as_of):
        counted -= charges.third_party_paise
        counted -= charges.third_party_gst_paise if with_tax else 0
    return counted
