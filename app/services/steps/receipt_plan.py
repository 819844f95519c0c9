"""What a receipt or a reversal does to an account, worked out before anything is written.

The live preview and the posting share this, so that what was shown is what is posted.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.rules.loan_account import AccountState, Split
from app.services.steps.loan_ledger import LoanLedger, RowMaker, replay_ledger
from db.records.loans import Charge, LoanBatch, Repayment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ChargeEntry, RepaymentKind
from db.vocabulary.loan_life import PaymentMethod


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """A receipt as it is to be posted.

    Attributes:
        policy: how it is used.
        reference: tidy.
    """

    amount_paise: int
    value_date: date
    method: PaymentMethod
    reference: str
    policy: AppropriationOrder
    payer: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row to be added, and the account without it and with it.

    Attributes:
        ledger: as it stands before the row.
        split: what the row comes to once everything that follows from it is settled.
        beside: rows that are added before it, with the same act; the split counts them too.
        charges: entries that the row brings; `ledger` holds them already.
    """

    ledger: LoanLedger
    row: Repayment
    before: AccountState
    after: AccountState
    split: Split
    beside: tuple[Repayment, ...] = ()
    charges: tuple[Charge, ...] = ()

    @property
    def added(self) -> LoanBatch:
        """All rows to be added."""
        return LoanBatch(repayments=self._rows, charges=self.charges)

    @property
    def _rows(self) -> tuple[Repayment, ...]:
        return (*self.beside, self.row)

    @property
    def ledger_after(self) -> LoanLedger:
        """The ledger with the row."""
        return self.ledger.adding(LoanBatch(repayments=self._rows))

    @property
    def charged_paise(self) -> int:
        """By how much the charges due grow with the row, before any of it is paid."""
        return sum(
            each.amount_paise if each.entry is ChargeEntry.LEVIED else -each.amount_paise
            for each in self.charges
        )

    @property
    def left_paise(self) -> int:
        """Everything still to be paid on the loan before the row, charges among it."""
        later = 0 if self.ledger.carried is None else self.ledger.carried.later_paise
        left = sum(each.left_paise for each in self.before.dues)
        return left + later + self.before.charges_due_paise

    @property
    def moved(self) -> tuple[Repayment, ...]:
        """Other receipts whose split it changes."""
        undone = {row.reverses_id for row in self._rows}
        return tuple(
            row
            for row in self.ledger.receipts()
            if row.repayment_id not in undone
            and str(row.repayment_id) in self.after.splits
            and self.after.splits[str(row.repayment_id)] != self.ledger.net_split(row.repayment_id)
        )


def plan_receipt(
    ledger: LoanLedger, entry: ReceiptEntry, today: date, make: RowMaker
) -> PlannedRow:
    """Split a receipt over what is owed on its value date; later receipts give way to it."""
    waiting = _row_of(ledger, entry, make)
    after = replay_ledger(ledger.adding(LoanBatch(repayments=(waiting,))), today)
    split = after.splits[str(waiting.repayment_id)]
    balance = ledger.balance_paise - split.principal_paise
    # A back-dated receipt may take principal that a later one has to give back first: it is
    # written as an advance then, and the posting moves it with the others.
    row = waiting if balance < 0 else with_split(waiting, split, balance)
    return PlannedRow(ledger, row, replay_ledger(ledger, today), after, split)


def plan_reversal(
    ledger: LoanLedger, undone: Repayment, reversal_id: UUID, today: date, make: RowMaker
) -> PlannedRow:
    """Undo a receipt on its own value date, with everything that corrected it since."""
    net = ledger.net_split(undone.repayment_id)
    split = Split(*(-part for part in net))
    row = replace(
        undone,
        repayment_id=reversal_id,
        recorded_at=make.at,
        amount_paise=-undone.amount_paise,
        kind=RepaymentKind.REVERSAL,
        reverses_id=undone.repayment_id,
        corrects_id=None,
        actor_id=make.actor_id,
    )
    row = with_split(row, split, ledger.balance_paise - split.principal_paise)
    after = replay_ledger(ledger.adding(LoanBatch(repayments=(row,))), today)
    return PlannedRow(ledger, row, replay_ledger(ledger, today), after, split)


def together(first: PlannedRow, second: PlannedRow) -> PlannedRow:
    """Two rows of one act, the second planned on the account with the first."""
    return replace(
        second,
        ledger=first.ledger,
        before=first.before,
        split=Split(*(sum(parts) for parts in zip(first.split, second.split, strict=True))),
        beside=(*first.beside, first.row),
    )


def with_split(row: Repayment, split: Split, balance_paise: int) -> Repayment:
    """A row with its parts and the balance it leaves."""
    return replace(
        row,
        interest_paise=split.interest_paise,
        principal_paise=split.principal_paise,
        charges_paise=split.charges_paise,
        excess_paise=split.excess_paise,
        balance_after_paise=balance_paise,
    )


def _row_of(ledger: LoanLedger, entry: ReceiptEntry, make: RowMaker) -> Repayment:
    return Repayment(
        repayment_id=make.new_id(),
        loan_id=ledger.loan.loan_id,
        value_date=entry.value_date,
        recorded_at=make.at,
        amount_paise=entry.amount_paise,
        interest_paise=0,
        principal_paise=0,
        charges_paise=0,
        excess_paise=entry.amount_paise,
        balance_after_paise=ledger.balance_paise,
        method=entry.method,
        reference=entry.reference,
        policy=entry.policy,
        actor_id=make.actor_id,
        payer=entry.payer,
    )
