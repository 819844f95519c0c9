"""What is read of a case that is about to be paid out."""

import pytest

from app.services.issue_documents import VoidDocument, void_document
from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from db.vocabulary.reasons import VoidReason
from tests.services.disbursement_cases import LENT, accepted, confirmed, proposed
from tests.services.letter_cases import REJECTED, decided, made


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


def read(desk, submitted):
    with desk.open_book() as book:
        return read_case_to_disburse(book, submitted.application_id, desk)


def test_only_an_approval_can_be_paid_out(desk, checker, submitted) -> None:
    with pytest.raises(Refused):
        read(desk, submitted)
    decided(desk, checker, submitted, REJECTED)
    with pytest.raises(Refused):
        read(desk, submitted)


def test_the_statement_that_counts_is_the_accepted_one(desk, checker, submitted) -> None:
    accepted(desk, checker, submitted)
    case = read(desk, submitted)
    assert case.accepted_on == desk.clock.today() == case.sanctioned_on
    first = case.statement
    made(desk, submitted, LetterKind.KFS)  # a copy
    made(desk, submitted, LetterKind.KFS, Language.HI)
    assert read(desk, submitted).statement == first
    gone = VoidDocument(new_id(desk), first.document_id, VoidReason.VOID_DATA)
    void_document(gone, desk)
    hindi = read(desk, submitted)
    assert (hindi.statement.language, hindi.accepted_on) == (Language.HI, None)


def test_what_waits_and_what_was_paid(desk, checker, submitted) -> None:
    accepted(desk, checker, submitted)
    fresh = read(desk, submitted)
    assert (fresh.waiting, fresh.loan, fresh.paid) == (None, None, ())
    assert (fresh.paid_paise, fresh.left_paise) == (0, LENT)
    proposed(desk, submitted)
    assert read(desk, submitted).waiting.act is LoanAct.DISBURSEMENT
    done = confirmed(checker, submitted)
    after = read(desk, submitted)
    assert (after.waiting, after.loan.loan_id) == (None, done.loan_id)
    assert (after.paid_paise, after.left_paise) == (LENT, 0)
    assert after.last_act.act_id == done.act_id
