"""Timeline and notes by role, on both engines."""

import pytest

from app.services.add_note import AddNote, add_note
from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer import reveal_pan
from app.services.read_customer_life import (
    TimelineRequest,
    kinds_for,
    read_notes,
    read_timeline,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.customer_life import TimelineKind
from db.records.refusals import NotFound
from db.vocabulary.people import Role

PAN = "ACUPR7085K"


def test_a_timeline_tells_what_was_done_and_no_number(desk, submitted, registered):
    add_note(AddNote(new_id(desk), registered.customer_id, "called"), desk)
    reveal_pan(registered.customer_id, desk)
    propose_correction(
        ProposeCorrection(
            new_id(desk), registered.customer_id, 1, "pan_number", "BNZPM2501F", reason="wrong"
        ),
        desk,
    )
    page = read_timeline(TimelineRequest(registered.customer_id), desk)
    assert {each.act for each in page.rows} == {
        "register_customer",
        "submit_application",
        "assess_application",
        "add_note",
        "reveal_pan",
        "propose_correction",
    }
    shown = repr(page.rows) + "".join(each.text for each in page.rows)
    assert PAN not in shown
    assert "BNZPM2501F" not in shown
    scored = next(each for each in page.rows if each.act == "assess_application")
    assert scored.score_hundredths == int(submitted.estimate.credit_score * 100)
    assert scored.subject == submitted.reference


def test_one_kind_and_pages(desk, registered, submitted):
    for words in ("one", "two", "three"):
        add_note(AddNote(new_id(desk), registered.customer_id, words), desk)
    notes = TimelineRequest(registered.customer_id, TimelineKind.NOTE, limit=2)
    first = read_timeline(notes, desk)
    assert [each.text for each in first.rows] == ["three", "two"]
    rest = read_timeline(
        TimelineRequest(registered.customer_id, TimelineKind.NOTE, 2, first.next), desk
    )
    assert [each.text for each in rest.rows] == ["one"]
    assert rest.next is None


def test_collections_see_no_applications(registered, submitted, someone):
    desk = someone("farah", Role.COLLECTIONS)
    page = read_timeline(TimelineRequest(registered.customer_id), desk)
    assert {each.kind for each in page.rows} == {TimelineKind.CUSTOMER}
    assert TimelineKind.SCORE not in kinds_for(desk.person())
    for kind in (TimelineKind.APPLICATION, TimelineKind.SCORE):
        with pytest.raises(Refused) as refused:
            read_timeline(TimelineRequest(registered.customer_id, kind), desk)
        assert refused.value.kind is RefusalKind.NOT_PERMITTED


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read(registered, someone, role):
    desk = someone("somebody", role)
    for read in (
        lambda: read_timeline(TimelineRequest(registered.customer_id), desk).rows,
        lambda: read_notes(registered.customer_id, desk).page.rows,
    ):
        if role is Role.ADMIN:
            with pytest.raises(Refused) as refused:
                read()
            assert refused.value.kind is RefusalKind.NOT_PERMITTED
        else:
            assert isinstance(read(), tuple)


def test_nobody_of_that_id(desk):
    with pytest.raises(NotFound):
        read_timeline(TimelineRequest(new_id(desk)), desk)
    with pytest.raises(NotFound):
        read_notes(new_id(desk), desk)
