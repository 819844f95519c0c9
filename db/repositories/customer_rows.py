"""Customers between their records and the rows of five tables."""

from collections.abc import Sequence

from sqlalchemy import RowMapping

from db.identifiers import format_reference, mask_tail, parse_reference
from db.records.people import Consent, Customer, Employment, NewCustomer, Obligation
from db.repositories.bureau_rows import bureau_of, bureau_values
from db.repositories.identity_columns import mask_pan, opened, search_name
from db.security.key_store import BookKeys

_SAME_NAMES = (
    "branch_id",
    "customer_id",
    "full_name",
    "full_name_local",
    "date_of_birth",
    "phone",
    "email",
    "address",
    "city",
    "state",
    "pincode",
    "segment",
    "form_60",
    "other_id_type",
    "other_id_expiry",
    "ifsc_code",
    "kyc_status",
    "kyc_risk",
    "kyc_due_on",
    "customer_since",
    "created_at",
    "officer_id",
    "import_id",
    "version",
)
_EMPLOYMENT_NAMES = (
    "employment_type",
    "employer_name",
    "job_title",
    "employment_start_date",
    "monthly_income_paise",
    "income_source",
    "experience_months",
)


def reference_number(kind: str, reference: str) -> int:
    """Return the number of a reference of that kind.

    Raises:
        ValueError: the text is no such reference.
    """
    found = parse_reference(reference)
    if found is None or found[0] != kind:
        message = f"{reference!r} is no reference of kind {kind}"
        raise ValueError(message)
    return found[1]


def customer_values(customer: Customer) -> dict[str, object]:
    """Return the columns of `customers`, identity numbers left out."""
    values: dict[str, object] = {name: getattr(customer, name) for name in _SAME_NAMES}
    values["number"] = reference_number("C", customer.reference)
    values["search_name"] = search_name(customer.full_name)
    return values | bureau_values(customer.bureau)


def employment_values(customer: Customer) -> dict[str, object]:
    """Return the columns of `employment`."""
    values: dict[str, object] = {
        name: getattr(customer.employment, name) for name in _EMPLOYMENT_NAMES
    }
    return values | {"branch_id": customer.branch_id, "customer_id": customer.customer_id}


def obligation_values(customer: Customer) -> list[dict[str, object]]:
    """Return the rows of `obligations`, in their order."""
    return [
        {
            "branch_id": customer.branch_id,
            "customer_id": customer.customer_id,
            "position": position,
            "obligation_id": one.obligation_id,
            "lender_name": one.lender_name,
            "obligation_type": one.obligation_type,
            "monthly_amount_paise": one.monthly_amount_paise,
            "outstanding_paise": one.outstanding_paise,
            "end_date": one.end_date,
        }
        for position, one in enumerate(customer.obligations)
    ]


def consent_values(customer: Customer) -> list[dict[str, object]]:
    """Return the rows of `consents`."""
    return [
        {
            "branch_id": customer.branch_id,
            "customer_id": customer.customer_id,
            "purpose": one.purpose,
            "given_at": one.given_at,
            "channel": one.channel,
            "notice_version": one.notice_version,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in customer.consents
    ]


def gender_values(new: NewCustomer) -> dict[str, object]:
    """Return the row of `protected_attributes`."""
    customer = new.customer
    return {
        "branch_id": customer.branch_id,
        "customer_id": customer.customer_id,
        "gender": new.gender,
    }


def customer_of(
    keys: BookKeys,
    row: RowMapping,
    obligations: Sequence[RowMapping],
    consents: Sequence[RowMapping],
) -> Customer:
    """Build a customer from its row (joined with employment) and its children.

    Raises:
        KeyMissing, SealBroken: the numbers do not open, so no mask can be shown.
    """
    last4 = row["aadhaar_last4"]
    return Customer(
        reference=format_reference("C", row["number"]),
        employment=Employment(**{name: row[name] for name in _EMPLOYMENT_NAMES}),
        pan_masked=mask_pan(opened(keys, row, "pan_sealed")),
        aadhaar_masked=None if last4 is None else f"XXXX XXXX {last4}",
        other_id_masked=mask_tail(opened(keys, row, "other_id_sealed")),
        bank_account_masked=mask_tail(opened(keys, row, "bank_account_sealed")),
        bureau=bureau_of(row),
        obligations=tuple(obligation_of(one) for one in obligations),
        consents=tuple(consent_of(one) for one in consents),
        **{name: row[name] for name in _SAME_NAMES},
    )


def obligation_of(row: RowMapping) -> Obligation:
    """Build one due."""
    return Obligation(
        obligation_id=row["obligation_id"],
        lender_name=row["lender_name"],
        obligation_type=row["obligation_type"],
        monthly_amount_paise=row["monthly_amount_paise"],
        outstanding_paise=row["outstanding_paise"],
        end_date=row["end_date"],
    )


def consent_of(row: RowMapping) -> Consent:
    """Build one consent."""
    return Consent(
        purpose=row["purpose"],
        channel=row["channel"],
        notice_version=row["notice_version"],
        given_at=row["given_at"],
        withdrawn_at=row["withdrawn_at"],
    )
