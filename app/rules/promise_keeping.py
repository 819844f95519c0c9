"""Whether promises to pay were kept: the ledger says so, nobody ticks it.

Source: screens.md S70 ("kept or broken comes from the ledger"). Money counts by value date, from
the promise to its day; what was taken back counts for nothing. Every paisa keeps one promise at
most, that of the earliest day first, so that two promises are never kept by one payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.vocabulary.operations import PromiseStatus


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of an amount in paise until a day, and the moment in which it was made."""

    amount_paise: int
    promised_on: date
    due_on: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in and was not taken back, in paise."""

    value_date: date
    amount_paise: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """How a promise stands, and what came in on it."""

    status: PromiseStatus
    received_paise: int


def promise_standings(
    promised: Sequence[Promised], received: Sequence[Received], today: date
) -> tuple[PromiseStanding, ...]:
    """How each promise on one loan stands on a day, in the order given."""
    left = [each.amount_paise for each in received]
    in_order = sorted(range(len(received)), key=lambda at: _money_order(received[at]))
    found: dict[int, PromiseStanding] = {}
    for at in sorted(range(len(promised)), key=lambda at: _promise_order(promised[at])):
        promise, came = promised[at], 0
        for money in in_order:
            if _counts(received[money], promise):
                taken = min(left[money], promise.amount_paise - came)
                left[money] -= taken
                came += taken
        found[at] = PromiseStanding(_status(promise, came, today), came)
    return tuple(found[at] for at in range(len(promised)))


def _money_order(money: Received) -> tuple[date, datetime, int]:
    """Money of one day in the order it was recorded: what came later counts for more promises."""
    return money.value_date, money.recorded_at, money.amount_paise


def _promise_order(promise: Promised) -> tuple[date, datetime, date, int]:
    return promise.due_on, promise.made_at, promise.promised_on, promise.amount_paise


def _counts(money: Received, promise: Promised) -> bool:
    """Money of the promise's own day counts once the promise was made."""
    if not promise.promised_on <= money.value_date <= promise.due_on:
        return False
    return money.value_date > promise.promised_on or money.recorded_at >= promise.made_at


def _status(promise: Promised, came: int, today: date) -> PromiseStatus:
    if came >= promise.amount_paise:
        return PromiseStatus.KEPT
    return PromiseStatus.OPEN if today <= promise.due_on else PromiseStatus.BROKEN
