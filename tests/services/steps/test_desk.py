import pytest

from app.services.steps.desk import Actor
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import BookDamaged
from db.vocabulary.people import Role


def test_a_desk_has_one_person_at_a_time(blank_desk):
    with pytest.raises(Refused) as refused:
        blank_desk.person()
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    actor = Actor(new_id(blank_desk), "ravi", "Ravi Reddy", 412, frozenset({Role.OFFICER}))
    assert actor.branch_code == "0412"
    assert blank_desk.acting(actor).person() is actor
    assert blank_desk.actor is None


def test_a_desk_that_reads_writes_nothing(desk):
    person = desk.person()
    with pytest.raises(BookDamaged), desk.read_book() as book:
        book.users.note_sign_in(person.user_id, desk.clock.now())
    with desk.read_book() as book:
        assert book.users.get(person.user_id).last_sign_in_at is None
