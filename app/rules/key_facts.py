"""The Key Facts Statement: its contents, how long it stays open, and whether it binds a loan.

Source: lending-rules.md 7.1 and 7.2; RBI circular of 15 Apr 2024. Vectors V046 and V058 to V061
carry its figures. Rules are read on the day of sanction; printing it is somebody else's work.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.rules.amortisation import LoanShape, contract_schedule, run_down
from app.rules.annual_percentage_rate import annual_percentage_rate
from app.rules.case_facts import CaseFacts
from app.rules.cooling_off import cooling_off_days
from app.rules.dates import date_shown
from app.rules.emi import TENURE_BOUND_MONTHS
from app.rules.field_refusal import FieldRefusedError
from app.rules.key_facts_parts import (
    AprTable,
    ContingentCharge,
    FloatingFacts,
    InstalmentLine,
    LenderFacts,
    PartOne,
    PartTwo,
    RateEffect,
    RateFacts,
    Repayments,
)
from app.rules.products import Product
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage
from app.rules.upfront_charges import (
    ChargeLine,
    UpfrontCharges,
    charge_lines,
    counted_charges,
    upfront_charges,
)
from app.rules.working_days import add_working_days
from db.vocabulary.lending import Benchmark, EmiRounding, FeeBasis, FeeKind, FeePaidTo, FeeTiming


class KeyFactsTermsError(FieldRefusedError):
    """A statement cannot be made while a term of the loan is missing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A sanctioned loan as it is put before the borrower.

    Attributes:
        case: the facts the loan was sanctioned on; amount, tenure and fees come from its terms.
        repayments: from the contract's schedule, or from the plan of a loan paid at the end.
        disbursal: when which part is to be paid out.
        prepayment_charge_barred: a rule or the bank bars it, whatever the product says.
        digital: some step of the loan is remote, so that a cooling-off period is due.
    """

    proposal_number: str
    case: CaseFacts
    product: Product
    rate_ppm: int
    repayments: Repayments
    disbursal: tuple[Stage, ...]
    lender: LenderFacts
    sanctioned_on: date
    issued_on: date
    prepayment_charge_barred: bool = False
    digital: bool = False


class _Costs(NamedTuple):
    """The amount sanctioned and what borrowing it costs besides interest."""

    sanctioned_paise: int
    charges: UpfrontCharges
    fees: tuple[ChargeLine, ...]


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The statement. ``valid_until`` is the last day on which it can be accepted."""

    part_one: PartOne
    part_two: PartTwo
    table: AprTable
    issued_on: date
    valid_until: date


def key_facts_required(rulebook: Rulebook, segment: str, sanctioned_on: date) -> bool:
    """Whether a loan of that segment (RETAIL, MSME, CARD) needs one; False before the rule."""
    row = rulebook.optional_row("kfs_required", sanctioned_on, segment)
    return row is not None and row.value is True


def valid_until(
    issued_on: date, last_due: date, rulebook: Rulebook, on: date, holidays: Collection[date] = ()
) -> date:
    """The last day on which the offer can be accepted; ``on`` is the day of sanction.

    Raises:
        NoRuleInForceError: no rule on the validity on that day.
    """
    tenor_days = (last_due - issued_on).days
    is_long = rulebook.row("kfs_long_tenor_from_days", on).holds(tenor_days)
    segment = "LONG" if is_long else "SHORT"
    count = rulebook.number("kfs_validity_working_days", on, segment, unit="working_days")
    return add_working_days(issued_on, count, holidays)


def rate_effect(
    shape: LoanShape, rounding: EmiRounding, rulebook: Rulebook, on: date
) -> RateEffect:
    """What the rise of the rule row does to a loan: the EMI at the same count, and the reverse.

    Raises:
        LoanTermsError: principal, rate or tenure outside the arithmetic.
        NoRuleInForceError: a rule is missing on that day.
    """
    rise = rulebook.ppm("kfs_rate_effect", on)
    owed, months, dearer = shape.principal_paise, shape.tenure_months, shape.rate_ppm + rise
    old = contract_schedule(shape, rounding, rulebook, on).emi_paise
    new = contract_schedule(LoanShape(owed, dearer, months), rounding, rulebook, on).emi_paise
    # An instalment below the interest runs to the bound as well, with a balance that grows.
    found = len(run_down(owed, dearer, old, TENURE_BOUND_MONTHS).rows)
    count = found if found < TENURE_BOUND_MONTHS else None
    change = None if count is None else count - months
    return RateEffect(rise, new, new - old, count, change)


def key_facts(offer: Offer, rulebook: Rulebook, holidays: Collection[date] = ()) -> KeyFacts:
    """The contents of the statement.

    Raises:
        KeyFactsTermsError: amount, tenure or fees are not known.
        RepaymentsBelowDisbursedError: the payments give back less than is paid out.
        AprOutOfRangeError: the yearly cost is above 1,200 %.
        NoRuleInForceError: a rule is missing on the day of sanction.
    """
    part_one, charges = _part_one(offer, rulebook)
    on, repaid = offer.sanctioned_on, offer.repayments
    cooling = cooling_off_days(rulebook, on) if offer.digital else None
    to_lender = sum(
        line.total_paise
        for line in part_one.fees
        if line.paid_to is FeePaidTo.LENDER and line.timing is FeeTiming.UPFRONT
    )
    net = part_one.sanctioned_paise - charges.total_paise - repaid.upfront_interest_paise
    table = AprTable(
        sanctioned_paise=part_one.sanctioned_paise,
        tenure_months=part_one.tenure_months,
        instalments=InstalmentLine(repaid.count, repaid.amount_paise),
        capitalised_months=repaid.capitalised_months,
        first_payment_on=repaid.first_on,
        rate=part_one.rate,
        total_interest_paise=repaid.total_interest_paise,
        fees_to_lender_paise=to_lender,
        fees_to_third_parties_paise=charges.total_paise - to_lender,
        net_disbursed_paise=net,
        total_payable_paise=part_one.sanctioned_paise + repaid.total_interest_paise,
        apr_percent=part_one.apr_percent,
    )
    return KeyFacts(
        part_one=part_one,
        part_two=PartTwo(offer.lender, cooling),
        table=table,
        issued_on=offer.issued_on,
        valid_until=valid_until(offer.issued_on, repaid.last_on, rulebook, on, holidays),
    )


def acceptance_faults(
    statement: KeyFacts | None, accepted_on: date | None, loan: KeyFacts
) -> tuple[str, ...]:
    """Why a statement does not allow the loan to be paid out; empty when it does.

    ``loan`` is the statement of the loan as it is about to be paid out. Accepted inside its time,
    a statement binds the lender, so its validity is judged on the day of acceptance.
    """
    if statement is None:
        return ("Issue a Key Facts Statement and have it accepted first",)
    faults = []
    if accepted_on is None:
        faults.append("Have the borrower accept the Key Facts Statement first")
    elif not statement.issued_on <= accepted_on <= statement.valid_until:
        last = date_shown(statement.valid_until)
        faults.append(f"The Key Facts Statement could be accepted until {last}: issue a new one")
    changed = [
        field.name.removesuffix("_percent").removesuffix("_paise").replace("_", " ")
        for field in fields(PartOne)
        if getattr(statement.part_one, field.name) != getattr(loan.part_one, field.name)
    ]
    if changed or statement.part_two != loan.part_two:
        what = ", ".join(changed) or "other terms"
        faults.append(f"The loan differs from its Key Facts Statement in {what}: issue a new one")
    return tuple(faults)


def _part_one(offer: Offer, rulebook: Rulebook) -> tuple[PartOne, UpfrontCharges]:
    terms = offer.case.terms
    charges = upfront_charges(offer.case, offer.product, rulebook)
    if terms.amount_paise is None or charges is None:
        raise KeyFactsTermsError("loan_amount", "Enter the amount before issuing Key Facts")
    if terms.tenure_months is None:
        raise KeyFactsTermsError("loan_tenure_months", "Enter the tenure before issuing Key Facts")
    fees = charge_lines(offer.case, offer.product, rulebook)
    costs = _Costs(terms.amount_paise, charges, fees)
    with_tax = rulebook.flag("apr_include_gst", offer.sanctioned_on)
    part = PartOne(
        proposal_number=offer.proposal_number,
        product_code=offer.product.product_code,
        sanctioned_paise=terms.amount_paise,
        disbursal=offer.disbursal,
        tenure_months=terms.tenure_months,
        repayments=offer.repayments,
        rate=_rate_facts(offer, rulebook),
        fees=fees,
        apr_percent=_apr(offer, costs, rulebook, with_tax=with_tax),
        apr_without_tax_percent=_apr(offer, costs, rulebook, with_tax=False),
        contingent=_contingent(offer, rulebook),
    )
    return part, charges


def _apr(offer: Offer, costs: _Costs, rulebook: Rulebook, *, with_tax: bool) -> Decimal:
    third = rulebook.flag("apr_include_third_party", offer.sanctioned_on)
    repaid = offer.repayments
    taken = counted_charges(costs.charges, with_tax=with_tax, with_third_party=third)
    recurring = sum(
        line.total_paise if with_tax else line.amount_paise
        for line in costs.fees
        if line.timing is FeeTiming.RECURRING and (third or line.paid_to is FeePaidTo.LENDER)
    )
    payments = [payment + recurring for payment in repaid.payments_paise]
    net = costs.sanctioned_paise - taken - repaid.upfront_interest_paise
    return annual_percentage_rate(net, payments, repaid.broken_days)


def _rate_facts(offer: Offer, rulebook: Rulebook) -> RateFacts:
    product, on, repaid = offer.product, offer.sanctioned_on, offer.repayments
    if product.floating is None:
        return RateFacts(offer.rate_ppm, product.rate_type, None)
    benchmark = Benchmark(product.floating.benchmark)
    base = rulebook.ppm("benchmark_rate", on, benchmark)
    shape = LoanShape(repaid.owed_at_start_paise, offer.rate_ppm, repaid.count)
    floating = FloatingFacts(
        benchmark=benchmark,
        benchmark_ppm=base,
        spread_ppm=offer.rate_ppm - base,  # a rate above the card's carries a wider spread
        final_ppm=offer.rate_ppm,
        reset_months=product.floating.reset_months,
        effect=rate_effect(shape, product.emi_rounding, rulebook, on),
    )
    return RateFacts(offer.rate_ppm, product.rate_type, floating)


def _contingent(offer: Offer, rulebook: Rulebook) -> tuple[ContingentCharge, ...]:
    """The penal charge, then the fees that come with an event, as the product lists them."""
    on, penal = offer.sanctioned_on, offer.product.penal
    tax = rulebook.ppm("gst_rate", on, "PENAL")
    charges = [ContingentCharge(None, penal.method, penal.rate_ppm, penal.amount_paise, tax)]
    for fee in offer.product.fees:
        if fee.timing is not FeeTiming.CONTINGENT:
            continue
        if fee.kind is FeeKind.PREPAYMENT and offer.prepayment_charge_barred:
            charges.append(ContingentCharge(fee.kind, FeeBasis.NONE, None, None, 0))
            continue
        tax = rulebook.ppm(fee.gst_rule, on) if fee.gst_rule else 0
        charges.append(ContingentCharge(fee.kind, fee.basis, fee.rate_ppm, fee.amount_paise, tax))
    return tuple(charges)
