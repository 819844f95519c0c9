"""Applications, assessments and decisions between their records and their rows."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import RowMapping, Table

from db.identifiers import format_reference
from db.records.applications import (
    Application,
    Assessment,
    CoApplicant,
    Collateral,
    DecisionRecord,
    Guarantor,
)
from db.repositories.bureau_rows import bureau_of, bureau_values
from db.repositories.customer_rows import reference_number
from db.repositories.identity_columns import clean, mask_pan
from db.security.blind_index import blind_index
from db.security.key_store import BookKeys
from db.security.sealed_fields import Place, seal, unseal
from db.tables.applications import (
    assessments,
    closed_obligations,
    co_applicants,
    collateral,
    decisions,
    guarantors,
)

RowT = TypeVar("RowT")
Values = dict[str, object]
CHILD_TABLES = (collateral, guarantors, co_applicants, closed_obligations)
_SAME_NAMES = (
    "branch_id",
    "application_id",
    "customer_id",
    "product_code",
    "loan_purpose",
    "amount_paise",
    "tenure_months",
    "rate_ppm",
    "status",
    "application_date",
    "status_since",
    "officer_id",
    "version",
    "rate_type",
    "benchmark",
    "spread_ppm",
    "repayment_type",
    "moratorium_months",
    "first_due_date",
    "processing_fee_paise",
    "insurance_premium_paise",
    "other_charges_paise",
    "digital_loan",
    "household_income_paise",
    "household_repayments_paise",
    "remarks",
    "import_id",
    "assessment_id",
)
_COLLATERAL = (
    "collateral_id",
    "collateral_type",
    "value_paise",
    "valuation_date",
    "accepted_share_ppm",
    "description",
    "status",
)
_GUARANTOR = (
    "guarantor_id",
    "full_name",
    "relationship",
    "phone",
    "email",
    "address",
    "income_paise",
)
_CO_APPLICANT = ("customer_id", "relationship", "income_counted")
_ASSESSMENT = tuple(
    column.name for column in assessments.c if column.name not in {"branch_id", "rule_row_ids"}
)
_DECISION = tuple(column.name for column in decisions.c if column.name != "branch_id")


def application_values(application: Application) -> Values:
    """Return the columns of `applications`."""
    values: Values = {name: getattr(application, name) for name in _SAME_NAMES}
    values["number"] = reference_number("A", application.reference)
    return values | bureau_values(application.bureau)


def child_values(keys: BookKeys, application: Application) -> Mapping[Table, list[Values]]:
    """Return the rows of each child table, in their order."""
    key: Values = {
        "branch_id": application.branch_id,
        "application_id": application.application_id,
    }
    return {
        collateral: _numbered(key, [_named(one, _COLLATERAL) for one in application.collateral]),
        guarantors: _numbered(key, [_guarantor_values(keys, g) for g in application.guarantors]),
        co_applicants: _numbered(
            key, [_named(one, _CO_APPLICANT) for one in application.co_applicants]
        ),
        closed_obligations: _numbered(
            key, [{"obligation_id": one} for one in application.closed_obligations]
        ),
    }


def _named(record: object, names: Sequence[str]) -> Values:
    return {name: getattr(record, name) for name in names}


def _numbered(key: Values, rows: Sequence[Values]) -> list[Values]:
    return [key | row | {"position": position} for position, row in enumerate(rows)]


def _guarantor_values(keys: BookKeys, guarantor: Guarantor) -> Values:
    pan = clean(guarantor.pan_number) if guarantor.pan_number else None
    return _named(guarantor, _GUARANTOR) | {
        "pan_sealed": seal(keys, _guarantor_place(guarantor.guarantor_id), pan),
        "pan_index": None if pan is None else blind_index(keys, "pan", pan),
    }


def _guarantor_place(guarantor_id: UUID) -> Place:
    return Place("guarantors", "pan_sealed", guarantor_id)


def application_of(
    keys: BookKeys, row: RowMapping, children: Mapping[Table, Sequence[RowMapping]]
) -> Application:
    """Build an application from its row and its children.

    Raises:
        KeyMissing, SealBroken: a guarantor's PAN does not open, so no mask can be shown.
    """
    return Application(
        reference=format_reference("A", row["number"]),
        bureau=bureau_of(row),
        collateral=_each(children[collateral], _collateral_of),
        guarantors=_each(children[guarantors], lambda one: _guarantor_of(keys, one)),
        co_applicants=_each(children[co_applicants], _co_applicant_of),
        closed_obligations=_each(children[closed_obligations], lambda one: one["obligation_id"]),
        **{name: row[name] for name in _SAME_NAMES},
    )


def _each(rows: Sequence[RowMapping], build: Callable[[RowMapping], RowT]) -> tuple[RowT, ...]:
    return tuple(build(row) for row in rows)


def _collateral_of(row: RowMapping) -> Collateral:
    return Collateral(**{name: row[name] for name in _COLLATERAL})


def _co_applicant_of(row: RowMapping) -> CoApplicant:
    return CoApplicant(**{name: row[name] for name in _CO_APPLICANT})


def _guarantor_of(keys: BookKeys, row: RowMapping) -> Guarantor:
    pan = unseal(keys, _guarantor_place(row["guarantor_id"]), row["pan_sealed"])
    return Guarantor(pan_masked=mask_pan(pan), **{name: row[name] for name in _GUARANTOR})


def assessment_values(branch_id: int, assessment: Assessment) -> Values:
    """Return the columns of one assessment."""
    return _named(assessment, _ASSESSMENT) | {
        "branch_id": branch_id,
        "rule_row_ids": json.dumps(assessment.rule_row_ids, separators=(",", ":")),
    }


def assessment_of(row: RowMapping) -> Assessment:
    """Build an assessment."""
    return Assessment(
        rule_row_ids=tuple(json.loads(row["rule_row_ids"])),
        **{name: row[name] for name in _ASSESSMENT},
    )


def decision_values(branch_id: int, decision: DecisionRecord) -> Values:
    """Return the columns of one decision."""
    return _named(decision, _DECISION) | {"branch_id": branch_id}


def decision_of(row: RowMapping) -> DecisionRecord:
    """Build a decision."""
    return DecisionRecord(**{name: row[name] for name in _DECISION})
