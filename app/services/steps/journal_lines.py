"""One posting as lines of a journal: what is debited, what is credited.

Source: screens.md S66. Accounts are those of a lender's books: loans and charges are owed to the
bank, an advance is owed to the borrower, interest and charges are income, penal charges of an NPA
once they are received.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from db.records.loans import Charge, Disbursement, Repayment
from db.vocabulary.loan_account import ChargeEntry, ChargeKind

SUSPENSE = f"CHARGES IN SUSPENSE, {ChargeKind.PENAL}"


class JournalLine(NamedTuple):
    """One line; exactly one of debit and credit is more than 0 paise."""

    entry: str
    kind: str
    value_date: date
    account: str
    debit_paise: int
    credit_paise: int


class _Entry(NamedTuple):
    entry: str
    kind: str
    value_date: date

    def debit(self, account: str, paise: int) -> Iterator[JournalLine]:
        """A debit; below 0 it is a credit, 0 is no line."""
        if paise:
            yield JournalLine(*self, account, max(paise, 0), max(-paise, 0))

    def credit(self, account: str, paise: int) -> Iterator[JournalLine]:
        """A credit; below 0 it is a debit, 0 is no line."""
        yield from self.debit(account, -paise)


def disbursement_lines(paid: Disbursement) -> Iterator[JournalLine]:
    """Money paid out, or taken back."""
    entry = _Entry(str(paid.disbursement_id), "Disbursement", paid.disbursement_date)
    yield from entry.debit("LOANS", paid.amount_paise)
    yield from entry.credit(f"PAID OUT, {paid.mode}", paid.amount_paise)


def repayment_lines(row: Repayment, held_paise: int = 0) -> Iterator[JournalLine]:
    """A receipt and its split; a reversal or a moved split turns the sides round.

    `held_paise` is by how much it moves the penal charges in suspense: below 0 they are income now.
    """
    entry = _Entry(str(row.repayment_id), row.kind.value, row.value_date)
    yield from entry.debit(f"RECEIVED, {row.method}", row.amount_paise)
    yield from entry.credit("INTEREST INCOME", row.interest_paise)
    yield from entry.credit("LOANS", row.principal_paise)
    yield from entry.credit("CHARGES DUE", row.charges_paise)
    yield from entry.credit("ADVANCES OF BORROWERS", row.excess_paise)
    yield from entry.credit(SUSPENSE, held_paise)
    yield from entry.debit(f"CHARGES INCOME, {ChargeKind.PENAL}", held_paise)


def charge_lines(charge: Charge, held_paise: int = 0) -> Iterator[JournalLine]:
    """A charge that was levied, given up or taken back; what is held in suspense is no income."""
    levied = charge.entry is ChargeEntry.LEVIED
    paise = charge.amount_paise if levied else -charge.amount_paise
    entry = _Entry(str(charge.charge_id), f"Charge {charge.entry}", charge.value_date)
    yield from entry.debit("CHARGES DUE", paise)
    yield from entry.credit(f"CHARGES INCOME, {charge.kind}", paise - held_paise)
    yield from entry.credit(SUSPENSE, held_paise)


def provision_lines(day: date, now_paise: int | None, before_paise: int) -> Iterator[JournalLine]:
    """By what closing the day moved the provision; nothing while it is not closed."""
    moved = 0 if now_paise is None else now_paise - before_paise
    entry = _Entry(day.isoformat(), "Provision", day)
    yield from entry.debit("PROVISION EXPENSE", moved)
    yield from entry.credit("PROVISION HELD", moved)
