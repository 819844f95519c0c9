"""An account that is over takes no receipt; rows carry who posts them and when."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.open_account import refuse_closed, row_maker
from app.services.steps.refusal import Refused
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan


def test_what_is_over_says_so(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned())
    refuse_closed(loan)
    for status, words in (
        (LoanStatus.CLOSED, "closed since 05 Nov 2026"),
        (LoanStatus.WRITTEN_OFF, "as a recovery"),
    ):
        with pytest.raises(Refused, match=words):
            refuse_closed(replace(loan, status=status, closed_on=date(2026, 11, 5)))


def test_a_row_is_made_by_the_person_at_the_desk_now(desk) -> None:
    make = row_maker(desk)
    assert (make.actor_id, make.at) == (desk.person().user_id, desk.clock.now())
    assert make.new_id() < make.new_id()
