"""Which payment can be taken back, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.disbursement_taken_back import check_same_day, last_payment
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role
from tests.services.disbursement_cases import accepted, paid_out


def test_the_newest_payment_on_its_day(desk, someone, submitted) -> None:
    checker = someone("bela", Role.SUPERVISOR)
    done = paid_out(desk, checker, accepted(desk, checker, submitted))
    with desk.open_book() as book:
        case = read_case_to_disburse(book, submitted.application_id, desk)
    assert last_payment(case).disbursement_id == done.disbursement_id
    today = desk.clock.today()
    check_same_day(case, today)
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Refused):
            check_same_day(case, day)
    with pytest.raises(Refused):
        last_payment(replace(case, paid=(), last_act=None))
    with pytest.raises(Refused):
        check_same_day(replace(case, last_act=None), today)
