"""Loan records of a sample book: schedule, receipts, classes and provisions up to its day."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.rules.borrower_class import ClassState
from app.rules.case_facts import CaseFacts, LoanTerms
from app.rules.day_count import add_months
from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.rules.loan_plan import LoanPlan, plan_of
from app.services.steps.class_history import (
    BorrowerHistory,
    ClassMove,
    Facility,
    classify_borrower,
)
from app.services.steps.loan_history import (
    LoanLife,
    Posting,
    draw_receipts,
    dues_of,
    live,
)
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sample_loan import LoanSeed, SampleLoan
from app.services.steps.sample_loan_acts import (
    disbursement_act,
    disbursement_act_id,
    first_schedule,
)
from db.records.applications import Application
from db.records.loans import Disbursement, Loan, LoanBatch, NpaEntry, Repayment
from db.vocabulary.lending import AppropriationOrder, LoanPurpose
from db.vocabulary.loan_life import DisbursementMode, LoanStatus, PaymentMethod

_ON_TIME = {
    PaymentMethod.MANDATE: 55,
    PaymentMethod.UPI: 30,
    PaymentMethod.BANK_TRANSFER: 10,
    PaymentMethod.CASH: 5,
}
_LATE = {
    PaymentMethod.UPI: 50,
    PaymentMethod.CASH: 20,
    PaymentMethod.BANK_TRANSFER: 20,
    PaymentMethod.CHEQUE: 10,
}
_PAID_TO_SELLER = (LoanPurpose.HOME_PURCHASE, LoanPurpose.VEHICLE_PURCHASE)


def live_loan(seed: LoanSeed, frame: SampleFrame) -> SampleLoan:
    """Pay one loan out and let its borrower pay it back, up to the book's day."""
    application, drawn = seed.application, seed.drawn
    disbursed_on = drawn.application_date + timedelta(days=drawn.disbursed_after_days)
    product = frame.rulebook.product(application.product_code, disbursed_on)
    loan_id = frame.new_id(disbursed_on)
    plan = _plan(application, disbursed_on, frame)
    dues = dues_of(loan_id, plan, application.amount_paise, add_months(disbursed_on, 1))
    receipts = draw_receipts(dues, seed.behaviour, frame.as_of, frame.rng)
    life = live(dues, receipts, _order(frame))
    segment = product.provision_segment
    return SampleLoan(
        seed=seed,
        loan_id=loan_id,
        sanctioned_on=drawn.application_date + timedelta(days=drawn.decided_after_days),
        disbursed_on=disbursed_on,
        plan=plan,
        life=life,
        facility=Facility(loan_id, disbursed_on, life, segment, application.collateral),
    )


def borrower_history(loans: Sequence[SampleLoan], frame: SampleFrame) -> BorrowerHistory:
    """The classes of all loans of one borrower."""
    return classify_borrower([each.facility for each in loans], frame.as_of, frame.rulebook)


def batch_of(
    loans: Sequence[SampleLoan], histories: Sequence[BorrowerHistory], frame: SampleFrame
) -> LoanBatch:
    """All rows of these loans and their borrowers' histories."""
    standings = {loan: state for each in histories for loan, state in each.standings.items()}
    moves = sorted(
        (move for each in histories for move in each.moves), key=lambda move: move.business_date
    )
    provisions = {move.loan_id: move.provision_paise for move in moves}  # the last one stays
    repayments = [
        _repayment(each, posting, frame) for each in loans for posting in each.life.postings
    ]
    return LoanBatch(
        loans=tuple(
            _loan(each, standings[each.loan_id], provisions.get(each.loan_id, 0), frame)
            for each in loans
        ),
        instalments=tuple(due for each in loans for due in each.life.instalments),
        disbursements=tuple(_disbursement(each, frame) for each in loans),
        repayments=tuple(repayments),
        npa_entries=tuple(_entry(move, frame) for move in moves),
        acts=tuple(disbursement_act(each, frame) for each in loans),
        schedules=tuple(first_schedule(each) for each in loans),
    )


def _plan(application: Application, day: date, frame: SampleFrame) -> LoanPlan:
    terms = LoanTerms(
        product_code=application.product_code,
        loan_purpose=application.loan_purpose,
        amount_paise=application.amount_paise,
        tenure_months=application.tenure_months,
        rate_ppm=application.rate_ppm,
        repayment_type=application.repayment_type,
    )
    product = frame.rulebook.product(application.product_code, day)
    plan = plan_of(CaseFacts(as_of=day, terms=terms), product, frame.rulebook)
    if plan is None:
        message = f"the drawn terms of {application.reference} give no plan"
        raise ValueError(message)
    return plan


def _order(frame: SampleFrame) -> AppropriationOrder:
    return AppropriationOrder(frame.rulebook.word("appropriation_order", frame.as_of))


def _loan(loan: SampleLoan, standing: ClassState, provision_paise: int, frame: SampleFrame) -> Loan:
    application, life = loan.seed.application, loan.life
    oldest = life.oldest_unpaid_due(frame.as_of)
    days = days_past_due(oldest, frame.as_of, frame.rulebook)
    coming = (due.due_date for due in life.instalments if due.due_date > frame.as_of)
    return Loan(
        loan_id=loan.loan_id,
        branch_id=frame.branch_id,
        reference=loan.seed.reference,
        application_id=application.application_id,
        customer_id=application.customer_id,
        product_code=application.product_code,
        loan_purpose=application.loan_purpose,
        principal_paise=life.principal_paise,
        outstanding_paise=life.balance(frame.as_of),
        overdue_paise=life.overdue_paise(frame.as_of),
        emi_paise=loan.plan.payments_paise[-1]
        if loan.plan.schedule is None
        else loan.plan.emi_paise,
        rate_ppm=application.rate_ppm,
        tenure_months=application.tenure_months,
        sanction_date=loan.sanctioned_on,
        disbursement_date=loan.disbursed_on,
        first_due_date=life.instalments[0].due_date,
        next_due_date=None if life.closed_on else next(coming, None),
        oldest_unpaid_due=oldest,
        status=_status(life, standing),
        asset_class=standing.asset_class,
        officer_id=frame.maker_id,
        npa_since=standing.npa_since,
        defaulted_on=standing.defaulted_on,
        closed_on=life.closed_on,
        dpd_bucket=dpd_bucket(days),
        provision_segment=loan.facility.segment,
        provision_paise=0 if life.closed_on else provision_paise,
    )


def _status(life: LoanLife, standing: ClassState) -> LoanStatus:
    if life.closed_on is not None:
        return LoanStatus.CLOSED
    return LoanStatus.ACTIVE if standing.defaulted_on is None else LoanStatus.DEFAULTED


def _disbursement(loan: SampleLoan, frame: SampleFrame) -> Disbursement:
    to_seller = loan.seed.application.loan_purpose in _PAID_TO_SELLER
    return Disbursement(
        disbursement_id=frame.new_id(loan.disbursed_on),
        loan_id=loan.loan_id,
        amount_paise=loan.life.principal_paise,
        disbursement_date=loan.disbursed_on,
        mode=DisbursementMode.PAID_TO_SELLER if to_seller else DisbursementMode.ACCOUNT_CREDIT,
        act_id=disbursement_act_id(loan.loan_id),
    )


def _repayment(loan: SampleLoan, posting: Posting, frame: SampleFrame) -> Repayment:
    day, split = posting.receipt.value_date, posting.split
    touched = [each for each in split.shares if each.interest_paise + each.principal_paise]
    weights = _LATE if touched and touched[0].due_on < day else _ON_TIME
    method = frame.rng.choices(list(weights), list(weights.values()))[0]
    return Repayment(
        repayment_id=frame.new_id(day),
        loan_id=loan.loan_id,
        value_date=day,
        recorded_at=frame.instant(day),
        amount_paise=posting.receipt.amount_paise,
        interest_paise=split.interest_paise,
        principal_paise=split.principal_paise,
        charges_paise=split.charges_paise,
        excess_paise=split.excess_paise,
        balance_after_paise=posting.balance_after_paise,
        method=method,
        reference=f"{method.name[:3]}{frame.rng.randrange(10**9):09d}",
        policy=split.policy,
        actor_id=frame.maker_id,
    )


def _entry(move: ClassMove, frame: SampleFrame) -> NpaEntry:
    return NpaEntry(
        entry_id=frame.new_id(move.business_date),
        loan_id=move.loan_id,
        business_date=move.business_date,
        recorded_at=frame.instant(move.business_date),
        asset_class=move.asset_class,
        oldest_unpaid_due=move.oldest_unpaid_due,
        npa_since=move.npa_since,
        provision_paise=move.provision_paise,
        cause=move.cause,
    )
