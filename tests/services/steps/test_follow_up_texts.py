"""Messages and letters say what is owed, in both languages, and leave nothing open."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.follow_up_texts import TextCase, follow_up_texts
from tests.services.running_loans import NOBODY, LoanPlanned, account_of

TODAY = date(2026, 11, 23)
PROMISES = [None, (500_000, date(2026, 11, 25), 20_000)]


def case(rulebook, paid: int, promise=None) -> TextCase:
    loan = account_of(LoanPlanned(paid=paid), rulebook, TODAY, NOBODY).loan
    return TextCase(loan, "Asha Kulkarni", 45, promise, TODAY, "Example Bank")


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("paid", [9, 12])
def test_no_place_is_left_open(rulebook, paid, promise) -> None:
    for text in follow_up_texts(case(rulebook, paid, promise)):
        assert "{" not in text.message + text.letter
        assert "L-1042" in text.message
        assert bool(text.letter) is (paid == 9)


def test_a_promise_is_held_against_what_came_in(rulebook) -> None:
    english, _ = follow_up_texts(case(rulebook, 9, PROMISES[1]))
    assert "₹5,000" in english.message
    assert "25 Nov 2026" in english.message
    assert "₹200 of it has come in" in english.letter


def test_days_and_branch_stand_in_the_letter(rulebook) -> None:
    made = case(rulebook, 9)
    english, _ = follow_up_texts(replace(made, days_past_due=46))
    assert "46 days" in english.letter
    assert "Branch 0412, 23 Nov 2026" in english.letter
