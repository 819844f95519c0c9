"""Application records of a sample book, from drawn applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.services.steps.sample_customers import bureau_report
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sample_people import PHONE_MARK
from db.records.applications import Application, CoApplicant, Collateral, Guarantor
from db.records.people import Customer
from db.vocabulary.lending import (
    Benchmark,
    CollateralStatus,
    CollateralType,
    LoanPurpose,
    RepaymentType,
)
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Relationship
from ml.sample.drawn_book import DrawnApplication, DrawnCustomer

VALUED_DAYS_BEFORE = 6
_STATUS = {
    "Approved": ApplicationStatus.DISBURSED,
    "Rejected": ApplicationStatus.REJECTED,
    "Pending": ApplicationStatus.PENDING,
}
_DESCRIPTIONS = {
    CollateralType.PROPERTY: "Residential flat, registered sale deed",
    CollateralType.VEHICLE: "New vehicle, hypothecation to be noted",
    CollateralType.GOLD: "Gold ornaments, assayed at the branch",
    CollateralType.SECURITIES: "Listed shares, pledged",
    CollateralType.OTHER: "Machinery and stock",
}
_FAMILY = (Relationship.SPOUSE, Relationship.FATHER, Relationship.SIBLING, Relationship.MOTHER)


@dataclass(frozen=True, slots=True)
class ApplicationPlan:
    """One application to be made, with the people it belongs to."""

    drawn: DrawnApplication
    owner: DrawnCustomer
    customer: Customer
    reference: str
    verdict: str
    co_applicant: Customer | None


def nearest_income(
    customers: Sequence[Customer], income_paise: int, not_this: Customer
) -> Customer | None:
    """Another customer who earns about that much: co-applicants are customers, too."""
    others = (each for each in customers if each.customer_id != not_this.customer_id)
    return min(
        others,
        key=lambda each: abs(each.employment.monthly_income_paise - income_paise),
        default=None,
    )


def application_of(plan: ApplicationPlan, frame: SampleFrame) -> Application:
    """Make the record of one application, at its last status."""
    drawn, day = plan.drawn, plan.drawn.application_date
    product = frame.rulebook.product(drawn.product_code, day)
    floating = product.floating
    waited = {"Rejected": drawn.decided_after_days, "Approved": drawn.disbursed_after_days}
    since = day + timedelta(days=waited.get(plan.verdict, 0))
    return Application(
        application_id=frame.new_id(day),
        branch_id=frame.branch_id,
        reference=plan.reference,
        customer_id=plan.customer.customer_id,
        product_code=drawn.product_code,
        loan_purpose=LoanPurpose(drawn.purpose),
        amount_paise=drawn.amount_paise,
        tenure_months=drawn.tenure_months,
        rate_ppm=product.card_rate_ppm,
        status=_STATUS[plan.verdict],
        application_date=day,
        status_since=frame.instant(since),
        officer_id=frame.maker_id,
        version=1,
        rate_type=product.rate_type,
        benchmark=None if floating is None else Benchmark(floating.benchmark),
        spread_ppm=None if floating is None else floating.spread_ppm,
        repayment_type=RepaymentType(drawn.repayment_type),
        bureau=bureau_report(plan.owner, day, frame),
        collateral=_collateral(plan, frame),
        guarantors=_guarantors(plan, frame),
        co_applicants=_co_applicants(plan, frame),
    )


def _collateral(plan: ApplicationPlan, frame: SampleFrame) -> tuple[Collateral, ...]:
    day = plan.drawn.application_date
    charged = plan.verdict == "Approved"
    return tuple(
        Collateral(
            collateral_id=frame.new_id(day),
            collateral_type=CollateralType(item.collateral_type),
            value_paise=item.value_paise,
            valuation_date=_valued_on(plan, CollateralType(item.collateral_type)),
            description=_DESCRIPTIONS[CollateralType(item.collateral_type)],
            status=CollateralStatus.CHARGED if charged else CollateralStatus.OFFERED,
        )
        for item in plan.drawn.collateral
    )


def _valued_on(plan: ApplicationPlan, kind: CollateralType) -> date:
    """Gold and shares are valued on the day itself, everything else some days before."""
    day = plan.drawn.application_date
    if kind in (CollateralType.GOLD, CollateralType.SECURITIES):
        return day
    return day - timedelta(days=VALUED_DAYS_BEFORE)


def _guarantors(plan: ApplicationPlan, frame: SampleFrame) -> tuple[Guarantor, ...]:
    if not plan.drawn.has_guarantor:
        return ()
    surname = plan.customer.full_name.split()[-1]
    first = frame.rng.choice(("Gopal", "Lalita", "Iqbal", "Stella", "Balwant", "Sarala"))
    return (
        Guarantor(
            guarantor_id=frame.new_id(plan.drawn.application_date),
            full_name=f"{first} {surname}",
            relationship=frame.rng.choice(_FAMILY),
            phone=f"{PHONE_MARK}{frame.rng.randrange(10_000):04d}",
            address=plan.customer.address,
            income_paise=plan.customer.employment.monthly_income_paise,
        ),
    )


def _co_applicants(plan: ApplicationPlan, frame: SampleFrame) -> tuple[CoApplicant, ...]:
    if plan.co_applicant is None:
        return ()
    relationship = frame.rng.choice(_FAMILY)
    return (CoApplicant(plan.co_applicant.customer_id, relationship, income_counted=True),)
