"""A loan's account replayed from its dues, receipts and charges: the same answer on any day.

Source: lending-rules.md section 6 (default order, 6.5 advance, 6.6 reversals keep their value
date) and 5.3 (charges apart). Events are taken by value date, then by the order in which they were
recorded; what falls due on a day is due before that day's receipts, and an advance is used on it.
A replay never rewrites: posting compares it with what the ledger says and adds the difference.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.rules.payment_allocation import Due, allocate
from db.vocabulary.lending import AppropriationOrder


class EventKind(StrEnum):
    """What happens on an account beside dues."""

    RECEIPT = "receipt"
    CHARGE = "charge"  # below 0: waived or taken back
    PRINCIPAL = "principal"  # straight to principal after interest: a prepayment or closure


class AccountDue(NamedTuple):
    """One instalment as agreed, in paise; `joined_paise` is interest that joins the principal."""

    number: int
    due_on: date
    interest_paise: int
    principal_paise: int
    joined_paise: int = 0


class AccountEvent(NamedTuple):
    """One thing that happened, in paise.

    Attributes:
        key: of the ledger row it stands for; splits are answered under it.
        order: of recording among those of one value date.
        interest_paise: for PRINCIPAL, the part that is interest to that day.
        policy: how a receipt is used.
    """

    key: str
    kind: EventKind
    on: date
    order: int
    amount_paise: int
    interest_paise: int = 0
    policy: AppropriationOrder = AppropriationOrder.FIFO_IPC


class Split(NamedTuple):
    """Where the paise of one ledger row went."""

    interest_paise: int = 0
    principal_paise: int = 0
    charges_paise: int = 0
    excess_paise: int = 0

    @property
    def total_paise(self) -> int:
        """All parts together: the amount of a receipt, 0 for an advance that is used."""
        return sum(self)


class AdvanceUse(NamedTuple):
    """An advance met a due on its day."""

    due_on: date
    split: Split


@dataclass(frozen=True, slots=True)
class PaidDue:
    """What has been paid of one instalment; `paid_on` once nothing is left."""

    due: AccountDue
    interest_paise: int = 0
    principal_paise: int = 0
    paid_on: date | None = None

    @property
    def left_paise(self) -> int:
        """Still unpaid."""
        agreed = self.due.interest_paise + self.due.principal_paise
        return agreed - self.interest_paise - self.principal_paise


@dataclass(frozen=True, slots=True)
class AccountState:
    """The account after everything up to a day.

    Attributes:
        splits: by the key of each event.
        advance_uses: in date order.
        joined: the interest that joined the principal, by its day.
    """

    dues: tuple[PaidDue, ...]
    splits: dict[str, Split]
    advance_uses: tuple[AdvanceUse, ...]
    principal_left_paise: int
    advance_paise: int
    charges_due_paise: int
    joined: Mapping[date, int] = field(default_factory=dict)

    def oldest_unpaid_due(self, day_end: date) -> date | None:
        """The oldest due date with anything left at the end of the day of this state."""
        for each in self.dues:
            if each.due.due_on > day_end:
                return None
            if each.left_paise:
                return each.due.due_on
        return None

    def overdue_paise(self, day_end: date) -> int:
        """Everything unpaid that fell due by that day-end."""
        return sum(each.left_paise for each in self.dues if each.due.due_on <= day_end)

    def next_due(self, day_end: date) -> PaidDue | None:
        """The first instalment after that day that is not paid."""
        later = (each for each in self.dues if each.due.due_on > day_end and each.left_paise)
        return next(later, None)


@dataclass(slots=True)
class _Running:
    """The account while it is replayed."""

    dues: list[PaidDue]
    principal: int
    advance: int = 0
    charges: int = 0
    fallen: int = 0  # dues before this place have fallen due
    first_open: int = 0
    splits: dict[str, Split] = field(default_factory=dict)
    uses: list[AdvanceUse] = field(default_factory=list)
    joined: dict[date, int] = field(default_factory=dict)


def replay(
    disbursed_paise: int,
    dues: Sequence[AccountDue],
    events: Iterable[AccountEvent],
    until: date,
) -> AccountState:
    """Replay an account up to the end of a day.

    Args:
        disbursed_paise: paid out so far.
        dues: in date order, those of the schedule in force; after a PRINCIPAL event it must be the
            one that was made for what is left, as later dues would ask for too much otherwise.
        events: in any order; later ones than `until` are left out.
        until: the last day that counts.
    """
    now = _Running([PaidDue(due) for due in dues], disbursed_paise)
    days = [due.due_on for due in dues]
    ordered = sorted((e for e in events if e.on <= until), key=lambda e: (e.on, e.order))
    for event in ordered:
        _fall_due(now, days, event.on)
        _happen(now, event)
    _fall_due(now, days, until)
    return AccountState(
        dues=tuple(now.dues),
        splits=now.splits,
        advance_uses=tuple(now.uses),
        principal_left_paise=now.principal,
        advance_paise=now.advance,
        charges_due_paise=now.charges,
        joined=now.joined,
    )


def _fall_due(now: _Running, days: Sequence[date], until: date) -> None:
    """Let dues fall up to a day, each met by what stands as an advance."""
    last = bisect_right(days, until)
    while now.fallen < last:
        due_on = days[now.fallen]
        _join(now, now.dues[now.fallen])
        now.fallen += 1
        if now.advance:
            split = _settle(now, now.advance, due_on, AppropriationOrder.FIFO_IPC, charges=False)
            used = split.interest_paise + split.principal_paise
            now.advance -= used
            if used:  # nothing may be due in a month of a moratorium
                now.uses.append(AdvanceUse(due_on, split._replace(excess_paise=-used)))


def _join(now: _Running, falls: PaidDue) -> None:
    """Interest of a month without a payment joins the principal; nothing is due of it."""
    due = falls.due
    if due.joined_paise:
        now.principal += due.joined_paise
        now.joined[due.due_on] = now.joined.get(due.due_on, 0) + due.joined_paise
    if not falls.left_paise:
        now.dues[now.fallen] = PaidDue(due, paid_on=due.due_on)


def _happen(now: _Running, event: AccountEvent) -> None:
    if event.kind is EventKind.CHARGE:
        now.charges += event.amount_paise
        return
    if event.kind is EventKind.PRINCIPAL:
        principal = event.amount_paise - event.interest_paise
        now.principal -= principal
        now.splits[event.key] = Split(event.interest_paise, principal)
        return
    split = _settle(now, event.amount_paise, event.on, event.policy)
    now.advance += split.excess_paise
    now.splits[event.key] = split


def _settle(
    now: _Running, paise: int, on: date, policy: AppropriationOrder, *, charges: bool = True
) -> Split:
    """Use money on what has fallen due; what is left over is the split's excess."""
    open_dues = now.dues[now.first_open : now.fallen]
    left = [
        Due(
            each.due.due_on,
            each.due.interest_paise - each.interest_paise,
            each.due.principal_paise - each.principal_paise,
        )
        for each in open_dues
    ]
    used = allocate(paise, left, now.charges if charges else 0, policy)
    for place, share in enumerate(used.shares, now.first_open):
        now.dues[place] = _paid(now.dues[place], share.interest_paise, share.principal_paise, on)
    while now.first_open < now.fallen and not now.dues[now.first_open].left_paise:
        now.first_open += 1
    now.principal -= used.principal_paise
    now.charges -= used.charges_paise
    return Split(used.interest_paise, used.principal_paise, used.charges_paise, used.excess_paise)


def _paid(before: PaidDue, interest: int, principal: int, on: date) -> PaidDue:
    if not interest and not principal and (before.left_paise or before.paid_on):
        return before
    after = PaidDue(
        before.due,
        before.interest_paise + interest,
        before.principal_paise + principal,
        before.paid_on,
    )
    if after.left_paise or after.paid_on:
        return after
    return PaidDue(after.due, after.interest_paise, after.principal_paise, on)
