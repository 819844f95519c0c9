"""Customer records of a sample book: drawn economics, invented identity.

Every record is marked as synthetic by its numbers (see `sample_people`) and by the sandbox flag of
the book; nothing here describes a real person.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.day_count import add_months
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.kyc_review import kyc_due_on, kyc_status
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sample_people import SamplePerson
from db.records.people import (
    BureauReport,
    Consent,
    Customer,
    Employment,
    IdentityNumbers,
    NewCustomer,
    Obligation,
)
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    ConsentChannel,
    ConsentPurpose,
    CustomerSegment,
    EmploymentType,
    IncomeSource,
    KycRisk,
    KycStatus,
)
from ml.sample.drawn_book import DrawnCustomer, DrawnObligation

NOTICE_VERSION = "sample"
PAPERS_MISSING_SHARE = 0.04
PRIORITY_INCOME_PAISE = 20_000_000
OUTSTANDING_SHARE = 0.85  # how the generator made an outstanding of what is left to pay
_SOURCES = {
    EmploymentType.SALARIED: IncomeSource.SALARY,
    EmploymentType.SELF_EMPLOYED: IncomeSource.PROFESSIONAL_FEES,
    EmploymentType.BUSINESS: IncomeSource.BUSINESS_PROFIT,
}


@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """One customer to be made.

    Attributes:
        last_seen_on: day of the newest application, to which the bureau report belongs.
        has_loan: a borrower's papers are complete.
    """

    drawn: DrawnCustomer
    person: SamplePerson
    reference: str
    last_seen_on: date
    has_loan: bool


def customer_of(plan: CustomerPlan, frame: SampleFrame) -> NewCustomer:
    """Make the record of one customer with the numbers to be sealed."""
    drawn, person = plan.drawn, plan.person
    since = drawn.customer_since
    checked_on = _papers_checked_on(since, frame)
    complete = plan.has_loan or frame.rng.random() >= PAPERS_MISSING_SHARE
    customer = Customer(
        customer_id=frame.new_id(since),
        branch_id=frame.branch_id,
        reference=plan.reference,
        full_name=person.full_name,
        date_of_birth=drawn.date_of_birth,
        phone=person.phone,
        city=person.city,
        state=person.state,
        pincode=person.pincode,
        address=person.address,
        employment=_employment(drawn, person),
        created_at=frame.instant(since),
        customer_since=since,
        version=1,
        officer_id=frame.maker_id,
        email=person.email,
        segment=_segment(drawn),
        kyc_status=_papers(checked_on, frame, complete=complete),
        kyc_risk=KycRisk.MEDIUM,
        kyc_due_on=kyc_due_on(checked_on, KycRisk.MEDIUM, frame.rulebook, frame.as_of),
        bureau=bureau_report(drawn, plan.last_seen_on, frame),
        obligations=tuple(_obligation(due, frame) for due in drawn.obligations),
        consents=_consents(since, frame),
    )
    numbers = IdentityNumbers(
        pan_number=person.pan_number,
        aadhaar_number=person.aadhaar_number if complete else None,
    )
    return NewCustomer(customer=customer, numbers=numbers, gender=person.gender)


def bureau_report(drawn: DrawnCustomer, day: date, frame: SampleFrame) -> BureauReport:
    """The drawn bureau facts as a report of that day."""
    bureau = drawn.bureau
    return BureauReport(
        bureau_name=frame.rng.choice(list(BureauName)),
        score=bureau.score,
        score_state=BureauScoreState(bureau.score_state),
        report_date=day,
        late_payments=bureau.late_payments,
        active_loans=bureau.active_loans,
    )


def _papers_checked_on(since: date, frame: SampleFrame) -> date:
    """The last check of the papers: the first one, renewed as often as it fell due."""
    years = frame.rulebook.years("kyc_review_years", frame.as_of, KycRisk.MEDIUM.name)
    checked_on = since
    while (following := add_months(checked_on, years * MONTHS_PER_YEAR)) <= frame.as_of:
        checked_on = following
    return checked_on


def _papers(checked_on: date, frame: SampleFrame, *, complete: bool) -> KycStatus:
    return kyc_status(
        checked_on,
        KycRisk.MEDIUM,
        papers_complete=complete,
        rulebook=frame.rulebook,
        on=frame.as_of,
    )


def _employment(drawn: DrawnCustomer, person: SamplePerson) -> Employment:
    kind = EmploymentType(drawn.employment_type)
    return Employment(
        employment_type=kind,
        monthly_income_paise=drawn.income_paise,
        experience_months=drawn.experience_months,
        employer_name=person.employer_name,
        job_title=person.job_title,
        employment_start_date=drawn.employment_start,
        income_source=_SOURCES[kind],
    )


def _segment(drawn: DrawnCustomer) -> CustomerSegment:
    if drawn.income_paise >= PRIORITY_INCOME_PAISE:
        return CustomerSegment.PRIORITY
    return CustomerSegment.RETAIL


def _obligation(due: DrawnObligation, frame: SampleFrame) -> Obligation:
    ends = None
    if due.outstanding_paise is not None and due.monthly_paise:
        months = round(due.outstanding_paise / (due.monthly_paise * OUTSTANDING_SHARE))
        ends = add_months(frame.as_of, months)
    payees = frame.work["payees"]
    lender = payees.get(due.obligation_type) or frame.rng.choice(frame.work["lenders"])
    return Obligation(
        obligation_id=frame.new_id(frame.as_of),
        lender_name=lender,
        obligation_type=ObligationType(due.obligation_type),
        monthly_amount_paise=due.monthly_paise,
        outstanding_paise=due.outstanding_paise,
        end_date=ends,
    )


def _consents(since: date, frame: SampleFrame) -> tuple[Consent, ...]:
    given = frame.instant(since) + timedelta(minutes=5)
    return tuple(
        Consent(purpose, ConsentChannel.PAPER, NOTICE_VERSION, given) for purpose in ConsentPurpose
    )
