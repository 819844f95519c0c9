"""Looking at a payment: nothing is stored, faults stand at their fields."""

import pytest

from app.services.read_disbursement import read_disbursement
from app.services.read_schedule import read_schedule
from app.services.steps.disbursement_case import check_open, read_case_to_disburse
from app.services.steps.refusal import RefusalKind
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role
from tests.services.disbursement_cases import (
    ACCOUNT,
    IFSC,
    LENT,
    MASKED,
    accepted,
    confirmed,
    proposed,
    wanted,
)
from tests.services.letter_cases import conflict, refusal


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def ready(desk, checker, submitted):
    return accepted(desk, checker, submitted)


def test_the_usual_terms_are_offered_first(desk, ready) -> None:
    view = read_disbursement(ready.application_id, desk)
    assert (view.terms.amount_paise, view.terms.disbursement_date) == (LENT, desk.clock.today())
    assert (view.sanctioned_paise, view.left_paise) == (LENT, LENT)
    assert list(view.faults) == ["beneficiary_account"]
    assert view.loan is not None
    assert (view.may_act, view.may_confirm, view.paid_loan) == (True, False, None)


def test_faults_stand_at_their_fields_and_the_loan_is_shown_all_the_same(desk, ready) -> None:
    view = read_disbursement(ready.application_id, desk, wanted(desk, ifsc_code="x"))
    assert list(view.faults) == ["ifsc_code"]
    assert view.loan is not None
    early = wanted(desk, first_due_date=desk.clock.today())
    view = read_disbursement(ready.application_id, desk, early)
    assert (list(view.faults), view.loan) == (["first_due_date"], None)


def test_what_waits_is_shown_as_it_was_proposed(desk, checker, ready) -> None:
    proposed(desk, ready)
    mine = read_disbursement(ready.application_id, desk, wanted(desk, amount_paise=1))
    theirs = read_disbursement(ready.application_id, checker)
    assert mine.terms == theirs.terms
    assert theirs.terms.amount_paise == LENT
    assert (mine.may_confirm, theirs.may_confirm) == (False, True)
    assert theirs.maker_name == "Ravi.Reddy"
    assert theirs.account == f"{IFSC} {MASKED}"
    assert theirs.terms.beneficiary_account == ACCOUNT  # to be compared with the paper
    assert not theirs.reversing


def test_afterwards_the_loan_stands_there_and_no_more_is_paid(desk, checker, ready) -> None:
    done = confirmed(checker, (proposed(desk, ready), ready)[1])
    view = read_disbursement(ready.application_id, desk)
    assert (view.status, view.left_paise) == (ApplicationStatus.DISBURSED, 0)
    stored = read_schedule(done.loan_id, desk)
    assert view.loan.started.instalments == stored.rows
    assert (view.faults, view.terms.mandate_reference) == ({}, "UMRN-HDFC7021234")
    assert [each.code for each in view.checks if each.stops] == []
    assert "confirmed by Bela" in view.checks[6].sentence
    assert (view.paid_loan.loan_id, view.paid_on) == (done.loan_id, desk.clock.today())
    with desk.open_book() as book:
        case = read_case_to_disburse(book, ready.application_id, desk)
    assert "All of this loan" in conflict(lambda: check_open(case))


def test_who_may_look(desk, someone, ready) -> None:
    auditor = someone("audit", Role.AUDITOR)
    assert not read_disbursement(ready.application_id, auditor).may_act
    collector = someone("coll", Role.COLLECTIONS)
    found = refusal(lambda: read_disbursement(ready.application_id, collector))
    assert found.kind is RefusalKind.NOT_PERMITTED


def test_each_check_is_told_as_soon_as_it_is_made(desk, ready) -> None:
    heard = []
    view = read_disbursement(ready.application_id, desk, tell=heard.append)
    assert tuple(heard) == view.checks
