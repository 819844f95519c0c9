"""A payment taken back on the day it was posted, as if the money had not left the bank.

Source: screens.md S63 (same day only) and F12 (no undo: maker and checker reverse it, linked to the
original). Rows are only added: the payment gets its negative, the schedule an empty version, and
the application stands approved again.
"""

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps.account_posting import post_to_account
from app.services.steps.disbursement_case import DisbursementCase, posted_on
from app.services.steps.disbursement_posting import PaidOut, move_application
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker, read_ledger
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Disbursement, Loan, LoanActRecord, LoanBatch, ScheduleVersion
from db.vocabulary.loan_life import ApplicationStatus, LoanStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


def last_payment(case: DisbursementCase) -> Disbursement:
    """The payment that can be taken back: the newest one that stands.

    Raises:
        Refused: nothing was paid out.
    """
    act = case.last_act
    found = [each for each in case.paid if act is not None and each.act_id == act.act_id]
    if not found:
        raise Refused(RefusalKind.CONFLICT, "Nothing was paid out that could be taken back")
    return found[0]


def check_same_day(case: DisbursementCase, today: date) -> None:
    """A payment is taken back on the day on which it was posted.

    Raises:
        Refused: that day is over.
    """
    if posted_on(case.last_act) != today:
        raise Refused(
            RefusalKind.CONFLICT,
            "A payment is taken back on its own day only: close the loan instead",
        )


def check_untouched(book: "UnitOfWork", case: DisbursementCase) -> None:
    """Nothing has happened on the loan since its newest payment was posted.

    Raises:
        Refused: a receipt or a charge was recorded since.
    """
    loan, act = case.loan, case.last_act
    if loan is None or act is None or act.decided_at is None:
        return
    ledger = read_ledger(book, loan)
    recorded = [row.recorded_at for row in ledger.receipts()]
    recorded += [charge.recorded_at for charge in ledger.charges]
    if any(at >= act.decided_at for at in recorded):
        raise Refused(
            RefusalKind.CONFLICT,
            "A receipt or charge stands on this loan: reverse it first",
        )


def take_back(
    book: "UnitOfWork", case: DisbursementCase, decided: LoanActRecord, desk: "Desk"
) -> PaidOut:
    """Write the reversal of the newest payment of a loan; the caller commits."""
    paid = last_payment(case)
    loan = book.accounts.lock(case.application.branch_id, paid.loan_id)
    check_untouched(book, case)
    act = book.acts.decide(loan.branch_id, decided)
    back = replace(
        paid,
        disbursement_id=new_id(desk),
        amount_paise=-paid.amount_paise,
        reverses_id=paid.disbursement_id,
        act_id=act.act_id,
    )
    if case.paid_paise > paid.amount_paise:
        return _part_back(book, loan, act, back, desk)
    book.accounts.add(loan.branch_id, LoanBatch(disbursements=(back,)))
    nothing = _next_version(book, loan, act, desk)
    book.accounts.replace_schedule(loan.branch_id, nothing, ())
    after = book.accounts.update(
        replace(
            loan,
            outstanding_paise=0,
            overdue_paise=0,
            oldest_unpaid_due=None,
            next_due_date=None,
            status=LoanStatus.CLOSED,
            closed_on=loan.disbursement_date,  # as if the money had not left the bank
        )
    )
    move_application(book, case, ApplicationStatus.APPROVED, desk)
    book.cells.move(loan, after)
    return PaidOut(act, after, back.disbursement_id, back.amount_paise)


def _part_back(
    book: "UnitOfWork", loan: Loan, act: LoanActRecord, back: Disbursement, desk: "Desk"
) -> PaidOut:
    """A later part goes back: the dues that it replaced are in force again."""
    branch_id, loan_id = loan.branch_id, loan.loan_id
    before = book.accounts.versions(branch_id, loan_id)[-2]
    rows = book.accounts.past_schedule(branch_id, loan_id, before.version)
    again = replace(
        _next_version(book, loan, act, desk),
        emi_paise=before.emi_paise,
        instalments=before.instalments,
        rule_rows=before.rule_rows,
    )
    book.accounts.replace_schedule(branch_id, again, rows)
    smaller = replace(
        loan,
        principal_paise=loan.principal_paise + back.amount_paise,
        emi_paise=before.emi_paise,
    )
    make = RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())
    after, _state = post_to_account(
        book, smaller, desk.clock.today(), make, LoanBatch(disbursements=(back,))
    )
    return PaidOut(act, after, back.disbursement_id, back.amount_paise)


def _next_version(
    book: "UnitOfWork", loan: Loan, act: LoanActRecord, desk: "Desk"
) -> ScheduleVersion:
    """A version without dues, after the one in force, which stays among the past ones."""
    versions = book.accounts.versions(loan.branch_id, loan.loan_id)
    return ScheduleVersion(
        loan_id=loan.loan_id,
        version=versions[-1].version + 1,
        from_date=act.value_date,
        emi_paise=0,
        rate_ppm=loan.rate_ppm,
        instalments=0,
        rule_rows=json.dumps([]),
        recorded_at=desk.clock.now(),
        act_id=act.act_id,
    )
