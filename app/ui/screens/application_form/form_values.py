"""From what the form holds to the facts of an application."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.services.steps.application_facts import (
    ApplicationFacts,
    CollateralEntry,
    GuarantorEntry,
    PaperEntry,
)
from db.records.applications import CoApplicant
from db.records.people import BureauReport
from db.vocabulary.lending import RateType, RepaymentType


@dataclass(frozen=True, slots=True)
class CoApplicantEntry:
    """A second customer who applies too, with the words that say who it is."""

    person: CoApplicant
    words: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands outside the plain fields: lists and the bureau report."""

    customer_id: UUID | None
    collateral: tuple[CollateralEntry, ...]
    guarantors: tuple[GuarantorEntry, ...]
    closed: tuple[UUID, ...]
    bureau: BureauReport
    co_applicants: tuple[CoApplicantEntry, ...] = ()
    papers: tuple[PaperEntry, ...] = ()


def facts_of_values(values: Mapping[str, Any], extras: Extras) -> ApplicationFacts:
    """Typed facts of the present typing; empty fields are unknown."""
    floating = values["rate_type"] is RateType.FLOATING
    return ApplicationFacts(
        customer_id=extras.customer_id,
        product_code=values["product_code"],
        loan_purpose=values["loan_purpose"],
        amount_paise=values["loan_amount"],
        tenure_months=values["loan_tenure_months"],
        rate_ppm=values["interest_rate"],
        rate_type=values["rate_type"] or RateType.FIXED,
        benchmark=values["benchmark"] if floating else None,
        spread_ppm=values["spread"] if floating else None,
        repayment_type=values["repayment_type"] or RepaymentType.EMI,
        moratorium_months=values["moratorium_months"] or 0,
        first_due_date=values["first_due_date"],
        processing_fee_paise=values["processing_fee"],
        insurance_premium_paise=values["insurance_premium"] or 0,
        other_charges_paise=values["other_charges"] or 0,
        digital_loan=bool(values["digital_loan"]),
        household_income_paise=values["household_income"],
        household_repayments_paise=values["household_repayments"],
        remarks=values["remarks"],
        bureau=extras.bureau,
        collateral=extras.collateral,
        guarantors=extras.guarantors,
        co_applicants=tuple(entry.person for entry in extras.co_applicants),
        closed_obligations=extras.closed,
        papers=extras.papers,
    )


def fresh_values() -> dict[str, Any]:
    """What a new form shows."""
    return {
        "loan_purpose": None,
        "product_code": None,
        "loan_amount": None,
        "loan_tenure_months": None,
        "interest_rate": None,
        "rate_type": RateType.FIXED,
        "benchmark": None,
        "spread": None,
        "moratorium_months": None,
        "digital_loan": False,
        "repayment_type": RepaymentType.EMI,
        "first_due_date": None,
        "processing_fee": None,
        "insurance_premium": None,
        "other_charges": None,
        "household_income": None,
        "household_repayments": None,
        "score_preview": False,
        "remarks": "",
    }
