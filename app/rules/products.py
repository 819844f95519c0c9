"""One loan product as the bank offers it, typed from ``products.json``.

Source: products-and-rules.md (shape). Units stand in the names; limits include their boundary.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.rules.rule_rows import product_row_id
from db.vocabulary.lending import (
    CollateralType,
    EmiRounding,
    FeeBasis,
    FeeKind,
    FeePaidTo,
    FeeTiming,
    LoanPurpose,
    MoratoriumTreatment,
    PenalMethod,
    RateType,
    RepaymentType,
    SecurityRule,
)
from db.vocabulary.loan_life import EclSegment, ProvisionSegment
from db.vocabulary.people import EmploymentType, SanctionAuthority

Json = Mapping[str, Any]  # loaded JSON; the parsers below give every field its type


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee. A rate for percentages, an amount for flat fees; AT_COST has neither."""

    kind: FeeKind
    basis: FeeBasis
    rate_ppm: int | None
    amount_paise: int | None
    min_paise: int | None
    max_paise: int | None
    gst_rule: str | None
    paid_to: FeePaidTo
    timing: FeeTiming
    note: str | None


@dataclass(frozen=True, slots=True)
class LtvCap:
    """Which cap row counts for one kind of security; no segment means tiers by loan size."""

    collateral_type: CollateralType
    cap_rule: str
    segment: str | None


@dataclass(frozen=True, slots=True)
class Moratorium:
    """Months before the first instalment, and what may happen to their interest."""

    max_months: int
    treatments: tuple[MoratoriumTreatment, ...]
    default: MoratoriumTreatment | None


@dataclass(frozen=True, slots=True)
class Floating:
    """Benchmark row, spread on it and months between resets."""

    benchmark: str
    spread_ppm: int
    reset_months: int


@dataclass(frozen=True, slots=True)
class Penal:
    """The penal charge of the product."""

    method: PenalMethod
    rate_ppm: int | None
    amount_paise: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """Least, most and step of one term, in its own unit."""

    least: int
    most: int
    step: int

    def allows(self, value: int) -> bool:
        """Whether the value lies inside; the boundary does."""
        return self.least <= value <= self.most

    def on_step(self, value: int) -> bool:
        """Whether the value is one that sliders and offers would reach."""
        return self.allows(value) and (value - self.least) % self.step == 0


@dataclass(frozen=True, slots=True)
class Product:
    """A product version. None means no limit."""

    row_id: str
    product_code: str
    names: Mapping[str, str]
    purposes: tuple[LoanPurpose, ...]
    default_for: tuple[LoanPurpose, ...]
    employment_types: tuple[EmploymentType, ...]
    secured: bool
    security: SecurityRule
    security_required_above_paise: int | None
    security_types: tuple[CollateralType, ...]
    co_applicant_required: bool
    household_income_rule: str | None
    household_share_rule: str | None
    amount_paise: Steps
    tenure_months: Steps
    card_rate_ppm: int
    rate_ppm: Steps
    rate_type: RateType
    floating: Floating | None
    emi_rounding: EmiRounding
    repayment_types: tuple[RepaymentType, ...]
    default_repayment_type: RepaymentType
    stage_wise_disbursement: bool
    moratorium: Moratorium
    fees: tuple[Fee, ...]
    penal: Penal
    foir_cap_ppm: int | None
    foir_exempt_up_to_rule: str | None
    emi_refer_rule: str | None
    emi_reject_rule: str | None
    lti_cap_months: int | None
    ltv: tuple[LtvCap, ...]
    min_age_at_application_years: int
    max_age_at_application_years: int
    max_age_at_maturity_years: Mapping[EmploymentType, int]
    min_monthly_income_paise: int | None
    min_experience_years: int
    documents: Mapping[str, tuple[str, ...]]
    sanction_limits_paise: Mapping[SanctionAuthority, int]
    provision_segment: ProvisionSegment
    ecl_segment: EclSegment
    ecl_segment_unsecured: EclSegment | None
    effective_from: date
    effective_to: date | None
    source: str

    def in_force(self, on: date) -> bool:
        """Whether the product is offered on that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def fee(self, kind: FeeKind) -> Fee | None:
        """The fee of that kind, if the product has one."""
        return next((fee for fee in self.fees if fee.kind is kind), None)

    def ltv_cap(self, collateral_type: CollateralType) -> LtvCap | None:
        """The cap of that kind of security, None where the product does not take it."""
        return next((cap for cap in self.ltv if cap.collateral_type is collateral_type), None)

    def name(self, language: str) -> str:
        """The product's name, in English where the language has none."""
        return self.names.get(language, self.names["en"])


def parse_products(document: Json) -> tuple[Product, ...]:
    """Products of an already loaded ``products.json``."""
    return tuple(parse_product(fields) for fields in document["products"])


def parse_product(fields: Json) -> Product:
    """One product of its JSON object."""
    starts = date.fromisoformat(fields["effective_from"])
    ends = fields["effective_to"]
    plain = {name: fields[name] for name in _PLAIN}
    return Product(
        row_id=product_row_id(fields["product_code"], starts),
        names=dict(fields["product_name"]),
        effective_from=starts,
        effective_to=None if ends is None else date.fromisoformat(ends),
        **plain,
        **_words(fields),
        **_terms(fields),
        **_limits(fields),
    )


_PLAIN = (
    "product_code",
    "secured",
    "security_required_above_paise",
    "co_applicant_required",
    "card_rate_ppm",
    "stage_wise_disbursement",
    "foir_cap_ppm",
    "foir_exempt_up_to_rule",
    "lti_cap_months",
    "min_age_at_application_years",
    "max_age_at_application_years",
    "min_monthly_income_paise",
    "min_experience_years",
    "source",
)


def _words(fields: Json) -> dict[str, Any]:
    """Fields that are codes of the vocabulary."""
    unsecured = fields["ecl_segment_unsecured"]
    return {
        "purposes": tuple(map(LoanPurpose, fields["purposes"])),
        "default_for": tuple(map(LoanPurpose, fields["default_for"])),
        "employment_types": tuple(map(EmploymentType, fields["employment_types"])),
        "security": SecurityRule(fields["security"]),
        "security_types": tuple(map(CollateralType, fields["security_types"])),
        "rate_type": RateType(fields["rate_type"]),
        "emi_rounding": EmiRounding(fields["emi_rounding"]),
        "repayment_types": tuple(map(RepaymentType, fields["repayment_types"])),
        "default_repayment_type": RepaymentType(fields["default_repayment_type"]),
        "provision_segment": ProvisionSegment(fields["provision_segment"]),
        "ecl_segment": EclSegment(fields["ecl_segment"]),
        "ecl_segment_unsecured": None if unsecured is None else EclSegment(unsecured),
    }


def _terms(fields: Json) -> dict[str, Any]:
    """Ranges, rates, moratorium and fees."""
    floating, moratorium, penal = fields["floating"], fields["moratorium"], fields["penal"]
    treatment = moratorium["default"]
    return {
        "amount_paise": _steps(fields, "amount", "paise"),
        "tenure_months": _steps(fields, "tenure", "months"),
        "rate_ppm": _steps(fields, "rate", "ppm"),
        "floating": None if floating is None else Floating(**floating),
        "moratorium": Moratorium(
            max_months=moratorium["max_months"],
            treatments=tuple(map(MoratoriumTreatment, moratorium["treatments"])),
            default=None if treatment is None else MoratoriumTreatment(treatment),
        ),
        "fees": tuple(_fee(FeeKind(kind), fee) for kind, fee in fields["fees"].items()),
        "penal": Penal(
            method=PenalMethod(penal["method"]),
            rate_ppm=penal.get("rate_ppm"),
            amount_paise=penal.get("amount_paise"),
        ),
    }


def _limits(fields: Json) -> dict[str, Any]:
    """Limits that sit inside an object, and rule names they point at."""
    household, dti = fields["household_rule"] or {}, fields["dti_policy"] or {}
    return {
        "household_income_rule": household.get("income_rule"),
        "household_share_rule": household.get("share_rule"),
        "emi_refer_rule": dti.get("refer_rule"),
        "emi_reject_rule": dti.get("reject_rule"),
        "ltv": tuple(
            LtvCap(CollateralType(cap["collateral_type"]), cap["cap_rule"], cap["segment"])
            for cap in fields["ltv"]
        ),
        "max_age_at_maturity_years": {
            EmploymentType(kind): years
            for kind, years in fields["max_age_at_maturity_years"].items()
        },
        "documents": {key: tuple(kinds) for key, kinds in fields["documents"].items()},
        "sanction_limits_paise": {
            SanctionAuthority(who): paise for who, paise in fields["sanction_limits"].items()
        },
    }


def _steps(fields: Json, term: str, unit: str) -> Steps:
    return Steps(
        least=fields[f"min_{term}_{unit}"],
        most=fields[f"max_{term}_{unit}"],
        step=fields[f"{term}_step_{unit}"],
    )


def _fee(kind: FeeKind, fee: Json) -> Fee:
    return Fee(
        kind=kind,
        basis=FeeBasis(fee["basis"]),
        rate_ppm=fee.get("rate_ppm"),
        amount_paise=fee.get("amount_paise"),
        min_paise=fee.get("min_paise"),
        max_paise=fee.get("max_paise"),
        gst_rule=fee["gst_rule"],
        paid_to=FeePaidTo(fee["paid_to"]),
        timing=FeeTiming(fee["timing"]),
        note=fee.get("note"),
    )
