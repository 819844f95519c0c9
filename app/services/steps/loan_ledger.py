"""A loan's account as the book keeps it, and the rows that bring the ledger to what a replay says.

Source: data-and-sync.md 3 and 4: rows are only added. A back-dated entry moves the splits of what
came after it by rows of no amount that name the row they correct.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from app.rules.loan_account import (
    AccountDue,
    AccountEvent,
    AccountState,
    EventKind,
    Split,
    replay,
)
from db.records.loans import Charge, Instalment, Loan, LoanBatch, Repayment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ChargeEntry, RepaymentKind
from db.vocabulary.loan_life import LoanStatus, PaymentMethod

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_EVENTS = {
    RepaymentKind.RECEIPT: EventKind.RECEIPT,
    RepaymentKind.PREPAYMENT: EventKind.PRINCIPAL,
    # What closes a loan meets a due of its own on that day, and is used like any receipt.
    RepaymentKind.CLOSURE: EventKind.RECEIPT,
    RepaymentKind.RECOVERY: EventKind.PRINCIPAL,
}

_CARRIED = "carried"


class Carried(NamedTuple):
    """What was settled before the part of an account that was read.

    Attributes:
        advance_paise: paid ahead, which meets what falls due.
        charges_paise: still due.
        later_paise: what the instalments that were not read still ask for.
    """

    advance_paise: int
    charges_paise: int
    later_paise: int


@dataclass(frozen=True, slots=True)
class LoanLedger:
    """Everything that stands in the book about one loan's account.

    Attributes:
        rows: of the ledger, in the order of recording.
        disbursed_paise: paid out, less what was taken back.
        carried: None for a whole account. Otherwise rows and charges are those that are being
            added, the schedule is what is open of it, and `disbursed_paise` what is owed before.
    """

    loan: Loan
    schedule: tuple[Instalment, ...]
    rows: tuple[Repayment, ...]
    charges: tuple[Charge, ...]
    disbursed_paise: int
    carried: Carried | None = None

    @property
    def reversed_ids(self) -> frozenset[UUID]:
        """Receipts that a reversal has undone."""
        return frozenset(row.reverses_id for row in self.rows if row.reverses_id is not None)

    @property
    def balance_paise(self) -> int:
        """Principal that the rows leave owed."""
        return self.disbursed_paise - sum(row.principal_paise for row in self.rows)

    def net_split(self, repayment_id: UUID) -> Split:
        """A row's own parts and all corrections of it."""
        parts = [
            split_of(row)
            for row in self.rows
            if repayment_id in (row.repayment_id, row.corrects_id, row.reverses_id)
        ]
        return Split(*(sum(column) for column in zip(*parts, strict=True)))

    def adding(self, batch: LoanBatch) -> "LoanLedger":
        """The ledger with rows that were just added to the book, in the order it reads them."""
        paid_out = sum(out.amount_paise for out in batch.disbursements)
        return replace(
            self,
            rows=in_order((*self.rows, *batch.repayments)),
            charges=(*self.charges, *batch.charges),
            disbursed_paise=self.disbursed_paise + paid_out,
        )

    def receipts(self) -> tuple[Repayment, ...]:
        """Receipts that stand: neither corrections nor undone."""
        undone = self.reversed_ids
        return tuple(
            row for row in self.rows if row.kind in _EVENTS and row.repayment_id not in undone
        )


@dataclass(frozen=True, slots=True)
class RowMaker:
    """What every new row of one act carries."""

    new_id: Callable[[], UUID]
    actor_id: UUID
    at: datetime


def read_ledger(book: "UnitOfWork", loan: Loan) -> LoanLedger:
    """Read a loan's account in four statements."""
    key = (loan.branch_id, loan.loan_id)
    rows = book.loans.repayments(*key)
    return LoanLedger(
        loan=loan,
        schedule=book.loans.schedule(*key),
        rows=in_order(rows),
        charges=book.accounts.charges(*key),
        disbursed_paise=sum(out.amount_paise for out in book.loans.disbursements(*key)),
    )


def in_order(rows: Iterable[Repayment]) -> tuple[Repayment, ...]:
    """Rows in the order of recording."""
    return tuple(sorted(rows, key=lambda row: (row.recorded_at, row.repayment_id.bytes)))


def replay_ledger(
    ledger: LoanLedger, until: date, more: Iterable[AccountEvent] = ()
) -> AccountState:
    """Replay the ledger and what is to be added up to a day; a loan written off grows no more."""
    loan = ledger.loan
    gone = loan.closed_on if loan.status is LoanStatus.WRITTEN_OFF else None
    dues = [
        AccountDue(
            row.number,
            row.due_date,
            row.interest_paise - settled.interest_paise,
            row.principal_paise - settled.principal_paise,
            0
            if gone is not None and row.due_date > gone
            else row.closing_paise - row.opening_paise + row.principal_paise,
        )
        for row, settled in zip(ledger.schedule, _settled_before(ledger), strict=True)
    ]
    return replay(ledger.disbursed_paise, dues, [*events_of(ledger), *more], until)


def _settled_before(ledger: LoanLedger) -> list[Split]:
    """What the replay of a carried account does not settle again, for each instalment."""
    if ledger.carried is None:
        return [Split()] * len(ledger.schedule)
    return [Split(row.paid_interest_paise, row.paid_principal_paise) for row in ledger.schedule]


def events_of(ledger: LoanLedger) -> Iterator[AccountEvent]:
    """What happened on the account, as a replay takes it."""
    if ledger.carried is not None:
        # An advance does not pay charges: it stands before them, and before anything is due.
        advance, charged, _later = ledger.carried
        if advance:
            yield AccountEvent(_CARRIED, EventKind.RECEIPT, date.min, -2, advance)
        yield AccountEvent(_CARRIED, EventKind.CHARGE, date.min, -1, charged)
    for order, row in enumerate(ledger.receipts()):
        kind = _EVENTS[row.kind]
        yield AccountEvent(
            key=str(row.repayment_id),
            kind=kind,
            on=row.value_date,
            order=order,
            amount_paise=row.amount_paise,
            interest_paise=row.interest_paise if kind is EventKind.PRINCIPAL else 0,
            policy=row.policy,
        )
    for charge in ledger.charges:
        levied = charge.entry is ChargeEntry.LEVIED
        yield AccountEvent(
            key=str(charge.charge_id),
            kind=EventKind.CHARGE,
            on=charge.value_date,
            # Charges of a day stand before its receipts, those that its day-end levied after them.
            order=len(ledger.rows) if charge.of_day_end else -1,
            amount_paise=charge.amount_paise if levied else -charge.amount_paise,
        )


def corrections(ledger: LoanLedger, state: AccountState, make: RowMaker) -> tuple[Repayment, ...]:
    """The rows that bring the ledger's splits to those of a replay; none where they agree.

    Rows that give principal back come first, so that no balance on the way falls below 0.
    """
    uses: dict[date, Split] = {}
    for use in state.advance_uses:  # two dues may fall on one day
        uses[use.due_on] = _more(uses.get(use.due_on, Split()), use.split)
    joined = {day: Split(paise, -paise) for day, paise in state.joined.items()}
    drafts = [
        *_moved_splits(ledger, state),
        *_moved_days(ledger, RepaymentKind.ADVANCE_USED, uses),
        *_moved_days(ledger, RepaymentKind.CAPITALISATION, joined),
    ]
    drafts.sort(key=lambda draft: draft[1].principal_paise)
    balance, made = ledger.balance_paise, []
    for place, split in drafts:
        balance -= split.principal_paise
        made.append(_row(ledger, place, (split, balance), make))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a correcting row stands for."""

    kind: RepaymentKind
    value_date: date
    corrects_id: UUID | None


def _moved_splits(ledger: LoanLedger, state: AccountState) -> Iterator[tuple[_Place, Split]]:
    for row in ledger.receipts():
        wanted = state.splits.get(str(row.repayment_id))
        if wanted is None:  # of a later day than the replay
            continue
        moved = _less(wanted, ledger.net_split(row.repayment_id))
        if any(moved):
            place = _Place(RepaymentKind.REALLOCATION, row.value_date, row.repayment_id)
            yield place, moved


def _moved_days(
    ledger: LoanLedger, kind: RepaymentKind, wanted: Mapping[date, Split]
) -> Iterator[tuple[_Place, Split]]:
    """Rows of no money that stand once for a due date: advances used, interest that joined."""
    stands = {row.value_date: row for row in ledger.rows if row.kind is kind}
    for due_on in sorted(wanted.keys() | stands.keys()):
        row, split = stands.get(due_on), wanted.get(due_on, Split())
        if row is None:
            yield _Place(kind, due_on, None), split
            continue
        moved = _less(split, ledger.net_split(row.repayment_id))
        if any(moved):
            yield _Place(RepaymentKind.REALLOCATION, due_on, row.repayment_id), moved


def _row(ledger: LoanLedger, place: _Place, moved: tuple[Split, int], make: RowMaker) -> Repayment:
    split, balance = moved
    return Repayment(
        repayment_id=make.new_id(),
        loan_id=ledger.loan.loan_id,
        value_date=place.value_date,
        recorded_at=make.at,
        amount_paise=0,
        interest_paise=split.interest_paise,
        principal_paise=split.principal_paise,
        charges_paise=split.charges_paise,
        excess_paise=split.excess_paise,
        balance_after_paise=balance,
        method=PaymentMethod.BANK_TRANSFER,
        reference="",
        policy=AppropriationOrder.FIFO_IPC,
        kind=place.kind,
        corrects_id=place.corrects_id,
        actor_id=make.actor_id,
    )


def split_of(row: Repayment) -> Split:
    """The parts of a row."""
    return Split(row.interest_paise, row.principal_paise, row.charges_paise, row.excess_paise)


def _more(one: Split, other: Split) -> Split:
    return Split(*(a + b for a, b in zip(one, other, strict=True)))


def _less(one: Split, other: Split) -> Split:
    return Split(*(a - b for a, b in zip(one, other, strict=True)))


def settled_rows(ledger: LoanLedger, state: AccountState) -> tuple[Instalment, ...]:
    """The instalments whose paid part differs from what the book says."""
    paid = {each.due.number: each for each in state.dues}
    after = [
        replace(
            row,
            paid_interest_paise=settled.interest_paise + paid[row.number].interest_paise,
            paid_principal_paise=settled.principal_paise + paid[row.number].principal_paise,
            paid_on=paid[row.number].paid_on,
        )
        for row, settled in zip(ledger.schedule, _settled_before(ledger), strict=True)
    ]
    return tuple(new for old, new in zip(ledger.schedule, after, strict=True) if new != old)
