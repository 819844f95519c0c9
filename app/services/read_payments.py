"""What is needed to record a payment on a loan: what is due, and what came in last.

Source: screens.md S62. Every receipt says whether it stands, was reversed, or waits to be.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.rules.receipt_terms import ReceiptTerms, needs_identity
from app.services.steps.loan_ledger import LoanLedger, read_ledger
from app.services.steps.loan_owed import loan_of
from app.services.steps.open_account import refuse_closed
from app.services.steps.permission import permit
from app.services.steps.receipt_effect import Parts
from app.services.steps.refusal import Refused
from app.services.steps.reversal_case import undone_by
from db.vocabulary.loan_account import ActState, RepaymentKind
from db.vocabulary.loan_life import AssetClass, PaymentMethod

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.loans import Loan, LoanActRecord, Repayment
    from db.unit_of_work import UnitOfWork

MOST_PAYMENTS = 12


class PaymentState(StrEnum):
    """What became of a receipt."""

    STANDS = "stands"
    WAITS = "waits"  # a reversal waits for its second person
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class WaitingReversal:
    """A proposal to undo a receipt: by whom and why."""

    maker_id: UUID
    maker_name: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A receipt with its split as it stands now, in paise."""

    repayment_id: UUID
    kind: RepaymentKind
    value_date: date
    amount_paise: int
    method: PaymentMethod
    reference: str
    payer: str
    split: Parts
    state: PaymentState
    waiting: WaitingReversal | None = None


@dataclass(frozen=True, slots=True)
class PaymentDesk:
    """A loan as the person who takes a payment sees it, in paise.

    Attributes:
        due_paise: arrears and charges, less what waits as an advance.
        next_due_paise: of the instalment that falls due next, 0 where none does.
        closed_words: why it takes no payment; empty while it does.
        cash_offered: what is asked for may come as cash without more being asked of the payer.
        payments: newest first, at most `MOST_PAYMENTS`.
    """

    loan_id: UUID
    reference: str
    full_name: str
    asset_class: AssetClass
    due_paise: int
    next_due_paise: int
    next_due_date: date | None
    advance_paise: int
    closed_words: str
    cash_offered: bool
    payments: tuple[PaymentLine, ...]

    @property
    def asked_paise(self) -> int:
        """What a payment is most likely to be: what is due, else the next instalment."""
        return _asked_paise(self.due_paise, self.next_due_paise, self.advance_paise)


def read_payments(loan: UUID | str, desk: "Desk") -> PaymentDesk:
    """Read a loan for the person who takes a payment.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
        NotFound: the branch has no such loan.
    """
    branch_id, rulebook = permit(desk, Act.READ_LOANS).branch_id, desk.rulebook()
    with desk.read_book() as book:
        found = loan_of(book, branch_id, loan)
        ledger = read_ledger(book, found)
        customer = book.customers.get(branch_id, found.customer_id)
        lines = _lines(book, found, ledger)
    coming = next((row for row in ledger.schedule if row.due_date == found.next_due_date), None)
    due = found.overdue_paise + found.charges_due_paise
    next_due = 0 if coming is None else coming.interest_paise + coming.principal_paise
    today = desk.clock.today()
    cash = ReceiptTerms(_asked_paise(due, next_due, found.advance_paise), today, PaymentMethod.CASH)
    return PaymentDesk(
        loan_id=found.loan_id,
        reference=found.reference,
        full_name=customer.full_name,
        asset_class=found.asset_class,
        due_paise=due,
        next_due_paise=next_due,
        next_due_date=found.next_due_date,
        advance_paise=found.advance_paise,
        closed_words=_closed_words(found),
        cash_offered=not needs_identity(cash, today, rulebook),
        payments=lines,
    )


def _asked_paise(due_paise: int, next_due_paise: int, advance_paise: int) -> int:
    return due_paise or max(next_due_paise - advance_paise, 0)


def _closed_words(loan: "Loan") -> str:
    try:
        refuse_closed(loan)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _lines(book: "UnitOfWork", loan: "Loan", ledger: LoanLedger) -> tuple[PaymentLine, ...]:
    waiting = {
        undone_by(act): _waiting(book, act)
        for act in book.acts.of(loan.branch_id, loan_id=loan.loan_id)
        if act.state is ActState.PROPOSED and undone_by(act) is not None
    }
    money = [row for row in ledger.rows if row.amount_paise > 0]
    newest = sorted(money, key=lambda row: (row.value_date, row.recorded_at), reverse=True)
    return tuple(
        _line(ledger, row, waiting.get(row.repayment_id)) for row in newest[:MOST_PAYMENTS]
    )


def _waiting(book: "UnitOfWork", act: "LoanActRecord") -> WaitingReversal:
    maker = book.users.get(act.maker_id)
    return WaitingReversal(act.maker_id, maker.full_name, act.reason, act.note)


def _line(ledger: LoanLedger, row: "Repayment", waiting: WaitingReversal | None) -> PaymentLine:
    undone = row.repayment_id in ledger.reversed_ids
    state = PaymentState.STANDS if waiting is None else PaymentState.WAITS
    split = ledger.net_split(row.repayment_id)
    if undone:
        state = PaymentState.REVERSED
    return PaymentLine(
        repayment_id=row.repayment_id,
        kind=row.kind,
        value_date=row.value_date,
        amount_paise=row.amount_paise,
        method=row.method,
        reference=row.reference,
        payer=row.payer or "",
        split=Parts(*split),
        state=state,
        waiting=waiting,
    )
