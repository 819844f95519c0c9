"""A decided case and letters about it, for tests of the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from db.records.documents import DocumentRecord
from db.unit_of_work import UnitOfWork
from db.vocabulary.loan_life import Language, LetterKind, LetterStatus
from tests.db.case_book import APPROVED, BRANCH, Case

PDF, VALUES = b"%PDF-1.7 Asha Kulkarni", '{"name": "Asha Kulkarni"}'
HASH = "a" * 64


class Letters:
    """A decided case and letters about it."""

    def __init__(self, open_book: Callable[[], UnitOfWork], samples) -> None:
        self.open_book, self.samples = open_book, samples
        with open_book() as book:
            self.case = Case(book, samples)
            case = self.case
            self.steps = [case.proposal(), case.claim(), case.decision()]
            for step in self.steps:
                book.cases.add_steps(BRANCH, [step])
            case.moved(book, APPROVED, case.application.version)
            book.commit()

    @property
    def decision(self):
        return self.steps[-1]

    def letter(self, kind: LetterKind = LetterKind.KFS, **changes: object) -> DocumentRecord:
        at = self.decision.at
        made = DocumentRecord(
            document_id=self.samples.new_id(),
            application_id=self.case.application.application_id,
            step_id=self.decision.step_id,
            kind=kind,
            language=Language.EN,
            number=f"{kind.value}-1",
            status=LetterStatus.ISSUED,
            made_by=self.case.maker,
            made_at=at,
            pdf_sha256=HASH,
            values_sha256=HASH,
            template_sha256=HASH,
            engine="typst 0",
            pages=3,
            valid_until=at.date() + timedelta(days=3) if kind is LetterKind.KFS else None,
        )
        return replace(made, **changes)

    def copy(self, original: DocumentRecord, number: int = 1, **changes: object) -> DocumentRecord:
        fields = {"copy_of": original.document_id, "copy_number": number, **changes}
        return replace(original, document_id=self.samples.new_id(), **fields)

    def stored(self, *letters: DocumentRecord) -> DocumentRecord:
        with self.open_book() as book:
            for letter in letters:
                book.documents.add(BRANCH, letter, PDF, VALUES)
            book.commit()
        return letters[0]

    def of_the_case(self) -> dict[object, DocumentRecord]:
        with self.open_book() as book:
            found = book.documents.of_application(BRANCH, self.case.application.application_id)
        return {each.document_id: each for each in found}
