"""The rows that a confirmed payment writes: act, loan, frozen schedule, money out, cells.

Source: data-and-sync.md 2 and 3: lock order loan, cells, audit head; everything in the transaction
of the act. Version 1 of the schedule is the contract.
"""

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.account_posting import post_to_account
from app.services.steps.command import canonical
from app.services.steps.disbursed_loan import DisbursedLoan
from app.services.steps.disbursement_case import DisbursementCase
from app.services.steps.disbursement_terms import DisbursementTerms, account_shown, terms_kept
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker
from db.records.applications import StatusChange
from db.records.loans import (
    Disbursement,
    Instalment,
    Loan,
    LoanActRecord,
    LoanBatch,
    ScheduleVersion,
)
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PaidOut:
    """What a confirmed payment, or its reversal, wrote."""

    act: LoanActRecord
    loan: Loan
    disbursement_id: UUID
    amount_paise: int


def standing_of(case: DisbursementCase) -> str:
    """What stands before a payment, as its act keeps it; nothing before the first."""
    if case.loan is None:
        return canonical({})
    return canonical(
        {"principal_paise": case.loan.principal_paise, "emi_paise": case.loan.emi_paise}
    )


def summary_of(loan: DisbursedLoan, principal_paise: int) -> str:
    """What a payment changes, as its act keeps it: amounts in paise."""
    started = loan.started
    return canonical(
        {
            "principal_paise": principal_paise,
            "emi_paise": started.emi_paise,
            "first_due_date": started.first_due.isoformat(),
            "instalments": len(started.instalments),
            "last_due_date": started.instalments[-1].due_on.isoformat(),
            "total_interest_paise": started.total_interest_paise,
            "broken_days": started.broken_days,
            "broken_interest_paise": started.broken_interest_paise,
            "net_paise": loan.net_paise,
        }
    )


def pay_out(
    book: "UnitOfWork",
    case: DisbursementCase,
    decided: LoanActRecord,
    loan: DisbursedLoan,
    desk: "Desk",
) -> PaidOut:
    """Write a payment, the first of a loan or a later part; the caller commits."""
    terms = terms_kept(decided)
    if case.loan is not None:
        return _pay_part(book, case, decided, loan, desk)
    made = _new_loan(case, terms, loan, desk)
    book.cells.move(None, made)  # before the number, which locks the audit head
    made = replace(made, reference=book.next_reference("L", made.branch_id))
    rows = instalments_of(made.loan_id, loan)
    posted = _posted(decided, made, desk)
    act = book.acts.decide(made.branch_id, posted)
    out = _payment(made, act, terms, case, desk)
    version = _version(made, act, loan, 1, desk)
    book.loans.add_many(
        made.branch_id,
        LoanBatch((made,), instalments=rows, disbursements=(out,), schedules=(version,)),
    )
    move_application(book, case, ApplicationStatus.DISBURSED, desk)
    if rows[0].due_date <= desk.clock.today():  # a payment of an earlier day: dues stand already
        made, _state = post_to_account(book, made, desk.clock.today(), _maker(desk), LoanBatch())
    return PaidOut(act, made, out.disbursement_id, out.amount_paise)


def _pay_part(
    book: "UnitOfWork",
    case: DisbursementCase,
    decided: LoanActRecord,
    loan: DisbursedLoan,
    desk: "Desk",
) -> PaidOut:
    """A later part: more is owed, and the dues after it are those of everything paid out."""
    terms = terms_kept(decided)
    stands = book.accounts.lock(case.application.branch_id, case.paid[0].loan_id)
    act = book.acts.decide(stands.branch_id, _posted(decided, stands, desk))
    rows = [
        row
        for row in instalments_of(stands.loan_id, loan)
        if row.due_date > terms.disbursement_date
    ]
    versions = book.accounts.versions(stands.branch_id, stands.loan_id)
    made = _version(stands, act, loan, versions[-1].version + 1, desk)
    book.accounts.replace_schedule(stands.branch_id, made, rows)
    out = _payment(stands, act, terms, case, desk)
    grown = replace(
        stands,
        principal_paise=stands.principal_paise + terms.amount_paise,
        emi_paise=loan.started.emi_paise,
    )
    after, _state = post_to_account(
        book, grown, desk.clock.today(), _maker(desk), LoanBatch(disbursements=(out,))
    )
    return PaidOut(act, after, out.disbursement_id, out.amount_paise)


def _version(
    loan: Loan, act: LoanActRecord, planned: DisbursedLoan, number: int, desk: "Desk"
) -> ScheduleVersion:
    return ScheduleVersion(
        loan_id=loan.loan_id,
        version=number,
        from_date=act.value_date,
        emi_paise=planned.started.emi_paise,
        rate_ppm=loan.rate_ppm,
        instalments=len(planned.started.instalments),
        rule_rows=json.dumps(planned.rule_rows),
        recorded_at=desk.clock.now(),
        act_id=act.act_id,
    )


def _maker(desk: "Desk") -> RowMaker:
    return RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())


def instalments_of(loan_id: UUID, loan: DisbursedLoan) -> tuple[Instalment, ...]:
    """The unpaid instalments of a loan that starts."""
    return tuple(
        Instalment(
            loan_id=loan_id,
            number=row.number,
            due_date=row.due_on,
            opening_paise=row.opening_paise,
            interest_paise=row.interest_paise,
            principal_paise=row.principal_paise,
            closing_paise=row.closing_paise,
        )
        for row in loan.started.instalments
    )


def move_application(
    book: "UnitOfWork", case: DisbursementCase, status: ApplicationStatus, desk: "Desk"
) -> None:
    """Put the application where its money is.

    Raises:
        VersionConflict: somebody changed it meanwhile.
    """
    stands = case.application
    if stands.status is not status:
        now = desk.clock.now()
        book.applications.set_status(
            StatusChange(stands.branch_id, stands.application_id, status, now, stands.version)
        )


def _new_loan(
    case: DisbursementCase,
    terms: DisbursementTerms,
    loan: DisbursedLoan,
    desk: "Desk",
) -> Loan:
    application, started = case.application, loan.started
    product = desk.rulebook().product(application.product_code, case.sanctioned_on)
    return Loan(
        loan_id=new_id(desk),
        branch_id=application.branch_id,
        reference="",
        application_id=application.application_id,
        customer_id=application.customer_id,
        product_code=application.product_code,
        loan_purpose=application.loan_purpose,
        principal_paise=terms.amount_paise,
        outstanding_paise=terms.amount_paise,
        overdue_paise=0,
        emi_paise=started.emi_paise,
        rate_ppm=case.terms.rate_ppm,
        tenure_months=case.terms.tenure_months,
        sanction_date=case.sanctioned_on,
        disbursement_date=terms.disbursement_date,
        first_due_date=started.first_due,
        next_due_date=started.instalments[0].due_on,
        oldest_unpaid_due=None,
        status=LoanStatus.ACTIVE,
        asset_class=AssetClass.STANDARD,
        officer_id=application.officer_id,
        provision_segment=product.provision_segment,
    )


def _posted(decided: LoanActRecord, made: Loan, desk: "Desk") -> LoanActRecord:
    after = json.loads(decided.after) | {
        "loan": made.reference,
        "posted_on": desk.clock.today().isoformat(),
    }
    return replace(decided, loan_id=made.loan_id, after=canonical(after))


def _payment(
    made: Loan, act: LoanActRecord, terms: DisbursementTerms, case: DisbursementCase, desk: "Desk"
) -> Disbursement:
    return Disbursement(
        disbursement_id=new_id(desk),
        loan_id=made.loan_id,
        amount_paise=terms.amount_paise,
        disbursement_date=terms.disbursement_date,
        mode=terms.mode,
        act_id=act.act_id,
        account=account_shown(terms, case.customer) or None,
    )
