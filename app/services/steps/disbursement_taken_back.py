"""A payment taken back on the day it was posted, as if the money had not left the bank.

Source: screens.md S63 (same day only) and F12 (no undo: maker and checker reverse it, linked to the
original). Rows are only added: the payment gets its negative, the schedule an empty version, and
the application stands approved again.
"""

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps.disbursement_case import DisbursementCase, posted_on
from app.services.steps.disbursement_posting import PaidOut, move_application
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger
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


def check_untouched(book: "UnitOfWork", loan: Loan) -> None:
    """Nobody has paid anything on the loan yet.

    Raises:
        Refused: a receipt or a charge stands.
    """
    ledger = read_ledger(book, loan)
    if ledger.receipts() or ledger.charges:
        raise Refused(
            RefusalKind.CONFLICT,
            "A receipt or charge stands on this loan: reverse it first",
        )


def take_back(
    book: "UnitOfWork", case: DisbursementCase, decided: LoanActRecord, desk: "Desk"
) -> PaidOut:
    """Write the reversal of the only payment of a loan; the caller commits."""
    paid, today = last_payment(case), desk.clock.today()
    loan = book.accounts.lock(case.application.branch_id, paid.loan_id)
    check_untouched(book, loan)
    act = book.acts.decide(loan.branch_id, decided)
    back = replace(
        paid,
        disbursement_id=new_id(desk),
        amount_paise=-paid.amount_paise,
        reverses_id=paid.disbursement_id,
        act_id=act.act_id,
    )
    book.accounts.add(loan.branch_id, LoanBatch(disbursements=(back,)))
    _nothing_due(book, loan, act, desk)
    after = book.accounts.update(
        replace(
            loan,
            outstanding_paise=0,
            overdue_paise=0,
            oldest_unpaid_due=None,
            next_due_date=None,
            status=LoanStatus.CLOSED,
            closed_on=today,
        )
    )
    move_application(book, case, ApplicationStatus.APPROVED, desk)
    book.cells.move(loan, after)
    return PaidOut(act, after, back.disbursement_id, back.amount_paise)


def _nothing_due(book: "UnitOfWork", loan: Loan, act: LoanActRecord, desk: "Desk") -> None:
    """An empty version of the schedule; the one before it stays among the past ones."""
    versions = book.accounts.versions(loan.branch_id, loan.loan_id)
    made = ScheduleVersion(
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
    book.accounts.replace_schedule(loan.branch_id, made, ())
