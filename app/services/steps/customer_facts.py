"""What a person types about a customer, already of the right type.

One field per input of `screen.customer_form`; None and "" mean not given, never zero. Identity
numbers stay out of `repr`, so that no log or error can carry them.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import EmploymentType, Gender, IncomeSource, OtherIdType, State


@dataclass(frozen=True, slots=True)
class ObligationEntry:
    """One fixed monthly due as typed. `obligation_id` keeps its identity when it is edited."""

    lender_name: str
    obligation_type: ObligationType
    monthly_amount_paise: int
    outstanding_paise: int | None = None
    end_date: date | None = None
    obligation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """The customer form in typed form.

    Attributes:
        pan_number: full number; None keeps what is stored when a customer is edited.
        experience_months: years of experience in whole months.
        consent_bureau: consent to ask a credit bureau; the other consents likewise.
    """

    full_name: str = ""
    full_name_local: str = ""
    date_of_birth: date | None = None
    gender: Gender = Gender.NOT_STATED
    phone: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    state: State | None = None
    pincode: str = ""
    pan_number: str | None = field(default=None, repr=False)
    form_60: bool = False
    aadhaar_number: str | None = field(default=None, repr=False)
    aadhaar_consent: bool = False
    other_id_type: OtherIdType | None = None
    other_id_number: str | None = field(default=None, repr=False)
    other_id_expiry: date | None = None
    employment_type: EmploymentType | None = None
    employer_name: str = ""
    job_title: str = ""
    employment_start_date: date | None = None
    monthly_income_paise: int | None = None
    income_source: IncomeSource | None = None
    experience_months: int | None = None
    bank_account_number: str | None = field(default=None, repr=False)
    ifsc_code: str | None = None
    consent_bureau: bool = False
    consent_data_use: bool = False
    consent_contact: bool = False
    bureau: BureauReport = NO_REPORT
    obligations: tuple[ObligationEntry, ...] = ()
