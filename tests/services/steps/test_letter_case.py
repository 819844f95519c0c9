"""Which decision a letter speaks of; test_issue_documents.py has the refusals."""

import pytest

from app.services.steps.letter_case import read_letter_case, standing_letter
from db.vocabulary.decisions import CaseStep
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from tests.services.letter_cases import decided, made, recalled
from tests.services.test_decide_application import decided as decide_again
from tests.services.test_propose_decision import approval


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


def test_the_case_carries_what_was_frozen(desk, checker, submitted):
    decided(desk, checker, submitted)
    with desk.open_book() as book:
        case = read_letter_case(book, submitted.application_id, LetterKind.KFS, desk)
    assert case.step.step is CaseStep.DECIDE
    assert case.assessment.assessment_id == case.step.assessment_id
    assert case.customer.full_name == "Asha Kulkarni"
    assert case.names[case.step.actor_id] == "Bela"
    assert case.branch_code == "0412"


def test_a_later_decision_has_its_own_letters(desk, checker, submitted):
    decided(desk, checker, submitted)
    note = made(desk, submitted, LetterKind.FILE_NOTE)
    schedule = made(desk, submitted, LetterKind.SCHEDULE)
    recalled(checker, submitted)
    decide_again(checker, submitted, approval(note="Looked at once more, and it holds."))
    with desk.open_book() as book:
        case = read_letter_case(book, submitted.application_id, LetterKind.SCHEDULE, desk)
    assert standing_letter([note, schedule], case.step, LetterKind.SCHEDULE, Language.EN) is None
    later = made(desk, submitted, LetterKind.SCHEDULE)
    letters = [note, later, schedule]
    assert standing_letter(letters, case.step, LetterKind.SCHEDULE, Language.EN) == later
    assert (later.copy_of, later.step_id != schedule.step_id) == (None, True)
    assert made(desk, submitted, LetterKind.FILE_NOTE).step_id != note.step_id
