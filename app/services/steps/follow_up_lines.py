"""The follow-up list of a branch: facts of the book, signs and order of the rules.

Source: screens.md S70, data-and-sync.md 2 (a constant number of statements). Everything is counted
anew from the ledger at every read, so that a payment or a reversal shows at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day, day_start
from app.rules.early_warning import WINDOW, Signal
from app.rules.follow_up import (
    FollowUpFacts,
    FollowUpOrder,
    LateDue,
    PaymentFacts,
    PromiseFacts,
    arrears_began,
    is_followed,
    order_of,
    payment_signs,
)
from app.rules.promise_keeping import Promised, PromiseStanding, Received, promise_standings
from app.rules.standing_signs import standing_signs
from app.services.steps.closed_day import counted_to
from app.services.steps.standing_facts import standing_facts
from db.records.follow_up import ContactSum, FollowedLoan, PromiseRow, ReceiptRow
from db.vocabulary.operations import EarlyWarningTrigger, PromiseStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork

_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
_NO_CALLS = (0, 0)
_ORDER = tuple(EarlyWarningTrigger)


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A loan that is followed up, why, and where it stands in the list."""

    loan: FollowedLoan
    facts: FollowUpFacts
    order: FollowUpOrder


@dataclass(frozen=True, slots=True)
class FollowedBook:
    """The whole list, the most urgent first, and the day-end to which days late are counted."""

    lines: tuple[FollowedLine, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a branch's book says of loans that are late, by loan.

    Attributes:
        reached: day on which somebody last answered.
        calls: today and in seven days, by borrower, on all loans together.
    """

    loans: Mapping[UUID, FollowedLoan]
    late: Mapping[UUID, Sequence[LateDue]]
    lengths: Mapping[UUID, int]
    bounced: Mapping[UUID, Sequence[date]]
    failures: Mapping[UUID, int]
    promises: Mapping[UUID, Sequence[tuple[PromiseRow, PromiseStanding]]]
    snoozed: Mapping[UUID, date]
    reached: Mapping[UUID, date]
    calls: Mapping[UUID, tuple[int, int]]
    standing: Mapping[UUID, tuple[Signal, ...]]


def followed_book(
    book: "UnitOfWork", branch_id: int, rulebook: "Rulebook", today: date
) -> FollowedBook:
    """Read and order all loans of a branch that are followed up."""
    day = counted_to(book, branch_id, today)
    facts = _read(book, branch_id, rulebook, (day, today))
    lines = (_line(loan, facts, rulebook, (day, today)) for loan in facts.loans.values())
    followed = [line for line in lines if is_followed(line.facts)]
    followed.sort(key=lambda line: (-line.order.weight, line.loan.number))
    return FollowedBook(tuple(followed), day)


def week_begin(today: date) -> datetime:
    """Since when calls of the last seven days count, today included."""
    return day_start(today - _A_WEEK + _A_DAY)


def standings_of(
    promises: Sequence[PromiseRow], receipts: Iterable[ReceiptRow], today: date
) -> Sequence[tuple[PromiseRow, PromiseStanding]]:
    """The promises on one loan with how each stands."""
    found = promise_standings(
        [Promised(p.amount_paise, p.promised_on, p.due_on, p.made_at) for p in promises],
        [Received(r.value_date, r.amount_paise, r.recorded_at) for r in receipts],
        today,
    )
    return list(zip(promises, found, strict=True))


def _read(
    book: "UnitOfWork", branch_id: int, rulebook: "Rulebook", days: tuple[date, date]
) -> _Facts:
    reads, (day, today) = book.follow_ups, days
    month = day_start(today - WINDOW + _A_DAY)
    late: dict[UUID, list[LateDue]] = defaultdict(list)
    lengths: dict[UUID, int] = {}
    for row in reads.late_rows(branch_id, day, day - WINDOW):
        late[row.loan_id].append(LateDue(row.due_date, row.paid_on))
        lengths[row.loan_id] = row.length
    bounced: dict[UUID, list[date]] = defaultdict(list)
    for each in reads.bounces(branch_id, month):
        bounced[each.loan_id].append(bank_day(each.at))
    promises = _promises(book, branch_id, today)
    standing = _standing(book, branch_id, rulebook, day)
    loans = {each.loan_id: each for each in reads.late_loans(branch_id, day)}
    missing = [loan_id for loan_id in {**promises, **standing} if loan_id not in loans]
    loans |= {each.loan_id: each for each in reads.loans(branch_id, missing)}
    begins = (month - WINDOW, day_start(today), week_begin(today))
    contacts = reads.contact_sums(branch_id, begins)
    return _Facts(
        loans=loans,
        late=late,
        lengths=lengths,
        bounced=bounced,
        failures=dict(reads.failures(branch_id, month)),
        promises=promises,
        snoozed=dict(reads.snoozed(branch_id, today)),
        reached={each.loan_id: bank_day(each.reached_at) for each in contacts if each.reached_at},
        calls=_calls(contacts),
        standing=standing,
    )


def _promises(
    book: "UnitOfWork", branch_id: int, today: date
) -> dict[UUID, Sequence[tuple[PromiseRow, PromiseStanding]]]:
    made: dict[UUID, list[PromiseRow]] = defaultdict(list)
    came: dict[UUID, list[ReceiptRow]] = defaultdict(list)
    for promise in book.follow_ups.promised.promises(branch_id, today):
        made[promise.loan_id].append(promise)
    for receipt in book.follow_ups.promised.receipts(branch_id, today):
        came[receipt.loan_id].append(receipt)
    return {key: standings_of(each, came.get(key, ()), today) for key, each in made.items()}


def _line(
    loan: FollowedLoan, facts: _Facts, rulebook: "Rulebook", days: tuple[date, date]
) -> FollowedLine:
    key, (day, today) = loan.loan_id, days
    late, oldest = facts.late.get(key, ()), loan.oldest_unpaid_due
    promises = facts.promises.get(key, ())
    began = arrears_began(late, oldest)
    paid = PaymentFacts(
        oldest_unpaid_due=oldest,
        late=late,
        bounced=facts.bounced.get(key, ()),
        failures=facts.failures.get(key, 0),
        run_length=facts.lengths.get(key, 0),
        broken=sum(
            stands.status is PromiseStatus.BROKEN and began is not None and each.due_on >= began
            for each, stands in promises
        ),
    )
    reached = facts.reached.get(key)
    calls_today, calls_this_week = facts.calls.get(loan.customer_id, _NO_CALLS)
    own = FollowUpFacts(
        stake_paise=loan.outstanding_paise,
        in_arrears=oldest is not None,
        signals=_in_order(payment_signs(paid, rulebook, day), facts.standing.get(key, ())),
        promise=_newest(promises),
        snoozed_until=facts.snoozed.get(key),
        reached_on=reached,
        reached_since_sign=bool(late) and reached is not None and reached >= late[-1].due_on,
        calls_today=calls_today,
        calls_this_week=calls_this_week,
    )
    return FollowedLine(loan, own, order_of(own, rulebook, today))


def _standing(
    book: "UnitOfWork", branch_id: int, rulebook: "Rulebook", day: date
) -> dict[UUID, tuple[Signal, ...]]:
    known = standing_facts(book, branch_id, rulebook, day)
    found = {key: standing_signs(each, rulebook, day) for key, each in known.items()}
    return {key: signs for key, signs in found.items() if signs}


def _in_order(paid: tuple[Signal, ...], standing: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """All signs of a loan in the order of the word list."""
    if not standing:
        return paid
    return tuple(sorted((*paid, *standing), key=lambda each: _ORDER.index(each.trigger)))


def _calls(contacts: Iterable[ContactSum]) -> dict[UUID, tuple[int, int]]:
    found: dict[UUID, tuple[int, int]] = {}
    for each in contacts:
        today, week = found.get(each.customer_id, _NO_CALLS)
        found[each.customer_id] = (today + each.calls_today, week + each.calls_this_week)
    return found


def _newest(promises: Sequence[tuple[PromiseRow, PromiseStanding]]) -> PromiseFacts | None:
    if not promises:
        return None
    row, stands = max(promises, key=lambda each: each[0].made_at)
    return PromiseFacts(row.amount_paise, row.due_on, stands.status)
