"""What PostgreSQL refuses of letters to whoever writes past the services."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from db.guards import documents as guards
from db.migrations import frozen_ddl
from db.records.refusals import BookDamaged
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus, Language, LetterKind, LetterStatus
from tests.db.case_book import APPROVED, BRANCH
from tests.db.document_book import Letters

REJECTED = ApplicationStatus.REJECTED
POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def letters(open_book: Callable[[], UnitOfWork], samples) -> Letters:
    return Letters(open_book, samples)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0007", "postgresql")}
    assert set(guards.CREATE) <= frozen


UNDECIDED = {
    "of no step": lambda of: {"step_id": of.samples.new_id()},
    "of a step that decides nothing": lambda of: {"step_id": of.steps[1].step_id},
    "of a proposal": lambda of: {"step_id": of.steps[0].step_id},
    "of another decision": lambda _of: {"kind": LetterKind.REJECTION, "valid_until": None},
    "by nobody of the branch": lambda of: {"made_by": of.samples.new_id()},
    "that is void from the start": lambda _of: {
        "status": LetterStatus.VOID,
        "void_reason": "VOID-DATA",
    },
    "that starts at a later version": lambda _of: {"version": 2},
    "that copies nothing": lambda of: {"copy_of": of.samples.new_id(), "copy_number": 1},
}


@POSTGRESQL
@pytest.mark.parametrize("name", sorted(UNDECIDED))
def test_postgresql_refuses_a_letter(letters: Letters, name: str) -> None:
    with pytest.raises(BookDamaged):
        letters.stored(letters.letter(**UNDECIDED[name](letters)))


@POSTGRESQL
def test_postgresql_refuses_a_copy_of_what_is_void_or_different(letters: Letters) -> None:
    kept = letters.stored(letters.letter())
    for fault in (
        {"language": Language.HI},
        {"number": "kfs-9"},
        {"kind": LetterKind.SANCTION, "valid_until": None},
    ):
        with pytest.raises(BookDamaged):
            letters.stored(letters.copy(kept, **fault))
    with letters.open_book() as book:
        book.documents.void(BRANCH, kept, "VOID-DATA")
        book.commit()
    with pytest.raises(BookDamaged):
        letters.stored(letters.copy(kept))


@POSTGRESQL
def test_postgresql_refuses_a_letter_after_a_recall(letters: Letters) -> None:
    case = letters.case
    recall = case.step(4, CaseStep.RECALL, case.checker, from_status=APPROVED)
    with letters.open_book() as book:
        book.cases.add_steps(BRANCH, [recall])
        case.moved(book, ApplicationStatus.PROPOSED, case.application.version + 1)
        book.commit()
    for kind in (LetterKind.KFS, LetterKind.SANCTION, LetterKind.SCHEDULE):
        with pytest.raises(BookDamaged):
            letters.stored(letters.letter(kind))


@POSTGRESQL
@pytest.mark.parametrize("kind", [LetterKind.KFS, LetterKind.SANCTION])
def test_postgresql_refuses_to_recall_while_a_letter_stands(
    letters: Letters, kind: LetterKind
) -> None:
    case, kept = letters.case, letters.stored(letters.letter(kind))
    recall = case.step(4, CaseStep.RECALL, case.checker, from_status=APPROVED)

    def write() -> None:
        with letters.open_book() as book:
            book.cases.add_steps(BRANCH, [recall])
            case.moved(book, ApplicationStatus.PROPOSED, case.application.version + 1)
            book.commit()

    with pytest.raises(BookDamaged):
        write()
    with letters.open_book() as book:
        book.documents.void(BRANCH, kept, "VOID-DATA")
        book.commit()
    write()


@POSTGRESQL
def test_postgresql_refuses_to_recall_a_rejection_the_customer_has(letters: Letters) -> None:
    case = letters.case
    recall = case.step(4, CaseStep.RECALL, case.checker, from_status=APPROVED)
    rejected = case.decision(
        6, to_status=REJECTED, decision=Decision.REJECT, amount_paise=None,
        tenure_months=None, rate_ppm=None,
    )  # fmt: skip
    with letters.open_book() as book:
        for step in (recall, case.claim(5), rejected):
            book.cases.add_steps(BRANCH, [step])
        case.moved(book, REJECTED, case.application.version + 1)
        book.commit()
    letters.stored(letters.letter(LetterKind.REJECTION, step_id=rejected.step_id))
    again = case.step(7, CaseStep.RECALL, case.checker, from_status=REJECTED)
    with pytest.raises(BookDamaged), letters.open_book() as book:
        book.cases.add_steps(BRANCH, [again])


CHANGES = {
    "another number": "number = 'kfs-7'",
    "another file": "pdf_sealed = 'x'",
    "another hash": "pdf_sha256 = 'x'",
    "a version too far": "status = 'Void', void_reason = 'VOID-DATA', version = version + 2",
    "the same status": "version = version + 1",
    "accepted late": "status = 'Accepted', accepted_on = valid_until + 1, version = version + 1",
    "accepted early": "status = 'Accepted', accepted_on = valid_until - 4, version = version + 1",
    "back to provisional": "status = 'Provisional', version = version + 1",
}


@POSTGRESQL
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_postgresql_refuses_an_edit(letters: Letters, engine: Engine, name: str) -> None:
    letters.stored(letters.letter())
    refused = pytest.raises(Exception, match="void or accepted, never edited")
    with refused, engine.begin() as direct:
        direct.execute(text(f"UPDATE documents SET {CHANGES[name]}"))


@POSTGRESQL
def test_postgresql_deletes_no_letter_and_accepts_no_copy(letters: Letters, engine: Engine) -> None:
    kept = letters.letter()
    copy, schedule = letters.copy(kept), letters.letter(LetterKind.SCHEDULE)
    letters.stored(kept, copy, schedule)
    with pytest.raises(Exception, match="never deleted"), engine.begin() as direct:
        direct.execute(text("DELETE FROM documents"))
    for other in (copy, schedule):
        with pytest.raises(BookDamaged), letters.open_book() as book:
            book.documents.accept(BRANCH, other, kept.made_at.date())


@POSTGRESQL
def test_postgresql_changes_nothing_of_a_void_letter(letters: Letters, engine: Engine) -> None:
    kept = letters.stored(letters.letter())
    with letters.open_book() as book:
        book.documents.void(BRANCH, kept, "VOID-DATA")
        book.commit()
    for change in ("void_reason = 'other'", "status = 'Issued', void_reason = ''"):
        with pytest.raises(Exception, match="never edited"), engine.begin() as direct:
            direct.execute(text(f"UPDATE documents SET {change}, version = version + 1"))
