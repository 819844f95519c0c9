"""A loan's account as a statement: what was charged, what was paid, what was owed after it.

Source: screens.md S64, commands.md (`statement`). Interest is charged when its instalment falls
due, or with an early payment; a balance is principal, interest due and charges less an advance.
Interest that joins the principal is charged on its due date. Interest of the days since the last
due date is not in it. Money in paise.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.services.steps.loan_day import LoanDay
from app.services.steps.loan_ledger import LoanLedger
from db.records.loans import Disbursement, Repayment
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind


class StatementKind(StrEnum):
    """What a line of a statement is; payments have the codes of their ledger rows."""

    PAID_OUT = "Disbursement"
    TAKEN_BACK = "Disbursement taken back"
    INTEREST = "Interest"
    RECEIPT = "Receipt"
    REVERSAL = "Reversal"
    PREPAYMENT = "Prepayment"
    CLOSURE = "Closure"
    RECOVERY = "Recovery"
    CAPITALISATION = "Capitalisation"
    CHARGE = "Charge"
    CHARGE_WAIVED = "Charge waived"
    CHARGE_UNDONE = "Charge taken back"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line: a debit raises what is owed, a credit lowers it; one of them is 0."""

    on: date
    kind: StatementKind
    debit_paise: int
    credit_paise: int
    balance_paise: int
    reference: str = ""
    charge: ChargeKind | None = None


@dataclass(frozen=True, slots=True)
class StatementLines:
    """The lines of a period with what was owed before and after them."""

    opening_paise: int
    rows: tuple[StatementRow, ...]
    closing_paise: int


class _Move(NamedTuple):
    """One movement; `paise` is above 0 where it raises what is owed."""

    on: date
    rank: int
    kind: StatementKind
    paise: int
    reference: str = ""
    charge: ChargeKind | None = None


_CHARGES = {
    ChargeEntry.LEVIED: StatementKind.CHARGE,
    ChargeEntry.WAIVED: StatementKind.CHARGE_WAIVED,
    ChargeEntry.REVERSED: StatementKind.CHARGE_UNDONE,
}
# Paid outside the schedule; what closes a loan has a due of its own there.
_EARLY = frozenset({RepaymentKind.PREPAYMENT, RepaymentKind.RECOVERY})


def statement_lines(
    day: LoanDay, paid_out: Sequence[Disbursement], begin: date, *, charges: bool
) -> StatementLines:
    """The lines from a day to the day of the account.

    Args:
        day: the account at the end of the period.
        paid_out: payments out, with those taken back.
        begin: first day of the period; what came before it makes the opening.
        charges: with the charge ledger; without it, what was paid of charges is left out too.
    """
    balance = opening = 0
    rows = []
    for move in sorted(_moves(day, paid_out, charges=charges), key=lambda each: each[:2]):
        balance += move.paise
        if move.on < begin:
            opening = balance
        elif move.paise:
            rows.append(_row(move, balance))
    return StatementLines(opening, tuple(rows), balance)


def _row(move: _Move, balance: int) -> StatementRow:
    return StatementRow(
        on=move.on,
        kind=move.kind,
        debit_paise=max(move.paise, 0),
        credit_paise=max(-move.paise, 0),
        balance_paise=balance,
        reference=move.reference,
        charge=move.charge,
    )


def _moves(day: LoanDay, paid_out: Sequence[Disbursement], *, charges: bool) -> Iterator[_Move]:
    ledger, on = day.ledger, day.on
    for out in paid_out:
        if out.disbursement_date <= on:
            back = out.reverses_id is not None
            kind = StatementKind.TAKEN_BACK if back else StatementKind.PAID_OUT
            yield _Move(out.disbursement_date, 0, kind, out.amount_paise)
    for due in ledger.schedule:
        if due.due_date <= on:
            number = f"No. {due.number}"
            yield _Move(due.due_date, 1, StatementKind.INTEREST, due.interest_paise, number)
            joined = due.closing_paise - due.opening_paise + due.principal_paise
            yield _Move(due.due_date, 1, StatementKind.CAPITALISATION, joined, number)
    if charges:
        for each in ledger.charges:
            signed = each.amount_paise * (1 if each.entry is ChargeEntry.LEVIED else -1)
            yield _Move(each.value_date, 2, _CHARGES[each.entry], signed, "", each.kind)
    yield from _payments(ledger, charges=charges)


def _payments(ledger: LoanLedger, *, charges: bool) -> Iterator[_Move]:
    apart = {} if charges else _paid_of_charges(ledger)
    for rank, row in enumerate(ledger.rows, start=3):
        if row.kind in _EARLY and row.reverses_id is None:
            yield _Move(row.value_date, rank, StatementKind.INTEREST, row.interest_paise)
        if row.amount_paise:  # corrections and interest that joins move no money
            paise = row.amount_paise - apart.get(row.repayment_id, 0)
            yield _Move(row.value_date, rank, _kind_of(row), -paise, row.reference)


def _kind_of(row: Repayment) -> StatementKind:
    return StatementKind(row.kind.value)


def _paid_of_charges(ledger: LoanLedger) -> dict[UUID, int]:
    """What each payment, or reversal of one, moved of charges after all corrections."""
    found: dict[UUID, int] = defaultdict(int)
    for row in ledger.rows:
        found[row.corrects_id or row.repayment_id] += row.charges_paise
    return found
