"""The JSON of `register` and `update-customer`: the fields of the customer form.

The bureau facts stand either flat, as on the form, or in an object `bureau`, as in `apply`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from typing import Annotated

from pydantic import PlainValidator

from app.cli.border_values import (
    Day,
    Digits,
    MonthsOfYears,
    Paise,
    Text,
    YesOrNo,
    word_reader,
)
from app.cli.bureau_border import STRICT, BureauForm
from app.services.steps.customer_facts import CustomerFacts, ObligationEntry
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import EmploymentType, Gender, IncomeSource, OtherIdType, State

GenderWord = Annotated[Gender, PlainValidator(word_reader(Gender))]
StateWord = Annotated[State, PlainValidator(word_reader(State))]
OtherIdWord = Annotated[OtherIdType, PlainValidator(word_reader(OtherIdType))]
EmploymentWord = Annotated[EmploymentType, PlainValidator(word_reader(EmploymentType))]
IncomeSourceWord = Annotated[IncomeSource, PlainValidator(word_reader(IncomeSource))]
ObligationWord = Annotated[ObligationType, PlainValidator(word_reader(ObligationType))]

_TYPED_NAMES = {
    "monthly_income": "monthly_income_paise",
    "years_of_experience": "experience_months",
}


@dataclass(frozen=True)
class ObligationForm:
    """One fixed monthly due."""

    __pydantic_config__ = STRICT
    obligation_type: ObligationWord
    monthly_amount: Paise
    lender_name: Text = ""
    outstanding_amount: Paise | None = None
    end_date: Day | None = None

    def entry(self) -> ObligationEntry:
        """The typed due."""
        return ObligationEntry(
            lender_name=self.lender_name or self.obligation_type.value,
            obligation_type=self.obligation_type,
            monthly_amount_paise=self.monthly_amount,
            outstanding_paise=self.outstanding_amount,
            end_date=self.end_date,
        )


@dataclass(frozen=True)
class CustomerForm(BureauForm):
    """The customer form; every field may be left out and is then judged by the service."""

    __pydantic_config__ = STRICT
    full_name: Text | None = None
    full_name_local: Text | None = None
    date_of_birth: Day | None = None
    gender: GenderWord | None = None
    phone: Digits | None = None
    email: Text | None = None
    address: Text | None = None
    city: Text | None = None
    state: StateWord | None = None
    pincode: Digits | None = None
    pan_number: Text | None = field(default=None, repr=False)
    form_60: YesOrNo | None = None
    aadhaar_number: Digits | None = field(default=None, repr=False)
    aadhaar_consent: YesOrNo | None = None
    other_id_type: OtherIdWord | None = None
    other_id_number: Digits | None = field(default=None, repr=False)
    other_id_expiry: Day | None = None
    employment_type: EmploymentWord | None = None
    employer_name: Text | None = None
    job_title: Text | None = None
    employment_start_date: Day | None = None
    monthly_income: Paise | None = None
    income_source: IncomeSourceWord | None = None
    years_of_experience: MonthsOfYears | None = None
    bank_account_number: Digits | None = field(default=None, repr=False)
    ifsc_code: Text | None = None
    consent_bureau: YesOrNo | None = None
    consent_data_use: YesOrNo | None = None
    consent_contact: YesOrNo | None = None
    bureau: BureauForm | None = None
    obligations: tuple[ObligationForm, ...] | None = None
    idempotency_key: Text | None = None
    version: int | None = None


_BUREAU_NAMES = frozenset(each.name for each in fields(BureauForm))
_BESIDE = frozenset({"idempotency_key", "version", "bureau", "obligations"})


def facts_over(form: CustomerForm, given: Collection[str], base: CustomerFacts) -> CustomerFacts:
    """The facts with what was given put over a base; null clears a field.

    Args:
        form: the validated form.
        given: names that stand in the JSON.
        base: blank facts for `register`, the stored ones for `update-customer`.
    """
    blank = CustomerFacts()
    changes: dict[str, object] = {}
    for name in given:
        if name in _BESIDE or name in _BUREAU_NAMES:
            continue
        typed_name = _TYPED_NAMES.get(name, name)
        value = getattr(form, name)
        changes[typed_name] = getattr(blank, typed_name) if value is None else value
    if form.bureau is not None:
        changes["bureau"] = form.bureau.report()
    elif _BUREAU_NAMES & set(given):
        changes["bureau"] = form.report()
    if form.obligations is not None:
        changes["obligations"] = tuple(each.entry() for each in form.obligations)
    return replace(base, **changes)  # type: ignore[arg-type]  # names checked by the form
