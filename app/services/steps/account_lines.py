"""A loan's account in lines: the schedule with what is paid, the ledger, charges, payments.

Source: screens.md S61. Reversals and corrections name the payment they speak of; charges stand
apart and are never in the principal. Money in paise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.rules.days_past_due import days_past_due
from app.rules.loan_account import PaidDue
from app.rules.rulebook import Rulebook
from app.services.steps.loan_day import LoanDay, waiting_rows
from app.services.steps.loan_ledger import LoanLedger, split_of
from db.records.loans import Charge, Disbursement, Instalment, Repayment
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind


class DueState(StrEnum):
    """How an instalment stands at the end of a day."""

    NOT_DUE = "not due"
    NOTHING = "nothing due"  # a month of a moratorium
    PAID = "paid"
    PART = "part paid"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One instalment.

    Attributes:
        paid_paise: principal and interest paid of it.
        balance_paise: principal left by plan once it is paid.
        days_late: of one that is unpaid, past due that day; of one that is paid, how late it was.
    """

    number: int
    due_on: date
    principal_paise: int
    interest_paise: int
    paid_paise: int
    balance_paise: int
    state: DueState
    days_late: int = 0
    paid_on: date | None = None

    @property
    def due_paise(self) -> int:
        """The whole instalment."""
        return self.principal_paise + self.interest_paise


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One posting. Parts that lower what is owed are above 0.

    Attributes:
        about: value date of the payment that a reversal or correction speaks of.
        undone: a payment that was reversed later.
        by: who posted it; empty where that was not kept.
    """

    entry_id: UUID
    on: date
    recorded_at: datetime | None
    kind: RepaymentKind | LoanAct
    amount_paise: int
    interest_paise: int
    principal_paise: int
    charges_paise: int
    excess_paise: int
    balance_paise: int
    method: str = ""
    reference: str = ""
    about: date | None = None
    undone: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment with what became of it after all corrections."""

    entry_id: UUID
    on: date
    kind: RepaymentKind
    amount_paise: int
    interest_paise: int
    principal_paise: int
    charges_paise: int
    excess_paise: int
    method: str
    reference: str
    payer: str
    by: str
    undone: bool


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One entry of the charge ledger; `amount_paise` is below 0 where it was waived or undone."""

    charge_id: UUID
    on: date
    entry: ChargeEntry
    kind: ChargeKind
    amount_paise: int
    reason: str
    due_on: date | None
    by: str


Names = Mapping[UUID, str]


def schedule_lines(day: LoanDay, rulebook: Rulebook, counted_to: date) -> tuple[ScheduleLine, ...]:
    """The schedule in force with what is paid; days late are counted to a closed day-end."""
    plan = {row.number: row for row in day.ledger.schedule}
    return tuple(
        _due_line(each, plan[each.due.number], (day.on, min(counted_to, day.on)), rulebook)
        for each in day.state.dues
    )


def ledger_lines(
    day: LoanDay, paid_out: Sequence[Disbursement], names: Names
) -> tuple[LedgerLine, ...]:
    """Every posting by value date, then as it was recorded, with the balance it leaves.

    An advance that met a due since stands there as the next posting will write it.
    """
    whole = replace(day.ledger, rows=(*day.ledger.rows, *waiting_rows(day)))
    found = [*_payouts(paid_out, day.on), *_postings(whole, names)]
    found.sort(key=lambda line: (line.on, line.recorded_at is not None, _recorded(line)))
    return tuple(_balanced(found))


def payment_lines(day: LoanDay, names: Names) -> tuple[PaymentLine, ...]:
    """The payments, newest first."""
    paid = [row for row in day.ledger.rows if row.kind in _PAYMENTS]
    paid.sort(key=lambda row: (row.value_date, row.recorded_at), reverse=True)
    return tuple(_payment(row, day.ledger, names) for row in paid)


def charge_lines(charges: Sequence[Charge], names: Names) -> tuple[ChargeLine, ...]:
    """The charge ledger by value date."""
    return tuple(
        ChargeLine(
            charge_id=each.charge_id,
            on=each.value_date,
            entry=each.entry,
            kind=each.kind,
            amount_paise=each.amount_paise * (1 if each.entry is ChargeEntry.LEVIED else -1),
            reason=each.reason,
            due_on=each.due_date,
            by=names.get(each.actor_id, ""),
        )
        for each in sorted(charges, key=lambda each: (each.value_date, each.recorded_at))
    )


def balance_points(lines: Sequence[LedgerLine]) -> tuple[tuple[date, int], ...]:
    """The principal left at the end of each day on which it moved."""
    ends = {line.on: line.balance_paise for line in lines}
    return tuple(ends.items())


_PAYMENTS = frozenset(
    {
        RepaymentKind.RECEIPT,
        RepaymentKind.PREPAYMENT,
        RepaymentKind.CLOSURE,
        RepaymentKind.RECOVERY,
    }
)


def _due_line(
    paid: PaidDue, row: Instalment, days: tuple[date, date], rulebook: Rulebook
) -> ScheduleLine:
    on, counted_to = days
    due, done = paid.due, paid.interest_paise + paid.principal_paise
    state, late = DueState.NOT_DUE, 0
    if due.due_on <= on:
        if not due.interest_paise + due.principal_paise:
            state = DueState.NOTHING
        elif paid.left_paise:
            state = DueState.PART if done else DueState.UNPAID
            late = days_past_due(due.due_on, counted_to, rulebook)
        else:
            state = DueState.PAID
            late = max(((paid.paid_on or due.due_on) - due.due_on).days, 0)
    return ScheduleLine(
        number=due.number,
        due_on=due.due_on,
        principal_paise=due.principal_paise,
        interest_paise=due.interest_paise,
        paid_paise=done,
        balance_paise=row.closing_paise,
        state=state,
        days_late=late,
        paid_on=paid.paid_on,
    )


def _payouts(paid_out: Sequence[Disbursement], on: date) -> Iterator[LedgerLine]:
    days = {out.disbursement_id: out.disbursement_date for out in paid_out}
    undone = {out.reverses_id for out in paid_out}
    for out in paid_out:
        if out.disbursement_date > on:
            continue
        back = out.reverses_id is not None
        yield LedgerLine(
            entry_id=out.disbursement_id,
            on=out.disbursement_date,
            recorded_at=None,
            kind=LoanAct.DISBURSEMENT_REVERSAL if back else LoanAct.DISBURSEMENT,
            amount_paise=out.amount_paise,
            interest_paise=0,
            principal_paise=-out.amount_paise,
            charges_paise=0,
            excess_paise=0,
            balance_paise=0,
            method=out.mode.value,
            about=days.get(out.reverses_id) if out.reverses_id else None,
            undone=out.disbursement_id in undone,
        )


def _postings(ledger: LoanLedger, names: Names) -> Iterator[LedgerLine]:
    days = {row.repayment_id: row.value_date for row in ledger.rows}
    undone = ledger.reversed_ids
    for row in ledger.rows:
        named = row.reverses_id or row.corrects_id
        split = split_of(row)
        yield LedgerLine(
            entry_id=row.repayment_id,
            on=row.value_date,
            recorded_at=row.recorded_at,
            kind=row.kind,
            amount_paise=row.amount_paise,
            interest_paise=split.interest_paise,
            principal_paise=split.principal_paise,
            charges_paise=split.charges_paise,
            excess_paise=split.excess_paise,
            balance_paise=0,
            method=row.method.value if row.amount_paise else "",
            reference=row.reference,
            about=None if named is None else days.get(named),
            undone=row.repayment_id in undone,
            by="" if row.actor_id is None else names.get(row.actor_id, ""),
        )


def _recorded(line: LedgerLine) -> tuple[float, bytes]:
    at = line.recorded_at
    return (0.0 if at is None else at.timestamp(), line.entry_id.bytes)


def _balanced(lines: Sequence[LedgerLine]) -> Iterator[LedgerLine]:
    balance = 0
    for line in lines:
        balance -= line.principal_paise
        yield replace(line, balance_paise=balance)


def _payment(row: Repayment, ledger: LoanLedger, names: Names) -> PaymentLine:
    undone = row.repayment_id in ledger.reversed_ids
    split = split_of(row) if undone else ledger.net_split(row.repayment_id)
    return PaymentLine(
        entry_id=row.repayment_id,
        on=row.value_date,
        kind=row.kind,
        amount_paise=row.amount_paise,
        interest_paise=split.interest_paise,
        principal_paise=split.principal_paise,
        charges_paise=split.charges_paise,
        excess_paise=split.excess_paise,
        method=row.method.value,
        reference=row.reference,
        payer=row.payer or "",
        by="" if row.actor_id is None else names.get(row.actor_id, ""),
        undone=undone,
    )
