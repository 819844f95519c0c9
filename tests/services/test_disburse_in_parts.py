"""A loan that is paid out in parts: interest alone until its instalments, and parts taken back."""

import json
from dataclasses import replace

import pytest

from app.rules.day_count import add_months
from app.services.enter_application import SubmitApplication, submit_application
from app.services.read_application import read_application
from app.services.read_disbursement import read_disbursement
from app.services.read_schedule import read_schedule
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role
from tests.services.disbursement_cases import LENT, accepted, confirmed, move_on, proposed
from tests.services.letter_cases import conflict, refusal
from tests.services.test_reverse_disbursement import reversal

BRANCH, PART = 412, 40_000_000


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def first_due(desk):
    return add_months(desk.clock.today(), 5).replace(day=5)


@pytest.fixture
def ready(desk, checker, registered, application_form, first_due):
    """A loan whose first instalment was agreed for five months from now."""
    facts = replace(application_form, customer_id=registered.customer_id, first_due_date=first_due)
    return accepted(desk, checker, submit_application(SubmitApplication(new_id(desk), facts), desk))


def pay(desk, checker, submitted, amount):
    proposed(desk, submitted, amount_paise=amount)
    return confirmed(checker, submitted)


def account(desk, loan_id):
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, loan_id)
        ledger = read_ledger(book, loan)
        versions = book.accounts.versions(BRANCH, loan_id)
        assert book.cells.all(BRANCH) == book.cells.counted(BRANCH)
    assert settled_rows(ledger, replay_ledger(ledger, desk.clock.today())) == ()
    assert loan.outstanding_paise == ledger.balance_paise
    return loan, ledger.schedule, versions


def test_parts_add_up_and_each_makes_a_version_of_the_schedule(desk, checker, ready, first_due):
    first = pay(desk, checker, ready, PART)
    loan, schedule, versions = account(desk, first.loan_id)
    assert (loan.principal_paise, loan.outstanding_paise) == (PART, PART)
    assert (loan.first_due_date, len(versions)) == (first_due, 1)
    assert [row.principal_paise for row in schedule[:4]] == [0] * 4
    assert sum(row.principal_paise for row in schedule) == PART
    before = schedule[0]
    move_on(desk, 40)
    view = read_disbursement(ready.application_id, desk)
    assert (view.left_paise, view.loan.started.first_due) == (LENT - PART, first_due)
    assert view.loan.net_paise == LENT - PART  # fees were taken off the first part
    second = pay(desk, checker, ready, LENT - PART)
    assert second.loan_id == first.loan_id
    loan, schedule, versions = account(desk, first.loan_id)
    assert (loan.principal_paise, loan.outstanding_paise) == (LENT, LENT)
    assert [each.version for each in versions] == [1, 2]
    assert schedule[0] == before  # a due before the part stays as it was
    assert sum(row.principal_paise for row in schedule) == LENT
    assert schedule[-1].closing_paise == 0
    assert loan.overdue_paise == before.interest_paise
    assert "All of this loan" in conflict(lambda: proposed(desk, ready))
    view = read_disbursement(ready.application_id, desk)
    assert view.loan.started.instalments == read_schedule(second.loan_id, desk).rows


def test_the_act_keeps_what_stood_before_and_after(desk, checker, ready):
    first = pay(desk, checker, ready, PART)
    pay(desk, checker, ready, LENT - PART)
    with desk.open_book() as book:
        newest, oldest = book.acts.of(BRANCH, loan_id=first.loan_id)
    was, became = json.loads(newest.before), json.loads(newest.after)
    assert (was["principal_paise"], became["principal_paise"]) == (PART, LENT)
    assert was["emi_paise"] < became["emi_paise"]
    assert oldest.before == "{}"


def test_a_part_is_taken_back_alone(desk, checker, ready):
    first = pay(desk, checker, ready, PART)
    _loan, was, _versions = account(desk, first.loan_id)
    move_on(desk, 10)
    pay(desk, checker, ready, PART)
    waits = reversal(desk, ready)
    assert waits.loan_id == first.loan_id
    confirmed(checker, ready)
    loan, schedule, versions = account(desk, first.loan_id)
    assert (loan.principal_paise, loan.outstanding_paise) == (PART, PART)
    assert schedule == was
    assert [each.version for each in versions] == [1, 2, 3]
    application = read_application(ready.application_id, desk).application
    assert application.status is ApplicationStatus.DISBURSED
    assert "own day only" in conflict(lambda: reversal(desk, ready))
    again = pay(desk, checker, ready, LENT - PART)
    assert again.loan_id == first.loan_id


def test_a_part_too_large_too_late_or_with_another_first_due_date(desk, checker, ready, first_due):
    pay(desk, checker, ready, PART)
    more = refusal(lambda: proposed(desk, ready, amount_paise=LENT - PART + 1))
    assert list(more.fields) == ["amount"]
    other = refusal(
        lambda: proposed(desk, ready, amount_paise=PART, first_due_date=add_months(first_due, 1))
    )
    assert list(other.fields) == ["first_due_date"]
    move_on(desk, 135)
    late = refusal(lambda: proposed(desk, ready, amount_paise=PART))
    assert list(late.fields) == ["disbursement_date"]
    assert "a month before the first instalment" in late.sentence
