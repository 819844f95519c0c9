"""Which loans need a call today, in which order, and what comes next for each.

Source: screens.md S70. A loan is followed while it is in arrears or an early sign stands. Money at
stake times urgency orders the list: the principal owed, times one for arrears, one for every sign
and one for a promise whose day has come or passed. Signs of payment end with a clean instalment;
what has been dealt with rests for its time and comes back by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules import early_warning as signs
from app.rules.contact_hours import calls_used_up
from app.rules.days_past_due import days_past_due
from app.rules.early_warning import InstalmentState, Signal
from app.rules.rulebook import Rulebook
from db.vocabulary.operations import CallOutcome, EarlyWarningTrigger, PromiseStatus

REACHES_NOBODY = frozenset({CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER})
_A_DAY = timedelta(days=1)


class NextStep(StrEnum):
    """What comes next."""

    CALL = "call"
    CALL_BACK = "call_back"
    AWAIT_PAYMENT = "await_payment"
    ASK_ABOUT_PROMISE = "ask_about_promise"
    VISIT = "visit"


class Rest(StrEnum):
    """Why a loan needs no call today."""

    SNOOZED = "snoozed"
    PROMISE_RUNNING = "promise_running"
    DEALT_WITH = "dealt_with"
    CALLS_USED_UP = "calls_used_up"


@dataclass(frozen=True, slots=True)
class LateDue:
    """An instalment of the run since the last clean one; `paid_on` is None while unpaid."""

    due_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """How a loan was paid since its last clean instalment.

    Attributes:
        late: the run, by due date; empty after a clean instalment, and no sign of payment stands.
            Dues that were paid long ago, before the next fell due, may be left out.
        run_length: how many the whole run has, where some are left out.
        bounced: days on which payments came back.
        failures: contacts in a row that reached nobody.
        broken: promises broken since all arrears were last paid.
    """

    oldest_unpaid_due: date | None
    late: Sequence[LateDue] = ()
    bounced: Sequence[date] = ()
    failures: int = 0
    broken: int = 0
    run_length: int = 0


def payment_signs(facts: PaymentFacts, rulebook: Rulebook, on: date) -> tuple[Signal, ...]:
    """The signs that follow from how a loan was paid, in the order of the word list."""
    if not facts.late:
        return ()
    states = [InstalmentState.LATE] * max(facts.run_length, len(facts.late))
    now = days_past_due(facts.oldest_unpaid_due, on, rulebook)
    before = _days_then(facts.late, rulebook, on - signs.WINDOW)
    found = (
        signs.streak_signal(signs.late_streak(states, rulebook, on)),
        signs.days_jumped(before, now, rulebook, on),
        signs.payments_bounced(facts.bounced, rulebook, on),
        signs.sma1_crossed(0, now, rulebook, on),  # nothing was late before the run
        signs.promises_broken(facts.broken, rulebook, on),
        signs.contact_lost(facts.failures, rulebook, on),
    )
    return tuple(each for each in found if each is not None)


def arrears_began(late: Sequence[LateDue], oldest_unpaid_due: date | None) -> date | None:
    """The due date since which something was always overdue; None while nothing is.

    Promises before it were made on arrears that have been paid in full since.
    """
    if oldest_unpaid_due is None:
        return None
    began = oldest_unpaid_due
    for each in reversed(late):
        if each.due_on < began and (each.paid_on is None or each.paid_on >= began):
            began = each.due_on
    return began


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """The promise of the latest day on a loan, and how it stands."""

    amount_paise: int
    due_on: date
    status: PromiseStatus


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """All that decides how a loan is followed up.

    Attributes:
        reached_on: day on which somebody last answered.
        reached_since_sign: whether that was after the last late due of the run.
    """

    stake_paise: int
    in_arrears: bool
    signals: Sequence[Signal] = ()
    promise: PromiseFacts | None = None
    snoozed_until: date | None = None
    reached_on: date | None = None
    reached_since_sign: bool = False
    calls_today: int = 0
    calls_this_week: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpOrder:
    """Where a loan stands in the list.

    Attributes:
        weight: paise at stake times urgency; the most comes first.
        rest: why no call is needed today, None where one is; `rest_until` where a day ends it.
    """

    urgency: int
    weight: int
    rest: Rest | None
    rest_until: date | None


def is_followed(facts: FollowUpFacts) -> bool:
    """Whether a loan stands in the list at all."""
    return facts.in_arrears or bool(facts.signals) or _promise_running(facts.promise)


def order_of(facts: FollowUpFacts, rulebook: Rulebook, today: date) -> FollowUpOrder:
    """The order and the rest of a loan that is followed up."""
    promise = facts.promise
    come = promise is not None and (
        promise.status is PromiseStatus.BROKEN
        or (promise.status is PromiseStatus.OPEN and promise.due_on <= today)
    )
    urgency = int(facts.in_arrears) + len(facts.signals) + int(come)
    rest, until = _rest(facts, rulebook, today)
    return FollowUpOrder(urgency, facts.stake_paise * urgency, rest, until)


def next_step(
    facts: FollowUpFacts, last: CallOutcome | None, last_on: date | None, today: date
) -> NextStep:
    """What a person does next; `last` is how the last contact ended, and on which day."""
    promise = facts.promise
    if promise is not None and promise.status is PromiseStatus.OPEN and promise.due_on <= today:
        return NextStep.AWAIT_PAYMENT
    if promise is not None and promise.status is PromiseStatus.BROKEN:
        asked = last_on is not None and last_on > promise.due_on and last not in REACHES_NOBODY
        if not asked:
            return NextStep.ASK_ABOUT_PROMISE
    lost = any(each.trigger is EarlyWarningTrigger.CONTACT_LOST for each in facts.signals)
    if lost or last is CallOutcome.WRONG_NUMBER:
        return NextStep.VISIT
    return NextStep.CALL_BACK if last is CallOutcome.CALL_BACK else NextStep.CALL


def _rest(facts: FollowUpFacts, rulebook: Rulebook, today: date) -> tuple[Rest | None, date | None]:
    promise = facts.promise
    if facts.snoozed_until is not None and facts.snoozed_until > today:
        return Rest.SNOOZED, facts.snoozed_until
    if _promise_running(promise) and promise is not None and promise.due_on > today:
        return Rest.PROMISE_RUNNING, promise.due_on
    if facts.reached_on == today:
        return Rest.DEALT_WITH, today + _A_DAY
    if not facts.in_arrears and facts.reached_since_sign:
        return Rest.DEALT_WITH, None
    if calls_used_up(facts.calls_today, facts.calls_this_week, rulebook, today):
        return Rest.CALLS_USED_UP, None
    return None, None


def _promise_running(promise: PromiseFacts | None) -> bool:
    return promise is not None and promise.status is PromiseStatus.OPEN


def _days_then(late: Sequence[LateDue], rulebook: Rulebook, then: date) -> int:
    unpaid = (
        each.due_on
        for each in late
        if each.due_on <= then and (each.paid_on is None or each.paid_on > then)
    )
    return days_past_due(min(unpaid, default=None), then, rulebook)
