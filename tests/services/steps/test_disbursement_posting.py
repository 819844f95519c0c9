"""What a confirmed payment writes, and what its act keeps of it."""

import json
from datetime import timedelta

import pytest

from app.services.steps.disbursed_loan import disbursed_loan
from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.disbursement_posting import instalments_of, standing_of, summary_of
from app.services.steps.ids import new_id
from db.vocabulary.people import Role
from tests.services.disbursement_cases import accepted, move_on, paid_out, wanted


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


def test_the_act_keeps_what_the_payment_changes(desk, checker, submitted) -> None:
    accepted(desk, checker, submitted)
    with desk.open_book() as book:
        case = read_case_to_disburse(book, submitted.application_id, desk)
    loan = disbursed_loan(case, wanted(desk), desk)
    said = json.loads(summary_of(loan, 100))
    assert (said["instalments"], said["principal_paise"]) == (60, 100)
    assert standing_of(case) == "{}"
    assert said["total_interest_paise"] == loan.started.total_interest_paise
    rows = instalments_of(new_id(desk), loan)
    assert [row.number for row in rows] == list(range(1, 61))
    assert {row.paid_on for row in rows} == {None}


def test_a_payment_of_an_earlier_day_has_its_dues_behind_it(desk, checker, submitted) -> None:
    accepted(desk, checker, submitted)
    day = desk.clock.today()
    move_on(desk, 45)
    done = paid_out(desk, checker, submitted, disbursement_date=day, agreement_date=day)
    with desk.open_book() as book:
        loan = book.loans.get(412, done.loan_id)
        first, second = book.loans.schedule(412, done.loan_id)[:2]
    assert day + timedelta(days=30) == first.due_date == loan.oldest_unpaid_due
    assert loan.overdue_paise == first.interest_paise + first.principal_paise
    assert loan.next_due_date == second.due_date
