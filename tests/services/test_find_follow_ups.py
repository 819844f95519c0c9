"""The list of a branch: what stands in it, in which order, and what leaves it."""

from datetime import timedelta

import pytest

from app.rules.follow_up import NextStep, Rest
from app.services.find_follow_ups import (
    FollowUpFilter,
    FollowUpNeed,
    count_my_follow_ups,
    find_follow_ups,
)
from app.services.follow_up_borrower import SnoozeFollowUp, snooze_follow_up
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import AssetClass, PaymentMethod
from db.vocabulary.operations import EarlyWarningTrigger, PromiseStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import SnoozeReason
from tests.services.conftest import TODAY
from tests.services.followed_loans import HARDSHIP, at, call, late_loan, promise_of

RESTING = FollowUpFilter(need=FollowUpNeed.RESTING)
Trigger = EarlyWarningTrigger


@pytest.fixture
def loan(desk, someone, submitted):
    at(desk, TODAY)
    return late_loan(desk, someone, submitted)


def rows(desk, wanted=None):
    return find_follow_ups(wanted or FollowUpFilter(), desk).rows


def test_a_late_loan_stands_there_with_its_signs(desk, loan) -> None:
    found = find_follow_ups(FollowUpFilter(), desk)
    (row,) = found.rows
    assert (found.total, found.resting, found.as_of) == (1, 0, TODAY)
    assert (row.reference, row.full_name) == ("L-1042", "Asha Kulkarni")
    assert row.days_past_due == (TODAY - loan.oldest_unpaid_due).days + 1
    assert row.overdue_paise == found.overdue_paise == loan.overdue_paise
    assert [each.trigger for each in row.signals] == [
        Trigger.LATE_STREAK,
        Trigger.DPD_JUMP,
        Trigger.SMA1_CROSSED,
    ]
    assert (row.step, row.last_contact, row.promise) == (NextStep.CALL, None, None)


def test_filters_narrow_it(desk, loan) -> None:
    assert rows(desk, FollowUpFilter(trigger=Trigger.LATE_STREAK))
    assert not rows(desk, FollowUpFilter(trigger=Trigger.BOUNCE))
    assert rows(desk, FollowUpFilter(asset_class=AssetClass.STANDARD))
    assert not rows(desk, FollowUpFilter(asset_class=AssetClass.SMA_2))
    assert rows(desk, FollowUpFilter(officer_id=loan.officer_id))
    assert not rows(desk, FollowUpFilter(officer_id=loan.loan_id))
    assert rows(desk, FollowUpFilter(search="kulkarni"))
    assert rows(desk, FollowUpFilter(search="1042"))
    assert not rows(desk, FollowUpFilter(search="reddy"))
    assert not rows(desk, RESTING)


def test_a_promise_brings_rest_until_it_is_broken(desk, loan) -> None:
    day = TODAY + timedelta(days=3)
    call(desk, loan.loan_id, promise_of(500_000, day))
    assert not rows(desk)
    (row,) = rows(desk, RESTING)
    assert (row.rest, row.rest_until) == (Rest.PROMISE_RUNNING, day)
    at(desk, day)
    (row,) = rows(desk)
    assert row.step is NextStep.AWAIT_PAYMENT
    at(desk, day + timedelta(days=1))
    (row,) = rows(desk)
    assert row.promise.status is PromiseStatus.BROKEN
    assert row.step is NextStep.ASK_ABOUT_PROMISE
    assert row.urgency == 1 + len(row.signals) + 1


def test_money_keeps_a_promise_and_a_second_broken_one_is_a_sign(desk, loan) -> None:
    call(desk, loan.loan_id, promise_of(100_000, TODAY + timedelta(days=1)))
    at(desk, TODAY + timedelta(days=1))
    facts = ReceiptFacts(100_000, PaymentMethod.CASH, TODAY + timedelta(days=1))
    post_repayment(PostRepayment(new_id(desk), loan.loan_id, facts), desk)
    at(desk, TODAY + timedelta(days=2))
    (row,) = rows(desk)
    assert row.promise.status is PromiseStatus.KEPT
    for later in (2, 4):
        at(desk, TODAY + timedelta(days=later))
        call(desk, loan.loan_id, promise_of(100_000, TODAY + timedelta(days=later + 1)))
    at(desk, TODAY + timedelta(days=6))
    (row,) = rows(desk)
    signs = {each.trigger: each.value for each in row.signals}
    assert signs[Trigger.BROKEN_PROMISES] == "2"


def test_who_was_reached_rests_for_the_day(desk, loan) -> None:
    call(desk, loan.loan_id)
    (row,) = rows(desk)  # nobody answered: once more
    assert row.last_contact is not None
    call(desk, loan.loan_id)
    (row,) = rows(desk, RESTING)
    assert row.rest is Rest.CALLS_USED_UP
    at(desk, TODAY + timedelta(days=1))
    call(desk, loan.loan_id, HARDSHIP)
    (row,) = rows(desk, RESTING)
    assert row.rest is Rest.DEALT_WITH
    at(desk, TODAY + timedelta(days=2))
    assert rows(desk)


def test_a_snooze_ends_on_its_day_and_the_newest_counts(desk, loan) -> None:
    for days in (9, 2):
        at(desk, TODAY, 12, 20 - days)
        until = TODAY + timedelta(days=days)
        request = SnoozeFollowUp(new_id(desk), loan.loan_id, until, SnoozeReason.CUSTOMER_AWAY)
        snooze_follow_up(request, desk)
    (row,) = rows(desk, RESTING)
    assert (row.rest, row.rest_until) == (Rest.SNOOZED, TODAY + timedelta(days=2))
    at(desk, TODAY + timedelta(days=2))
    assert rows(desk)


def test_contact_is_lost_after_five_failures(desk, loan) -> None:
    for day in range(5):
        at(desk, TODAY + timedelta(days=day))
        call(desk, loan.loan_id)
    at(desk, TODAY + timedelta(days=7))
    (row,) = rows(desk)
    assert row.signals[-1].trigger is Trigger.CONTACT_LOST
    assert row.step is NextStep.VISIT
    call(desk, loan.loan_id, HARDSHIP)
    at(desk, TODAY + timedelta(days=8))
    (row,) = rows(desk)
    assert Trigger.CONTACT_LOST not in {each.trigger for each in row.signals}


def test_only_who_follows_up_reads_it(desk, someone, loan) -> None:
    with pytest.raises(Refused) as found:
        rows(someone("farah.sheikh", Role.RISK_ANALYST))
    assert found.value.kind is RefusalKind.NOT_PERMITTED
    assert rows(someone("kiran.rao", Role.COLLECTIONS))


def test_officers_count_their_own_loans_and_others_the_branch(desk, someone, loan) -> None:
    assert count_my_follow_ups(desk) == 1
    assert count_my_follow_ups(someone("lata.rao", Role.OFFICER)) == 0
    assert count_my_follow_ups(someone("kiran.rao", Role.COLLECTIONS)) == 1
    call(desk, loan.loan_id, HARDSHIP)
    assert count_my_follow_ups(desk) == 0
    with pytest.raises(Refused):
        count_my_follow_ups(someone("farah.sheikh", Role.RISK_ANALYST))


def test_calls_on_one_loan_use_up_those_of_the_borrower(desk, loan, someone, submitted) -> None:
    other = late_loan(desk, someone, submitted, number=1043)
    call(desk, loan.loan_id)
    call(desk, loan.loan_id)
    resting = {row.loan_id: row.rest for row in rows(desk, RESTING)}
    assert resting == dict.fromkeys((loan.loan_id, other.loan_id), Rest.CALLS_USED_UP)
