"""Money that still comes in on a loan that is written off.

Source: screens.md S65, lending-rules.md 6.1. It pays the principal that was written off first, for
the memory of the books, then interest that was due and unpaid; no instalment is touched and the
loan stays written off. More than both is not taken.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.dates import date_shown
from app.rules.money import rupees
from app.rules.permissions import Act
from app.services.steps.account_posting import post_to_account
from app.services.steps.change_checks import money_faults
from app.services.steps.command import Command, Done, run_command
from app.services.steps.free_text import tidy_text
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import LoanLedger, RowMaker, read_ledger, replay_ledger
from app.services.steps.permission import permit
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.loans import LoanBatch, Repayment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus, PaymentMethod

if TYPE_CHECKING:
    from app.rules.loan_account import AccountState
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RecordRecovery:
    """Money received on a loan that is written off; the command id makes it count once."""

    command_id: UUID
    loan_id: UUID
    amount_paise: int
    value_date: date
    method: PaymentMethod
    reference: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryRecorded:
    """How the money was used; `left_paise` is written-off principal still not recovered."""

    repayment_id: UUID
    loan_id: UUID
    principal_paise: int
    interest_paise: int
    left_paise: int
    version: int


def record_recovery(request: RecordRecovery, desk: "Desk") -> RecoveryRecorded:
    """Post a recovery, once.

    Raises:
        Refused: not permitted; the loan is not written off; amount, day or words do not fit
            (`fields` names each); the command was sent before with other content.
        NotFound: the branch has no such loan.
    """
    person, today = permit(desk, Act.POST_REPAYMENT), desk.clock.today()
    asked = replace(request, reference=tidy_text(request.reference), payer=tidy_text(request.payer))

    def act(book: "UnitOfWork") -> Done:
        loan = book.accounts.lock(person.branch_id, asked.loan_id)
        ledger = read_ledger(book, loan)
        state = replay_ledger(ledger, today)
        _check(asked, ledger, state, today)
        make = RowMaker(lambda: new_id(desk), person.user_id, desk.clock.now())
        row = _row(asked, ledger, state, make)
        after, _ = post_to_account(book, loan, today, make, LoanBatch(repayments=(row,)))
        recorded = RecoveryRecorded(
            repayment_id=row.repayment_id,
            loan_id=loan.loan_id,
            principal_paise=row.principal_paise,
            interest_paise=row.interest_paise,
            left_paise=after.outstanding_paise,
            version=after.version,
        )
        answer = {"recorded": to_plain(recorded)}
        return Done(answer, "loan", loan.loan_id, {"method": asked.method.value})

    command = Command(request.command_id, "record_recovery", {"request": to_plain(request)})
    return from_plain(RecoveryRecorded, run_command(desk, command, act)["recorded"])


def _check(asked: RecordRecovery, ledger: LoanLedger, state: "AccountState", today: date) -> None:
    loan = ledger.loan
    if loan.status is not LoanStatus.WRITTEN_OFF:
        raise Refused(
            RefusalKind.CONFLICT, "This loan is not written off: record the money as a payment"
        )
    faults = money_faults(asked.reference, asked.payer)
    first = loan.closed_on or loan.disbursement_date
    if not first <= asked.value_date <= today:
        faults["value_date"] = (
            f"Choose {date_shown(first)}, the day it was written off, to {date_shown(today)}"
        )
    most = state.principal_left_paise + _interest_due(ledger, state, first)
    if not 0 < asked.amount_paise <= most:
        faults["amount"] = f"Enter at most {rupees(most)}, what is still owed on it"
    if faults:
        raise bad_input(faults)


def _interest_due(ledger: LoanLedger, state: "AccountState", written_off_on: date) -> int:
    """Interest that had fallen due when the loan was written off, neither paid nor recovered."""
    due = sum(
        each.due.interest_paise - each.interest_paise
        for each in state.dues
        if each.due.due_on <= written_off_on
    )
    recovered = sum(
        row.interest_paise for row in ledger.receipts() if row.kind is RepaymentKind.RECOVERY
    )
    return max(due - recovered, 0)


def _row(
    asked: RecordRecovery, ledger: LoanLedger, state: "AccountState", make: RowMaker
) -> Repayment:
    principal = min(asked.amount_paise, state.principal_left_paise)
    return Repayment(
        repayment_id=make.new_id(),
        loan_id=asked.loan_id,
        value_date=asked.value_date,
        recorded_at=make.at,
        amount_paise=asked.amount_paise,
        interest_paise=asked.amount_paise - principal,
        principal_paise=principal,
        charges_paise=0,
        excess_paise=0,
        balance_after_paise=ledger.balance_paise - principal,
        method=asked.method,
        reference=asked.reference,
        policy=AppropriationOrder.FIFO_IPC,
        kind=RepaymentKind.RECOVERY,
        actor_id=make.actor_id,
        payer=asked.payer or None,
    )
