"""From what the form holds to the facts of an application, and to and from a draft.

A draft is plain JSON: money in paise, rates in parts per million, dates ISO, words by code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.services.steps.application_facts import ApplicationFacts, CollateralEntry, GuarantorEntry
from db.records.applications import Application, CoApplicant
from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.lending import (
    Benchmark,
    CollateralType,
    LoanPurpose,
    RateType,
    RepaymentType,
)
from db.vocabulary.people import BureauName, BureauScoreState, Relationship


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
    )


def draft_of(values: Mapping[str, Any], extras: Extras) -> dict[str, object]:
    """The form as plain JSON."""
    return {
        "customer_id": str(extras.customer_id) if extras.customer_id else None,
        "fields": {name: _plain(value) for name, value in values.items()},
        "collateral": [
            [
                str(c.collateral_type),
                c.value_paise,
                _plain(c.valuation_date),
                c.accepted_share_ppm,
                c.description,
            ]
            for c in extras.collateral
        ],
        "guarantors": [
            [
                g.full_name,
                str(g.relationship),
                g.phone,
                g.email,
                g.address,
                g.pan_number,
                g.income_paise,
            ]
            for g in extras.guarantors
        ],
        "closed": [str(due) for due in extras.closed],
        "co_applicants": [
            [
                str(c.person.customer_id),
                str(c.person.relationship),
                c.person.income_counted,
                c.words,
            ]
            for c in extras.co_applicants
        ],
        "bureau": _bureau_plain(extras.bureau),
    }


def _bureau_plain(report: BureauReport) -> list[object]:
    values = (report.bureau_name, report.score, report.score_state, report.report_date)
    return [*(_plain(value) for value in values), report.late_payments, report.active_loans]


def draft_of_copy(application: Application) -> dict[str, object]:
    """A draft that asks for the same loan again; dates and remarks are not copied."""
    values = fresh_values() | {
        "loan_purpose": application.loan_purpose,
        "product_code": application.product_code,
        "loan_amount": application.amount_paise,
        "loan_tenure_months": application.tenure_months,
        "interest_rate": application.rate_ppm,
        "rate_type": application.rate_type,
        "benchmark": application.benchmark,
        "spread": application.spread_ppm,
        "repayment_type": application.repayment_type,
        "moratorium_months": application.moratorium_months or None,
        "processing_fee": application.processing_fee_paise,
        "insurance_premium": application.insurance_premium_paise or None,
        "other_charges": application.other_charges_paise or None,
        "household_income": application.household_income_paise,
        "household_repayments": application.household_repayments_paise,
        "digital_loan": application.digital_loan,
    }
    bureau = application.bureau
    return draft_of(values, Extras(application.customer_id, (), (), (), bureau))


def values_of_draft(draft: Mapping[str, Any]) -> dict[str, object]:
    """Plain fields of a draft, typed as the inputs want them."""
    fields: dict[str, Any] = dict(draft.get("fields", {}))
    fields.pop("customer_id", None)  # shown from the customer record, not from the draft
    readers = {
        "loan_purpose": LoanPurpose,
        "rate_type": RateType,
        "benchmark": Benchmark,
        "repayment_type": RepaymentType,
        "first_due_date": date.fromisoformat,
    }
    for name, reader in readers.items():
        if fields.get(name) is not None:
            fields[name] = reader(fields[name])
    return fields


def collateral_of_draft(draft: Mapping[str, Any]) -> tuple[CollateralEntry, ...]:
    """Collateral entries of a draft."""
    return tuple(
        CollateralEntry(
            collateral_type=CollateralType(kind),
            value_paise=value,
            valuation_date=date.fromisoformat(day) if day else None,
            accepted_share_ppm=share,
            description=words,
        )
        for kind, value, day, share, words in draft.get("collateral", [])
    )


def guarantors_of_draft(draft: Mapping[str, Any]) -> tuple[GuarantorEntry, ...]:
    """Guarantor entries of a draft."""
    return tuple(
        GuarantorEntry(
            full_name=name,
            relationship=Relationship(kin),
            phone=phone,
            email=email,
            address=address,
            pan_number=pan,
            income_paise=income,
        )
        for name, kin, phone, email, address, pan, income in draft.get("guarantors", [])
    )


def co_applicants_of_draft(draft: Mapping[str, Any]) -> tuple[CoApplicantEntry, ...]:
    """Co-applicants of a draft."""
    return tuple(
        CoApplicantEntry(CoApplicant(UUID(who), Relationship(kin), counted), words)
        for who, kin, counted, words in draft.get("co_applicants", [])
    )


def bureau_of_draft(draft: Mapping[str, Any]) -> BureauReport:
    """The bureau report of a draft; older drafts carry none."""
    if not draft.get("bureau"):
        return NO_REPORT
    name, score, state, day, late, active = draft["bureau"]
    return BureauReport(
        BureauName(name) if name else None,
        score,
        BureauScoreState(state) if state else None,
        date.fromisoformat(day) if day else None,
        late,
        active,
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int)) else str(value)


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
