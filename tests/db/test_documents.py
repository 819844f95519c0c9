"""Letters in the book: sealed, counted, accepted or void."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text, update

from db.records.refusals import BookDamaged, NotFound, SealBroken, VersionConflict
from db.tables.documents import documents
from db.unit_of_work import UnitOfWork
from db.vocabulary.loan_life import Language, LetterKind, LetterStatus
from tests.db.case_book import BRANCH
from tests.db.document_book import PDF, VALUES, Letters


@pytest.fixture
def letters(open_book: Callable[[], UnitOfWork], samples) -> Letters:
    return Letters(open_book, samples)


def test_a_letter_comes_back_as_it_was_and_lies_sealed(letters: Letters, engine: Engine) -> None:
    kept = letters.stored(letters.letter())
    with letters.open_book() as book:
        assert book.documents.get(BRANCH, kept.document_id) == kept
        assert book.documents.content(BRANCH, kept.document_id) == (PDF, VALUES)
        for other in (BRANCH + 1,):
            for read in (book.documents.get, book.documents.content):
                with pytest.raises(NotFound):
                    read(other, kept.document_id)
    with engine.connect() as direct:
        row = direct.execute(select(documents.c.pdf_sealed, documents.c.values_sealed)).one()
    assert all(b"Asha" not in bytes(part) for part in row)


def test_content_moved_to_another_letter_does_not_open(letters: Letters, engine: Engine) -> None:
    kept, other = letters.letter(), letters.letter(LetterKind.SANCTION)
    letters.stored(kept, other)
    if engine.dialect.name == "postgresql":
        with engine.begin() as direct:
            direct.execute(text("ALTER TABLE documents DISABLE TRIGGER USER"))
    with engine.begin() as direct:
        sealed = direct.execute(
            select(documents.c.pdf_sealed).where(documents.c.document_id == kept.document_id)
        ).scalar_one()
        direct.execute(
            update(documents)
            .where(documents.c.document_id == other.document_id)
            .values(pdf_sealed=sealed)
        )
    with pytest.raises(SealBroken), letters.open_book() as book:
        book.documents.content(BRANCH, other.document_id)


def test_letters_of_a_case_are_listed_newest_first(letters: Letters) -> None:
    kept = letters.letter()
    copies = [
        letters.copy(kept, number, made_at=kept.made_at + timedelta(hours=number))
        for number in (1, 2)
    ]
    letters.stored(kept, *copies, letters.letter(LetterKind.SCHEDULE))
    assert [each.copy_number for each in letters.of_the_case().values()] == [2, 1, 0, 0]


def test_a_letter_is_accepted_then_void_with_its_copies(letters: Letters) -> None:
    kept = letters.letter()
    copy = letters.copy(kept)
    letters.stored(kept, copy)
    on = kept.valid_until
    with letters.open_book() as book:
        assert book.documents.accept(BRANCH, kept, on) == 2
        book.commit()
    with letters.open_book() as book, pytest.raises(VersionConflict):
        book.documents.void(BRANCH, kept, "VOID-DATA")
    seen = letters.of_the_case()[kept.document_id]
    assert (seen.status, seen.accepted_on) == (LetterStatus.ACCEPTED, on)
    with letters.open_book() as book:
        assert book.documents.letter_stands(BRANCH, seen.application_id)
        assert book.documents.void(BRANCH, seen, "VOID-DATA") == 3
        assert not book.documents.letter_stands(BRANCH, seen.application_id)
        book.commit()
    found = letters.of_the_case()
    assert (found[kept.document_id].status, found[kept.document_id].accepted_on) == ("Void", on)
    assert (found[copy.document_id].status, found[copy.document_id].version) == ("Void", 2)


@pytest.mark.parametrize(
    "kind", [LetterKind.KFS, LetterKind.SANCTION, LetterKind.SCHEDULE, LetterKind.FILE_NOTE]
)
def test_which_letters_hold_a_decision(letters: Letters, kind: LetterKind) -> None:
    kept = letters.stored(letters.letter(kind))
    with letters.open_book() as book:
        stands = book.documents.letter_stands(BRANCH, kept.application_id)
    assert stands == (kind in {LetterKind.KFS, LetterKind.SANCTION})


FAULTS = {
    "a second original": {"number": "kfs-2"},
    "the same number": {"language": Language.HI},
    "no last day": {"valid_until": None, "number": "kfs-3", "language": Language.HI},
    "accepted without a day": {"status": LetterStatus.ACCEPTED, "language": Language.HI},
    "a copy without a number": {"copy_number": 1, "language": Language.HI, "number": "kfs-4"},
    "no pages": {"pages": 0, "language": Language.HI, "number": "kfs-5"},
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_both_engines_refuse(letters: Letters, name: str) -> None:
    kept = letters.stored(letters.letter())
    with pytest.raises(BookDamaged):
        letters.stored(replace(kept, document_id=letters.samples.new_id(), **FAULTS[name]))
