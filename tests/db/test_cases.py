"""Steps between maker and checker as they are stored."""

import pytest

from db.records.refusals import VersionConflict
from db.unit_of_work import UnitOfWork
from db.vocabulary.people import SanctionAuthority
from tests.db.case_book import BRANCH, PROPOSED, Case


@pytest.fixture
def case(book: UnitOfWork, samples) -> Case:
    return Case(book, samples)


def test_steps_come_back_as_they_were(book: UnitOfWork, case: Case) -> None:
    taken = [case.proposal(conditions="Insurance", note="Seen"), case.claim(), case.decision()]
    for step in taken:
        book.cases.add_step(BRANCH, step)
    wanted = case.application.application_id
    assert book.cases.steps_of(BRANCH, wanted) == tuple(taken)
    assert book.cases.steps_of_many(BRANCH, [wanted]) == {wanted: tuple(taken)}
    assert book.cases.steps_of(413, wanted) == ()


def test_a_number_is_taken_once(book: UnitOfWork, case: Case) -> None:
    book.cases.add_step(BRANCH, case.proposal())
    book.cases.add_step(BRANCH, case.claim())
    with pytest.raises(VersionConflict):
        book.cases.add_step(BRANCH, case.claim(who=case.other))


def test_the_queue_holds_what_waits(book: UnitOfWork, case: Case) -> None:
    assert book.cases.waiting(BRANCH) == ()
    book.cases.add_step(BRANCH, case.proposal())
    case.moved(book, PROPOSED, case.application.version)
    (waiting,) = book.cases.waiting(BRANCH)
    assert waiting.application_id == case.application.application_id
    assert waiting.reference == case.application.reference
    assert waiting.credit_score_hundredths is None
    assert book.cases.waiting(413) == ()


def test_an_authority_is_the_branchs_own_until_more_is_given(book: UnitOfWork, case: Case) -> None:
    assert book.cases.authority_of(BRANCH, case.checker) is SanctionAuthority.SUPERVISOR
    book.cases.give_authority(BRANCH, case.checker, SanctionAuthority.REGIONAL_CREDIT_DESK)
    assert book.cases.authority_of(BRANCH, case.checker) is SanctionAuthority.REGIONAL_CREDIT_DESK
