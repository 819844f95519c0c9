"""The application form as a draft and back.

A draft is plain JSON: money in paise, rates in parts per million, dates ISO, words by code. Beside
the values stand the texts as typed, since half an amount is typing too and must not be lost.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.keep_draft import PAPERS
from app.services.steps.application_facts import CollateralEntry, GuarantorEntry
from app.ui.screens.application_form.form_pages import FormPages
from app.ui.screens.application_form.form_values import CoApplicantEntry, Extras, fresh_values
from app.ui.widgets.draft_content import content_of, show_content
from app.ui.widgets.line_field import LineField
from app.ui.widgets.picker import RecordPicker
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


def draft_of_pages(pages: FormPages, customer_id: UUID | None) -> dict[str, object]:
    """What is typed, values and texts alike, also in entries that were not added yet."""
    return draft_of(pages.values(), pages.extras(customer_id)) | {
        "texts": content_of(_lines(pages)),
        "entries": {
            name: content_of([row.input for row in form.rows()])
            for name, form in pages.entry_forms().items()
        },
    }


def show_draft(pages: FormPages, draft: Mapping[str, Any]) -> None:
    """Show what a draft kept; its papers are read from the book."""
    pages.security.collateral.set_entries(collateral_of_draft(draft))
    pages.security.guarantors.set_entries(guarantors_of_draft(draft))
    pages.people.set_entries(co_applicants_of_draft(draft))
    pages.dues.set_closed(tuple(UUID(due) for due in draft.get("closed", [])))
    report = bureau_of_draft(draft)
    if report != NO_REPORT:
        pages.dues.bureau.set_value(report)
    pages.form.set_values(values_of_draft(draft))
    texts, entries = draft.get("texts", {}), draft.get("entries", {})
    # A text says more than its value where it could not be read yet.
    show_content([each for each in _lines(pages) if each.objectName() in texts], texts)
    for name, form in pages.entry_forms().items():
        if name in entries:
            show_content([row.input for row in form.rows()], entries[name])


def papers_of_draft(draft: Mapping[str, Any]) -> tuple[UUID, ...]:
    """Ids of the papers attached to a draft."""
    return tuple(UUID(each) for each in draft.get(PAPERS, []))


def _lines(pages: FormPages) -> list[QWidget]:
    """The fields that hold a text; the applicant is shown from the customer's record."""
    fields = [row.input for row in pages.form.rows()]
    return [f for f in fields if isinstance(f, LineField) and not isinstance(f, RecordPicker)]


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
        PAPERS: [str(paper.attachment_id) for paper in extras.papers],
    }


def _bureau_plain(report: BureauReport) -> list[object]:
    values = (report.bureau_name, report.score, report.score_state, report.report_date)
    return [*(_plain(value) for value in values), report.late_payments, report.active_loans]


def draft_of_copy(
    application: Application, co_applicants: tuple[CoApplicantEntry, ...] = ()
) -> dict[str, object]:
    """A draft that asks for the same loan again, on the same security.

    Dates, remarks, papers and a guarantor's PAN are not copied: they are seen or told anew.
    """
    collateral = tuple(
        CollateralEntry(
            each.collateral_type,
            each.value_paise,
            each.valuation_date,
            each.accepted_share_ppm,
            each.description,
        )
        for each in application.collateral
    )
    guarantors = tuple(
        GuarantorEntry(
            full_name=each.full_name,
            relationship=each.relationship,
            phone=each.phone,
            email=each.email,
            address=each.address,
            income_paise=each.income_paise,
        )
        for each in application.guarantors
    )
    extras = Extras(
        customer_id=application.customer_id,
        collateral=collateral,
        guarantors=guarantors,
        closed=application.closed_obligations,
        bureau=application.bureau,
        co_applicants=co_applicants,
    )
    return draft_of(_values_of(application), extras)


def _values_of(application: Application) -> dict[str, object]:
    return fresh_values() | {
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
