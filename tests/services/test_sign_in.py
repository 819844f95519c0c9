from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.sign_in import (
    CreateFirstUser,
    SignIn,
    create_first_user,
    desk_state,
    sandbox_person,
    sign_in,
)
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import sandbox_staff
from db.vocabulary.people import Role

PASSWORD = "a long enough phrase"  # noqa: S105  # of a book that lives for one test
FIRST = CreateFirstUser("Ravi.Reddy", "Ravi Reddy", "0412", PASSWORD)


def test_the_first_user_is_admin_and_officer_and_signs_in_again(blank_desk):
    assert not desk_state(blank_desk).has_users
    made = create_first_user(FIRST, blank_desk)
    assert made.actor.roles == {Role.ADMIN, Role.OFFICER}
    assert made.actor.branch_code == "0412"
    assert desk_state(blank_desk).has_users
    again = sign_in(SignIn(" ravi.reddy ", PASSWORD), blank_desk)
    assert again.actor == made.actor
    assert again.last_sign_in_at == blank_desk.clock.now()
    with pytest.raises(Refused) as refused:
        create_first_user(FIRST, blank_desk)
    assert refused.value.kind is RefusalKind.CONFLICT
    assert PASSWORD not in repr((FIRST, SignIn("a", PASSWORD)))


def test_wrong_tries_share_one_sentence_then_wait_and_double(blank_desk):
    create_first_user(FIRST, blank_desk)
    sentences = set()
    for staff_id in ("nobody", *["ravi.reddy"] * 5):
        with pytest.raises(Refused) as refused:
            sign_in(SignIn(staff_id, "wrong"), blank_desk)
        sentences.add(refused.value.sentence)
    assert sentences == {"Staff id or password is not right"}
    with pytest.raises(Refused, match="wait 30 s"):
        sign_in(SignIn("ravi.reddy", PASSWORD), blank_desk)
    blank_desk.clock.instant += timedelta(seconds=31)
    with pytest.raises(Refused, match="not right"):
        sign_in(SignIn("ravi.reddy", "wrong"), blank_desk)
    with pytest.raises(Refused, match="wait 60 s"):
        sign_in(SignIn("ravi.reddy", PASSWORD), blank_desk)
    blank_desk.clock.instant += timedelta(seconds=61)
    assert sign_in(SignIn("ravi.reddy", PASSWORD), blank_desk).actor.staff_id == "Ravi.Reddy"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff_id": " "}, "staff_id"),
        ({"staff_id": "x" * 41}, "staff_id"),
        ({"full_name": ""}, "full_name"),
        ({"branch_code": "412"}, "branch_code"),
        ({"branch_code": "0000"}, "branch_code"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 1001}, "password"),
    ],
)
def test_the_first_user_form_names_its_faults(blank_desk, change, field):
    with pytest.raises(Refused) as refused:
        create_first_user(replace(FIRST, **change), blank_desk)
    assert list(refused.value.fields) == [field]


def test_sandbox_people_exist_in_a_sandbox_only(blank_desk):
    with pytest.raises(Refused, match="Only the sandbox"):
        sandbox_person("maker1", blank_desk)
    with blank_desk.open_book() as book:
        book.reference.set_book(sandbox=True, as_of=blank_desk.clock.today())
        for user in sandbox_staff():
            book.users.add(user)
        book.commit()
    assert desk_state(blank_desk).as_of == blank_desk.clock.today()
    assert sandbox_person("maker1", blank_desk).actor.roles == {Role.OFFICER}
    with pytest.raises(Refused, match="maker1, checker1"):
        sandbox_person("somebody", blank_desk)
    with pytest.raises(Refused, match="not right"):
        sign_in(SignIn("maker1", ""), blank_desk)


def test_nobody_at_the_desk_is_refused(blank_desk):
    with pytest.raises(Refused, match="Sign in first"):
        blank_desk.person()
