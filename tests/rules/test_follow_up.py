"""Which loans are followed, in which order, and what brings rest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.early_warning import Signal
from app.rules.follow_up import (
    FollowUpFacts,
    LateDue,
    NextStep,
    PaymentFacts,
    PromiseFacts,
    Rest,
    arrears_began,
    is_followed,
    next_step,
    order_of,
    payment_signs,
)
from db.vocabulary.operations import CallOutcome, EarlyWarningTrigger, PromiseStatus
from tests.rules.lending_vectors import RULEBOOK

ON = date(2026, 9, 30)
Trigger = EarlyWarningTrigger
LATE = FollowUpFacts(stake_paise=1_000, in_arrears=True)
STREAK = Signal(Trigger.LATE_STREAK, "3")


def days(count: int) -> date:
    return ON + timedelta(days=count)


def late(due: int, paid: int | None = None) -> LateDue:
    return LateDue(days(due), None if paid is None else days(paid))


def signs(*run: LateDue, **facts: object) -> list[tuple[Trigger, str]]:
    oldest = min((each.due_on for each in run if each.paid_on is None), default=None)
    found = payment_signs(PaymentFacts(oldest, run, **facts), RULEBOOK, ON)
    return [(each.trigger, each.value) for each in found]


def test_three_late_in_a_row_count_the_unpaid_one() -> None:
    assert signs(late(-70, -60), late(-40, -30), late(-9)) == [(Trigger.LATE_STREAK, "3")]
    assert signs(late(-40, -30), late(-9)) == []
    assert signs(late(-70, -60), late(-40, -30), late(-10, -9)) == [(Trigger.LATE_STREAK, "3")]


def test_days_that_rose_fast_and_a_class_that_was_crossed() -> None:
    assert signs(late(-13)) == []
    assert signs(late(-14)) == [(Trigger.DPD_JUMP, "15")]
    assert signs(late(-30)) == [(Trigger.DPD_JUMP, "30"), (Trigger.SMA1_CROSSED, "31")]
    # the oldest due of a month before is paid since: the rise is against its days then
    paid = signs(late(-50, -20), late(-28))
    assert paid == []
    assert (Trigger.DPD_JUMP, "30") in signs(late(-60), late(-28))


def test_what_happened_is_counted() -> None:
    run = late(-5)
    assert signs(run, bounced=(days(-29),)) == [(Trigger.BOUNCE, "1")]
    assert signs(run, bounced=(days(-30),)) == []
    assert signs(run, failures=5, broken=2) == [
        (Trigger.BROKEN_PROMISES, "2"),
        (Trigger.CONTACT_LOST, "5"),
    ]
    assert signs(run, failures=4, broken=1) == []


def test_a_clean_instalment_ends_every_sign_of_payment() -> None:
    facts = PaymentFacts(None, (), (days(-1),), failures=9, broken=9)
    assert payment_signs(facts, RULEBOOK, ON) == ()


def test_arrears_began_where_something_was_always_overdue() -> None:
    assert arrears_began((), None) is None
    assert arrears_began((late(-9),), days(-9)) == days(-9)
    run = (late(-70, -60), late(-40, -9), late(-9))
    assert arrears_began(run, days(-9)) == days(-40)  # paid on the day the next fell due
    run = (late(-70, -40), late(-40, -8), late(-9))
    assert arrears_began(run, days(-9)) == days(-70)
    run = (late(-70, -41), late(-40, -10), late(-9))
    assert arrears_began(run, days(-9)) == days(-9)


def promise(status: PromiseStatus, due: int) -> PromiseFacts:
    return PromiseFacts(500, days(due), status)


OPEN, KEPT, BROKEN = PromiseStatus.OPEN, PromiseStatus.KEPT, PromiseStatus.BROKEN


@pytest.mark.parametrize(
    ("facts", "urgency"),
    [
        (LATE, 1),
        (replace(LATE, signals=(STREAK, STREAK)), 3),
        (replace(LATE, promise=promise(BROKEN, -1)), 2),
        (replace(LATE, promise=promise(OPEN, 0)), 2),
        (replace(LATE, promise=promise(OPEN, 1)), 1),
        (replace(LATE, promise=promise(KEPT, -1)), 1),
        (replace(LATE, in_arrears=False, signals=(STREAK,)), 1),
    ],
)
def test_money_at_stake_times_urgency(facts, urgency) -> None:
    order = order_of(facts, RULEBOOK, ON)
    assert (order.urgency, order.weight) == (urgency, 1_000 * urgency)


@pytest.mark.parametrize(
    ("facts", "rest", "until"),
    [
        (LATE, None, None),
        (replace(LATE, snoozed_until=ON), None, None),
        (replace(LATE, snoozed_until=days(1)), Rest.SNOOZED, days(1)),
        (replace(LATE, promise=promise(OPEN, 3)), Rest.PROMISE_RUNNING, days(3)),
        (replace(LATE, promise=promise(OPEN, 0)), None, None),
        (replace(LATE, promise=promise(BROKEN, -1)), None, None),
        (replace(LATE, reached_on=ON), Rest.DEALT_WITH, days(1)),
        (replace(LATE, reached_on=days(-1), reached_since_sign=True), None, None),
        (replace(LATE, in_arrears=False, reached_since_sign=True), Rest.DEALT_WITH, None),
        (replace(LATE, calls_today=2), Rest.CALLS_USED_UP, None),
        (replace(LATE, calls_this_week=5), Rest.CALLS_USED_UP, None),
    ],
)
def test_what_has_been_dealt_with_rests_for_its_time(facts, rest, until) -> None:
    order = order_of(facts, RULEBOOK, ON)
    assert (order.rest, order.rest_until) == (rest, until)


def test_a_loan_is_followed_while_there_is_a_reason() -> None:
    nothing = FollowUpFacts(1_000, in_arrears=False)
    assert is_followed(LATE)
    assert is_followed(replace(nothing, signals=(STREAK,)))
    assert is_followed(replace(nothing, promise=promise(OPEN, 3)))
    assert not is_followed(nothing)
    assert not is_followed(replace(nothing, promise=promise(KEPT, 3)))


LOST = replace(LATE, signals=(Signal(Trigger.CONTACT_LOST, "5"),))


@pytest.mark.parametrize(
    ("facts", "last", "last_on", "step"),
    [
        (LATE, None, None, NextStep.CALL),
        (LATE, CallOutcome.CALL_BACK, days(-1), NextStep.CALL_BACK),
        (LATE, CallOutcome.WRONG_NUMBER, days(-1), NextStep.VISIT),
        (LOST, CallOutcome.NO_ANSWER, days(-1), NextStep.VISIT),
        (replace(LATE, promise=promise(OPEN, 0)), None, None, NextStep.AWAIT_PAYMENT),
        (replace(LATE, promise=promise(BROKEN, -1)), None, None, NextStep.ASK_ABOUT_PROMISE),
        (
            replace(LATE, promise=promise(BROKEN, -3)), CallOutcome.NO_ANSWER, days(-1),
            NextStep.ASK_ABOUT_PROMISE,
        ),
        (replace(LATE, promise=promise(BROKEN, -3)), CallOutcome.HARDSHIP, days(-1), NextStep.CALL),
    ],
)  # fmt: skip
def test_the_next_step(facts, last, last_on, step) -> None:
    assert next_step(facts, last, last_on, ON) is step


@given(st.integers(0, 10**9), st.integers(0, 5), st.booleans())
def test_every_sign_adds_the_stake_once_more(stake, count, in_arrears) -> None:
    facts = FollowUpFacts(stake, in_arrears, (STREAK,) * count)
    more = replace(facts, signals=(STREAK,) * (count + 1))
    weights = [order_of(each, RULEBOOK, ON).weight for each in (facts, more)]
    assert weights[1] == weights[0] + stake
