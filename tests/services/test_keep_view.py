"""A person's views of a list on both engines: kept, replaced by name, forgotten, nobody else's."""

import pytest

from app.services.keep_draft import my_drafts
from app.services.keep_view import (
    LONGEST_TITLE,
    MOST_VIEWS,
    KeepView,
    forget_view,
    keep_view,
    my_views,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role

LATE = {"due": "overdue", "npa": False}


def test_a_view_is_kept_replaced_by_its_name_and_forgotten(desk) -> None:
    (first,) = keep_view(KeepView("loans", " My late ones ", LATE), desk)
    assert (first.title, dict(first.content)) == ("My late ones", LATE)
    both = keep_view(KeepView("loans", "NPA of Mysuru", {"npa": True}), desk)
    assert [each.title for each in both] == ["My late ones", "NPA of Mysuru"]
    again = keep_view(KeepView("loans", "My late ones", {"due": None}), desk)
    assert {each.title: dict(each.content) for each in again} == {
        "My late ones": {"due": None},
        "NPA of Mysuru": {"npa": True},
    }
    assert my_views("loans", desk) == again
    assert my_views("customers", desk) == ()
    left = forget_view("loans", first.view_id, desk)
    assert [each.title for each in left] == ["NPA of Mysuru"]
    assert forget_view("loans", new_id(desk), desk) == left  # gone already


def test_a_view_is_no_draft(desk) -> None:
    keep_view(KeepView("loans", "Late", LATE), desk)
    assert my_drafts(desk) == ()


def test_views_are_a_persons_own(desk, someone) -> None:
    (mine,) = keep_view(KeepView("loans", "Late", LATE), desk)
    other = someone("other", Role.OFFICER)
    assert my_views("loans", other) == ()
    with pytest.raises(Refused, match="another person"):
        forget_view("loans", mine.view_id, other)
    assert my_views("loans", desk) == (mine,)


@pytest.mark.parametrize("title", ["", "   ", "x" * (LONGEST_TITLE + 1)])
def test_a_name_has_to_do(desk, title) -> None:
    with pytest.raises(Refused) as refused:
        keep_view(KeepView("loans", title, LATE), desk)
    assert set(refused.value.fields) == {"view_name"}


def test_there_are_not_too_many(desk) -> None:
    for number in range(MOST_VIEWS):
        keep_view(KeepView("loans", f"View {number}", LATE), desk)
    with pytest.raises(Refused) as refused:
        keep_view(KeepView("loans", "One more", LATE), desk)
    assert "forget one first" in refused.value.fields["view_name"]
    assert len(keep_view(KeepView("loans", "View 3", {}), desk)) == MOST_VIEWS
