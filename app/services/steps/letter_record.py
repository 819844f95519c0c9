"""The stored record of a letter, of a copy of it, and their line in the audit chain."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.file_formats.pdf_out import Letter, pages_in
from app.services.steps.command import Done
from app.services.steps.ids import new_id
from app.services.steps.letter_case import LetterCase
from app.services.steps.letter_words import letter_words
from app.services.steps.letter_work import LetterValues
from db.records.documents import DocumentRecord
from db.vocabulary.loan_life import Language, LetterStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def new_document(
    case: LetterCase, values: LetterValues, letter: Letter, desk: "Desk"
) -> DocumentRecord:
    """The record of a letter made now by the person at the desk."""
    return DocumentRecord(
        document_id=new_id(desk),
        application_id=case.opened.application.application_id,
        step_id=case.step.step_id,
        kind=values.kind,
        language=values.language,
        number=values.number,
        status=LetterStatus.ISSUED,
        made_by=desk.person().user_id,
        made_at=desk.clock.now(),
        pdf_sha256=letter.sha256,
        values_sha256=values.sha256,
        template_sha256=letter.template_sha256,
        engine=letter.engine,
        pages=pages_in(letter.pdf),
        valid_until=values.valid_until,
    )


def new_copy(
    original: DocumentRecord,
    values: Mapping[str, Any],
    letter: Letter,
    number: int,
    desk: "Desk",
) -> DocumentRecord:
    """The record of a copy; it says what its original says, with its own mark."""
    return replace(
        original,
        document_id=new_id(desk),
        made_by=desk.person().user_id,
        made_at=desk.clock.now(),
        pdf_sha256=letter.sha256,
        values_sha256=hashlib.sha256(values_text(values).encode()).hexdigest(),
        template_sha256=letter.template_sha256,
        engine=letter.engine,
        pages=pages_in(letter.pdf),
        copy_of=original.document_id,
        copy_number=number,
        status=LetterStatus.ISSUED,
        accepted_on=None,
        version=1,
    )


def copied_values(text: str, language: Language, number: int) -> dict[str, Any]:
    """The stored values of an original with the mark of a copy."""
    values: dict[str, Any] = json.loads(text)
    return {**values, "watermark": letter_words(language).say("copy", n=str(number))}


def values_text(values: Mapping[str, Any]) -> str:
    """Values as canonical text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def letter_answer(document: DocumentRecord, **details: str) -> Done:
    """What a command about a letter answers, and its line in the audit chain."""
    return Done(
        answer={"document_id": str(document.document_id), "sha256": document.pdf_sha256},
        entity="application",
        entity_id=document.application_id,
        details={
            "kind": document.kind.value,
            "language": document.language.value,
            "number": document.number,
            "copy": document.copy_number,
            **details,
        },
    )


def readable(text: str) -> bool:
    """Whether every character can be shown."""
    return all(letter.isprintable() or letter in "\n\t" for letter in text)
