"""What stands beside the list: the story, the phone, the texts."""

from datetime import timedelta

import pytest

from app.services.read_follow_up import STORY_MONTHS, read_follow_up
from app.services.steps.ids import new_id
from db.records.refusals import NotFound
from tests.services.conftest import TODAY
from tests.services.followed_loans import at, call, late_loan, promise_of


@pytest.fixture
def loan(desk, someone, submitted):
    at(desk, TODAY)
    return late_loan(desk, someone, submitted)


def test_the_story_tells_each_due_instalment(desk, loan) -> None:
    view = read_follow_up(loan.loan_id, desk)
    assert (view.full_name, view.phone) == ("Asha Kulkarni", "9876543210")
    assert [each.unpaid for each in view.story] == [False] * 9 + [True] * 3
    assert [each.days_late for each in view.story[:9]] == [0] * 9
    oldest = view.story[9]
    assert oldest.due_on == loan.oldest_unpaid_due
    assert oldest.days_late == (TODAY - oldest.due_on).days
    assert view.story[0].due_on > TODAY - timedelta(days=31 * STORY_MONTHS)


def test_the_texts_follow_the_newest_promise(desk, loan) -> None:
    english, hindi = read_follow_up(loan.loan_id, desk).texts
    assert "L-1042" in english.message
    assert "is overdue" in english.letter
    assert "बकाया" in hindi.message
    call(desk, loan.loan_id, promise_of(500_000, TODAY + timedelta(days=2)))
    english, _ = read_follow_up(loan.loan_id, desk).texts
    assert "you promised ₹5,000" in english.message
    assert "₹0 of it has come in" in english.letter


def test_a_loan_of_nobody_is_not_found(desk, loan) -> None:
    with pytest.raises(NotFound):
        read_follow_up(new_id(desk), desk)
