"""The JSON of `apply` and `score`."""

from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasChoices, Field, PlainValidator

from app.cli.border_values import (
    Day,
    Digits,
    MonthsOfYears,
    Paise,
    Ppm,
    Text,
    Whole,
    YesOrNo,
    word_reader,
)
from app.cli.bureau_border import STRICT, BureauForm
from app.cli.customer_border import EmploymentWord, ObligationForm
from app.services.steps.application_facts import (
    ApplicationFacts,
    CollateralEntry,
    GuarantorEntry,
)
from db.records.applications import CoApplicant
from db.records.people import NO_REPORT
from db.vocabulary.lending import (
    Benchmark,
    CollateralType,
    LoanPurpose,
    RateType,
    RepaymentType,
)
from db.vocabulary.people import Relationship

PurposeWord = Annotated[LoanPurpose, PlainValidator(word_reader(LoanPurpose))]
CollateralWord = Annotated[CollateralType, PlainValidator(word_reader(CollateralType))]
RelationWord = Annotated[Relationship, PlainValidator(word_reader(Relationship))]
RateWord = Annotated[RateType, PlainValidator(word_reader(RateType))]
BenchmarkWord = Annotated[Benchmark, PlainValidator(word_reader(Benchmark))]
RepaymentWord = Annotated[RepaymentType, PlainValidator(word_reader(RepaymentType))]

WHOLE_SHARE_PPM = 1_000_000


def _named(*names: str) -> Any:  # noqa: ANN401  # pydantic's own field marker
    """A field that answers to several names; the first is the one of the form."""
    return Field(validation_alias=AliasChoices(*names))


@dataclass(frozen=True)
class CollateralForm:
    """One security."""

    __pydantic_config__ = STRICT
    collateral_type: CollateralWord
    collateral_value: Annotated[Paise, _named("collateral_value", "value")]
    valuation_date: Day | None = None
    accepted_share: Ppm = WHOLE_SHARE_PPM
    description: Text = ""

    def entry(self) -> CollateralEntry:
        """The typed security."""
        return CollateralEntry(
            self.collateral_type,
            self.collateral_value,
            self.valuation_date,
            self.accepted_share,
            self.description,
        )


@dataclass(frozen=True)
class GuarantorForm:
    """One guarantor."""

    __pydantic_config__ = STRICT
    guarantor_name: Annotated[Text, _named("guarantor_name", "full_name")]
    guarantor_relationship: Annotated[
        RelationWord, _named("guarantor_relationship", "relationship")
    ] = Relationship.OTHER
    guarantor_phone: Annotated[Digits, _named("guarantor_phone", "phone")] = ""
    guarantor_email: Annotated[Text, _named("guarantor_email", "email")] = ""
    guarantor_address: Annotated[Text, _named("guarantor_address", "address")] = ""
    guarantor_pan: Annotated[Text | None, _named("guarantor_pan", "pan_number")] = field(
        default=None, repr=False
    )
    guarantor_income: Annotated[Paise | None, _named("guarantor_income", "income")] = None

    def entry(self) -> GuarantorEntry:
        """The typed guarantor."""
        return GuarantorEntry(
            full_name=self.guarantor_name,
            relationship=self.guarantor_relationship,
            phone=self.guarantor_phone,
            email=self.guarantor_email,
            address=self.guarantor_address,
            pan_number=self.guarantor_pan,
            income_paise=self.guarantor_income,
        )


@dataclass(frozen=True)
class CoApplicantForm:
    """One co-applicant, a customer by id or reference."""

    __pydantic_config__ = STRICT
    customer_id: Text
    relationship: RelationWord = Relationship.OTHER
    income_counted: YesOrNo = True


@dataclass(frozen=True)
class HouseholdForm:
    """The household of a microfinance borrower, a month."""

    __pydantic_config__ = STRICT
    income: Annotated[Paise | None, _named("income", "household_income")] = None
    repayments: Annotated[Paise | None, _named("repayments", "household_repayments")] = None


@dataclass(frozen=True)
class ApplicantForm:
    """A person who is no customer yet, for `score` alone."""

    __pydantic_config__ = STRICT
    date_of_birth: Day | None = None
    monthly_income: Paise | None = None
    employment_type: EmploymentWord | None = None
    years_of_experience: MonthsOfYears | None = None
    employment_start_date: Day | None = None
    obligations: tuple[ObligationForm, ...] = ()


@dataclass(frozen=True)
class LoanForm:
    """The loan asked for, as `apply` and `score` share it."""

    __pydantic_config__ = STRICT
    customer_id: Text | None = None
    product_code: Text | None = None
    loan_purpose: PurposeWord | None = None
    loan_amount: Paise | None = None
    loan_tenure_months: Whole | None = None
    interest_rate: Ppm | None = None
    rate_type: RateWord = RateType.FIXED
    benchmark: BenchmarkWord | None = None
    spread: Ppm | None = None
    repayment_type: RepaymentWord = RepaymentType.EMI
    moratorium_months: Whole = 0
    first_due_date: Day | None = None
    processing_fee: Paise | None = None
    insurance_premium: Paise = 0
    other_charges: Paise = 0
    digital_loan: YesOrNo = False
    household: HouseholdForm | None = None
    household_income: Paise | None = None
    household_repayments: Paise | None = None
    bureau: BureauForm | None = None
    collateral: tuple[CollateralForm, ...] = ()
    guarantors: tuple[GuarantorForm, ...] = ()
    co_applicants: tuple[CoApplicantForm, ...] = ()
    closed_obligations: tuple[Text, ...] = ()
    remarks: Text = ""
    idempotency_key: Text | None = None


@dataclass(frozen=True)
class ScoreForm(LoanForm):
    """As `apply`, or with an applicant who is no customer."""

    __pydantic_config__ = STRICT
    applicant: ApplicantForm | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The customers a form names, found in the book."""

    customer_id: UUID | None = None
    co_applicants: tuple[CoApplicant, ...] = ()
    closed_obligations: tuple[UUID, ...] = ()


def facts_of(form: LoanForm, named: Named) -> ApplicationFacts:
    """The typed facts of a form."""
    household = form.household or HouseholdForm(form.household_income, form.household_repayments)
    return ApplicationFacts(
        customer_id=named.customer_id,
        product_code=form.product_code,
        loan_purpose=form.loan_purpose,
        amount_paise=form.loan_amount,
        tenure_months=form.loan_tenure_months,
        rate_ppm=form.interest_rate,
        rate_type=form.rate_type,
        benchmark=form.benchmark,
        spread_ppm=form.spread,
        repayment_type=form.repayment_type,
        moratorium_months=form.moratorium_months,
        first_due_date=form.first_due_date,
        processing_fee_paise=form.processing_fee,
        insurance_premium_paise=form.insurance_premium,
        other_charges_paise=form.other_charges,
        digital_loan=form.digital_loan,
        household_income_paise=household.income,
        household_repayments_paise=household.repayments,
        bureau=NO_REPORT if form.bureau is None else form.bureau.report(),
        collateral=tuple(each.entry() for each in form.collateral),
        guarantors=tuple(each.entry() for each in form.guarantors),
        co_applicants=named.co_applicants,
        closed_obligations=named.closed_obligations,
        remarks=form.remarks,
    )
