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


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charge in paise; a recurring one is the amount of each payment."""

    kind: FeeKind
    paid_to: FeePaidTo
    timing: FeeTiming
    amount_paise: int
    gst_paise: int

    @property
    def total_paise(self) -> int:
        """The charge with its tax."""
        return self.amount_paise + self.gst_paise


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
    for line in charge_lines(case, product, rulebook):
        if line.timing is not FeeTiming.UPFRONT:
            continue
        if line.kind is FeeKind.PROCESSING:
            processing = line.amount_paise
        gst += line.gst_paise
        if line.paid_to is FeePaidTo.LENDER:
            lender += line.amount_paise
        else:
            third_party += line.amount_paise
            third_party_gst += line.gst_paise
    return UpfrontCharges(processing, gst, lender, third_party, third_party_gst)


def charge_lines(
    case: CaseFacts, product: Product | None, rulebook: Rulebook
) -> tuple[ChargeLine, ...]:
    """Every charge that the loan certainly brings; contingent ones are not among them."""
    terms, lines = case.terms, []
    for fee in product.fees if product is not None else ():
        if fee.timing is FeeTiming.CONTINGENT or not _applies(fee, case):
            continue
        amount = fee_amount(fee, terms.amount_paise or 0)
        if fee.kind is FeeKind.PROCESSING and terms.processing_fee_paise is not None:
            amount = terms.processing_fee_paise
        tax = share_of(amount, rulebook.ppm(fee.gst_rule, case.as_of)) if fee.gst_rule else 0
        lines.append(ChargeLine(fee.kind, fee.paid_to, fee.timing, amount, tax))
    if product is None and terms.processing_fee_paise is not None:
        typed = terms.processing_fee_paise
        tax = share_of(typed, rulebook.ppm("gst_rate", case.as_of))
        lines.append(
            ChargeLine(FeeKind.PROCESSING, FeePaidTo.LENDER, FeeTiming.UPFRONT, typed, tax)
        )
    at_cost = (
        (FeeKind.INSURANCE, terms.insurance_premium_paise),
        (FeeKind.OTHER, terms.other_charges_paise),
    )
    for kind, amount in at_cost:  # as invoiced, tax included
        lines.append(ChargeLine(kind, FeePaidTo.THIRD_PARTY, FeeTiming.UPFRONT, amount, 0))
    return tuple(line for line in lines if line.amount_paise)


def _applies(fee: Fee, case: CaseFacts) -> bool:
    """Valuing a property costs money only where one is offered."""
    if fee.kind is not FeeKind.LEGAL_VALUATION:
        return True
    return any(item.collateral_type is CollateralType.PROPERTY for item in case.collateral)


def charges_in_apr(charges: UpfrontCharges, case: CaseFacts, rulebook: Rulebook) -> int:
    """The part of the charges that the APR counts, by the rule rows, in paise."""
    return counted_charges(
        charges,
        with_tax=rulebook.flag("apr_include_gst", case.as_of),
        with_third_party=rulebook.flag("apr_include_third_party", case.as_of),
    )


def counted_charges(charges: UpfrontCharges, *, with_tax: bool, with_third_party: bool) -> int:
    """The charges with or without tax, and with or without those of third parties, in paise."""
    counted = charges.total_paise
    if not with_tax:
        counted -= charges.gst_paise
    if not with_third_party:
        counted -= charges.third_party_paise
        counted -= charges.third_party_gst_paise if with_tax else 0
    return counted
