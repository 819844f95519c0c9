"""The record of a letter and of its copy."""

import json

import pytest

from app.services.steps.letter_record import copied_values, letter_answer, readable, values_text
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from tests.services.letter_cases import content, decided, made


def test_a_record_says_what_the_letter_was_made_of(desk, someone, submitted):
    decided(desk, someone("bela", Role.SUPERVISOR), submitted)
    letter = made(desk, submitted, LetterKind.KFS)
    copy = made(someone("meera", Role.OFFICER), submitted, LetterKind.KFS)
    assert copy.made_by != letter.made_by
    assert copy.template_sha256 == letter.template_sha256
    assert copy.values_sha256 != letter.values_sha256
    done = letter_answer(copy, reason="VOID-DATA")
    assert done.answer == {"document_id": str(copy.document_id), "sha256": copy.pdf_sha256}
    assert (done.entity, done.entity_id) == ("application", submitted.application_id)
    assert done.details == {
        "kind": "kfs", "language": "en", "number": letter.number, "copy": 1, "reason": "VOID-DATA",
    }  # fmt: skip
    first, second = (json.loads(content(desk, each)[1]) for each in (letter, copy))
    assert second == first | {"watermark": "COPY 1"}


def test_values_are_one_text_whatever_their_order():
    assert values_text({"b": "क", "a": 1}) == values_text({"a": 1, "b": "क"})
    assert copied_values('{"watermark": ""}', Language.HI, 3) == {"watermark": "प्रति 3"}


@pytest.mark.parametrize(
    ("text", "fine"), [("क a\n\t1", True), ("a\x00", False), ("\u202e", False)]
)
def test_what_can_be_shown(text, fine):
    assert readable(text) is fine
