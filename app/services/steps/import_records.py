"""One imported row as records of the book: no identity, and what the file lacks is unknown.

Source: commands.md (Import and batch), data/README of the sample files. A borrower of a file is no
identified person: neutral name, papers incomplete, form 60. Existing debts given as a share of the
income become one obligation.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from app.file_formats.import_row_models import ImportedRow
from app.rules.day_count import add_months
from app.rules.kyc_review import first_risk
from app.rules.money import PAISE_PER_RUPEE, round_half_up
from app.rules.rulebook import Rulebook
from app.services.steps.ids import new_id
from db.records.applications import Application
from db.records.people import Customer, Employment, NewCustomer, Obligation
from db.vocabulary.lending import ObligationType
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import KycStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk

DECLARED_DEBTS = "Debts declared in the file"


@dataclass(frozen=True, slots=True)
class ImportFrame:
    """What every record of one import carries."""

    desk: "Desk"
    actor: "Actor"
    rulebook: Rulebook
    import_id: UUID
    factor: Decimal
    imported_at: datetime
    as_of: date

    def paise(self, amount: Decimal) -> int:
        """An amount of the file in paise, half up."""
        return round_half_up(amount * self.factor * PAISE_PER_RUPEE)

    def new_id(self) -> UUID:
        """A new id of this desk."""
        return new_id(self.desk)


def customer_of_row(row: ImportedRow, reference: str, frame: ImportFrame) -> NewCustomer:
    """The borrower of a row: known only by the number the file gives."""
    income = frame.paise(row.monthly_income or Decimal(0))
    since = row.application_date or frame.as_of
    customer = Customer(
        customer_id=frame.new_id(),
        branch_id=frame.actor.branch_id,
        reference=reference,
        full_name=row.full_name or f"Borrower {row.customer_reference}",
        date_of_birth=row.date_of_birth,
        phone="",
        city=row.city,
        state=None,
        pincode="",
        address="",
        employment=_employment(row, income, since),
        created_at=frame.imported_at,
        customer_since=since,
        version=1,
        officer_id=frame.actor.user_id,
        form_60=True,
        kyc_status=KycStatus.INCOMPLETE,
        kyc_risk=first_risk(frame.rulebook, frame.as_of),
        obligations=_obligations(row, income, frame),
        import_id=frame.import_id,
    )
    return NewCustomer(customer=customer)


def application_of_row(
    row: ImportedRow, reference: str, customer_id: UUID, frame: ImportFrame
) -> Application | None:
    """The application of a row that carries one and was checked before."""
    if row.loan_amount is None or row.loan_purpose is None:
        return None
    if row.loan_tenure_months is None or row.rate_ppm is None or row.application_date is None:
        return None
    code = row.product_code
    if code is None:
        on = row.application_date
        code = frame.rulebook.default_product_for(row.loan_purpose, on).product_code
    return Application(
        application_id=frame.new_id(),
        branch_id=frame.actor.branch_id,
        reference=reference,
        customer_id=customer_id,
        product_code=code,
        loan_purpose=row.loan_purpose,
        amount_paise=frame.paise(row.loan_amount),
        tenure_months=row.loan_tenure_months,
        rate_ppm=row.rate_ppm,
        status=ApplicationStatus.PENDING,
        application_date=row.application_date,
        status_since=frame.imported_at,
        officer_id=frame.actor.user_id,
        version=1,
        remarks=_remarks(row),
        import_id=frame.import_id,
    )


def _employment(row: ImportedRow, income_paise: int, day: date) -> Employment:
    """Whole years with the employer, as the file has them, are a latest possible start."""
    started = None
    if row.months_with_employer is not None:
        started = add_months(day, -row.months_with_employer)
    return Employment(
        employment_type=row.employment_type,
        monthly_income_paise=income_paise,
        experience_months=row.experience_months,
        employment_start_date=started,
    )


def _obligations(row: ImportedRow, income_paise: int, frame: ImportFrame) -> tuple[Obligation, ...]:
    if not row.existing_debt_percent:
        return ()
    monthly = round_half_up(Decimal(income_paise) * row.existing_debt_percent / 100)
    return (Obligation(frame.new_id(), DECLARED_DEBTS, ObligationType.OTHER_DEBT, monthly),)


def _remarks(row: ImportedRow) -> str:
    """Where the row came from, in the words of the file."""
    loan = f" {row.reference}" if row.reference else ""
    return f"Row {row.row} of an imported file: loan{loan}, purpose “{row.purpose_text}”"
