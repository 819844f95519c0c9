"""Notes on customers, on both engines."""

import pytest

from app.services.add_note import AddNote, add_note, note_fault
from app.services.read_customer_life import read_notes
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.people import Role

PAN = "ACUPR7085K"
MAY = {Role.OFFICER, Role.ASSISTANT, Role.SUPERVISOR, Role.COLLECTIONS}


def test_a_note_is_kept_once_with_its_writer_and_leaves_no_words_in_the_chain(desk, registered):
    request = AddNote(new_id(desk), registered.customer_id, "  Came in.\r\nWants a \u202equote. ")
    made = add_note(request, desk)
    assert add_note(request, desk) == made
    read = read_notes(registered.customer_id, desk)
    assert read.page.rows == (made,)
    assert (made.text, made.author, read.total) == ("Came in.\nWants a quote.", "Ravi.Reddy", 1)
    with desk.open_book() as book:
        entry = book.audit.entries(412)[-1]
    assert entry.act == "add_note"
    assert "quote" not in entry.details


def test_notes_stand_newest_first(desk, registered):
    for words in ("first", "second"):
        add_note(AddNote(new_id(desk), registered.customer_id, words), desk)
    rows = read_notes(registered.customer_id, desk).page.rows
    assert [each.text for each in rows] == ["second", "first"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  ", "Write the note first"),
        ("x" * 2001, "may have 2,000 characters: this one has 2,001"),
        ("bell \x07", "cannot be printed"),
        (f"PAN is {PAN.lower()}.", "PAN or Aadhaar"),
        ("ACUPR 7085 K", "PAN or Aadhaar"),
        ("id 2341 2341 2346", "PAN or Aadhaar"),
    ],
)
def test_what_cannot_be_noted(text, words):
    assert words in note_fault(text)


@pytest.mark.parametrize(
    "text", ["x", "x" * 2000, "phone 98765 43210", "नमस्ते\nदुनिया", "loan 1234 5678 9012"]
)
def test_what_can_be_noted(text):
    assert note_fault(text) is None


def test_a_refusal_names_the_field_and_writes_nothing(desk, registered):
    with pytest.raises(Refused) as refused:
        add_note(AddNote(new_id(desk), registered.customer_id, ""), desk)
    assert list(refused.value.fields) == ["note_text"]
    with pytest.raises(NotFound):
        add_note(AddNote(new_id(desk), new_id(desk), "who?"), desk)
    assert read_notes(registered.customer_id, desk).total == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_may_write_a_note(registered, someone, role):
    desk = someone("somebody", role)
    request = AddNote(new_id(desk), registered.customer_id, "seen")
    if role in MAY:
        assert add_note(request, desk).author == "Somebody"
        return
    with pytest.raises(Refused) as refused:
        add_note(request, desk)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED


def test_the_words_of_a_note_are_not_in_what_is_logged(desk, registered):
    request = AddNote(new_id(desk), registered.customer_id, "a secret")
    assert "secret" not in repr(request)
    assert "secret" not in repr(add_note(request, desk))
