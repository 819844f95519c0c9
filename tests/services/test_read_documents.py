"""Letters are listed, looked at, opened and made again."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services.issue_documents import VoidDocument, void_document
from app.services.read_application import read_application
from app.services.read_documents import (
    list_documents,
    make_again,
    open_document,
    preview_pages,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind
from db.records.refusals import NotFound
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from db.vocabulary.reasons import VoidReason
from tests.services.letter_cases import content, decided, made, refusal

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def letter(desk, someone, submitted):
    decided(desk, someone("bela", Role.SUPERVISOR), submitted)
    return made(desk, submitted, LetterKind.KFS)


def test_letters_are_listed_newest_first(desk, letter, submitted):
    desk.clock.instant += desk.clock.instant.resolution
    copy = made(desk, submitted, LetterKind.KFS)
    assert list_documents(submitted.application_id, desk) == (copy, letter)
    assert list_documents(new_id(desk), desk) == ()


def test_opening_gives_the_stored_file_and_is_written_down(desk, letter, submitted):
    opened = open_document(letter.document_id, desk)
    assert opened.document == letter
    assert hashlib.sha256(opened.pdf).hexdigest() == letter.pdf_sha256
    with desk.open_book() as book:
        last = book.audit.entries(412)[-1]
    assert (last.act, last.entity_id) == ("open_document", submitted.application_id)
    assert json.loads(last.details) == {"kind": "kfs", "number": letter.number}


def test_a_file_that_was_changed_is_not_opened(desk, letter):
    with desk.open_book() as book:
        if book._connection.dialect.name == "postgresql":
            book._connection.execute(text("ALTER TABLE documents DISABLE TRIGGER USER"))
        book._connection.execute(text("UPDATE documents SET pdf_sha256 = 'other'"))
        book.commit()
    found = refusal(lambda: open_document(letter.document_id, desk))
    assert found.kind is RefusalKind.INTEGRITY
    assert not make_again(letter.document_id, desk).same


def test_the_preview_shows_every_page_and_that_a_letter_is_void(desk, letter):
    pages = preview_pages(letter.document_id, desk)
    assert len(pages) == letter.pages
    assert all(page.startswith(b"\x89PNG") for page in pages)
    before = content(desk, letter)
    command = VoidDocument(new_id(desk), letter.document_id, VoidReason.VOID_DATA)
    void_document(command, desk)
    assert preview_pages(letter.document_id, desk) != pages
    assert content(desk, letter) == before
    assert make_again(letter.document_id, desk).same


def test_an_original_is_the_same_in_another_process_folder_and_time_zone(desk, submitted, letter):
    note = made(desk, submitted, LetterKind.FILE_NOTE, Language.HI)
    for document, zone in ((letter, "Pacific/Auckland"), (note, "America/Lima")):
        program = (
            "import json, sys, hashlib\n"
            "from app.services.steps.letter_render import rendered\n"
            "from db.vocabulary.loan_life import LetterKind\n"
            f"letter = rendered(LetterKind({document.kind.value!r}), json.load(sys.stdin))\n"
            "print(letter.sha256)"
        )
        told = subprocess.run(
            [sys.executable, "-c", program],
            input=content(desk, document)[1],
            cwd=desk.data_dir,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "TZ": zone},
            text=True,
            capture_output=True,
            check=True,
        )
        assert told.stdout.strip() == document.pdf_sha256


def test_who_reads_applications_reads_letters(desk, letter, someone):
    reader = someone("reader", Role.ASSISTANT)
    assert make_again(letter.document_id, reader).same
    stranger = someone("stranger", Role.COLLECTIONS)
    for act in (
        lambda: list_documents(letter.application_id, stranger),
        lambda: open_document(letter.document_id, stranger),
        lambda: preview_pages(letter.document_id, stranger),
        lambda: make_again(letter.document_id, stranger),
    ):
        assert refusal(act).kind is RefusalKind.NOT_PERMITTED


def test_what_is_not_there_is_not_found(desk):
    for act in (open_document, preview_pages, make_again):
        with pytest.raises(NotFound):
            act(new_id(desk), desk)


def test_no_entry_of_the_trail_names_the_customer(desk, letter):
    open_document(letter.document_id, desk)
    trail = read_application(letter.application_id, desk).trail
    assert {"make_document", "open_document"} <= {entry.act for entry in trail}
    assert "Asha" not in repr(trail)
