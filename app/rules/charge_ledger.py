"""Charges of a loan, apart from its principal and interest: levied, received, waived, reversed.

Source: lending-rules.md 5.1, 5.3 and 6.6. Entries are only added. A reversal undoes one earlier
entry in full, once. No entry knows principal, so no posting can move a charge into it.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import accumulate

from app.rules.field_refusal import FieldRefusedError
from app.rules.money import rupees


class ChargeEntryKind(StrEnum):
    """What an entry does."""

    LEVIED = "levied"
    RECEIVED = "received"
    WAIVED = "waived"
    REVERSED = "reversed"


class ChargeEntryError(FieldRefusedError):
    """An entry that the ledger cannot take."""


@dataclass(frozen=True, slots=True)
class ChargeEntry:
    """One entry.

    Attributes:
        on: its value date; a reversal keeps the one of the entry it undoes.
        amount_paise: more than 0, whatever the kind.
        reason: the sentence for statement and reminder.
        reverses: for a reversal, the place of the entry it undoes, from 0.
    """

    on: date
    kind: ChargeEntryKind
    amount_paise: int
    reason: str
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class ChargeLedger:
    """All entries in the order they were made; each act gives a new ledger.

    Raises on construction:
        ChargeEntryError: an entry of nothing, without a reason, below 0, or undone twice.
    """

    entries: tuple[ChargeEntry, ...] = ()

    def __post_init__(self) -> None:
        for place in range(len(self.entries)):
            _check_entry(self.entries, place)
        unpaid = 0
        for entry in self.entries:
            balance = unpaid + _effect(self.entries, entry)
            if balance < 0:
                raise _overdrawn(entry, unpaid)
            unpaid = balance

    @property
    def balances_paise(self) -> tuple[int, ...]:
        """What was unpaid after each entry."""
        return tuple(accumulate(_effect(self.entries, entry) for entry in self.entries))

    @property
    def balance_paise(self) -> int:
        """What is unpaid now."""
        return sum(_effect(self.entries, entry) for entry in self.entries)

    @property
    def levied_paise(self) -> int:
        """Charged, less what was taken back."""
        return self._standing(ChargeEntryKind.LEVIED)

    @property
    def received_paise(self) -> int:
        """Paid, less what bounced."""
        return self._standing(ChargeEntryKind.RECEIVED)

    @property
    def waived_paise(self) -> int:
        """Given up, less what was given up by mistake."""
        return self._standing(ChargeEntryKind.WAIVED)

    def levy(self, amount_paise: int, on: date, reason: str) -> "ChargeLedger":
        """Charge an amount."""
        return self._with(ChargeEntry(on, ChargeEntryKind.LEVIED, amount_paise, reason))

    def receive(self, amount_paise: int, on: date, reason: str) -> "ChargeLedger":
        """Take a payment, at most what is unpaid."""
        return self._with(ChargeEntry(on, ChargeEntryKind.RECEIVED, amount_paise, reason))

    def waive(self, amount_paise: int, on: date, reason: str) -> "ChargeLedger":
        """Give up an amount, at most what is unpaid."""
        return self._with(ChargeEntry(on, ChargeEntryKind.WAIVED, amount_paise, reason))

    def reverse(self, place: int, reason: str) -> "ChargeLedger":
        """Undo the entry at that place, from 0, with its value date.

        Raises:
            ChargeEntryError: there is none, it is undone already, or a charge has been paid since.
        """
        if not 0 <= place < len(self.entries):
            raise ChargeEntryError("reverses", "Choose an entry of the ledger to reverse")
        undone = self.entries[place]
        return self._with(
            replace(undone, kind=ChargeEntryKind.REVERSED, reason=reason, reverses=place)
        )

    def _with(self, entry: ChargeEntry) -> "ChargeLedger":
        return ChargeLedger((*self.entries, entry))

    def _standing(self, kind: ChargeEntryKind) -> int:
        undone = {entry.reverses for entry in self.entries}
        return sum(
            entry.amount_paise
            for place, entry in enumerate(self.entries)
            if entry.kind is kind and place not in undone
        )


def _effect(entries: tuple[ChargeEntry, ...], entry: ChargeEntry) -> int:
    """By how much an entry moves what is unpaid; a reversal moves it the other way round."""
    acting = entry if entry.reverses is None else entries[entry.reverses]
    adds = (acting.kind is ChargeEntryKind.LEVIED) is (entry.reverses is None)
    return entry.amount_paise if adds else -entry.amount_paise


def _overdrawn(entry: ChargeEntry, unpaid_paise: int) -> ChargeEntryError:
    if entry.reverses is not None:
        return ChargeEntryError(
            "reverses", "This charge is paid or waived: reverse the receipt or waiver first"
        )
    return ChargeEntryError(
        "amount", f"Enter at most {rupees(unpaid_paise)}, the charges still unpaid"
    )


def _check_entry(entries: tuple[ChargeEntry, ...], place: int) -> None:
    entry, earlier = entries[place], entries[:place]
    if entry.amount_paise <= 0:
        raise ChargeEntryError("amount", "Enter an amount of more than ₹0")
    if not entry.reason.strip():
        raise ChargeEntryError("reason", "Give the reason: it stands in every reminder")
    is_reversal = entry.kind is ChargeEntryKind.REVERSED
    if is_reversal != (entry.reverses is not None):
        raise ChargeEntryError("reverses", "Name the entry that a reversal undoes, and no other")
    if entry.reverses is not None:
        _check_reversal(entry.amount_paise, entry.reverses, earlier)


def _check_reversal(amount_paise: int, undone: int, earlier: tuple[ChargeEntry, ...]) -> None:
    fits = 0 <= undone < len(earlier) and (
        earlier[undone].reverses is None and earlier[undone].amount_paise == amount_paise
    )
    if not fits:
        raise ChargeEntryError("reverses", "Reverse one earlier charge, receipt or waiver in full")
    if any(other.reverses == undone for other in earlier):
        raise ChargeEntryError("reverses", "This entry is reversed already")
