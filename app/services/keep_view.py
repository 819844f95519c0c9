"""Views of a list that a person keeps for themself: what it is narrowed to, under a name.

Source: screens.md S60 and A2 (remembered per user). They stand in the book beside the person's
drafts, sealed like them, so they are there on any desk of the branch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.services.steps.free_text import text_fault, tidy_text
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.book import VIEW, Draft
from db.records.refusals import NotFound

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

MOST_VIEWS, LONGEST_TITLE = 20, 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view: its name, and what the list is narrowed to as plain JSON values."""

    view_id: UUID
    title: str
    content: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class KeepView:
    """Keep a view of a list; one of the same name is replaced."""

    list_name: str
    title: str
    content: Mapping[str, Any]


def my_views(list_name: str, desk: "Desk") -> tuple[SavedView, ...]:
    """The views that the person at the desk keeps of a list, oldest first.

    Raises:
        Refused: nobody has signed in.
    """
    desk.person()
    with desk.read_book() as book:
        return _views(book, list_name, desk)


def keep_view(request: KeepView, desk: "Desk") -> tuple[SavedView, ...]:
    """Keep a view and return all of the list.

    Raises:
        Refused: nobody has signed in, the name does not do (`fields`), or there are too many.
    """
    person, title = desk.person(), tidy_text(request.title)
    missing = "Enter a name for the view"
    fault = text_fault("A name", title, LONGEST_TITLE, needed=missing)
    if fault:
        raise bad_input({"view_name": fault})
    with desk.open_book() as book:
        before = _views(book, request.list_name, desk)
        same = next((each for each in before if each.title == title), None)
        if same is None and len(before) >= MOST_VIEWS:
            words = f"There are {MOST_VIEWS} views already: forget one first"
            raise bad_input({"view_name": words})
        kept = Draft(
            draft_id=new_id(desk) if same is None else same.view_id,
            user_id=person.user_id,
            form=f"{VIEW}{request.list_name}",
            record_id=None,
            base_version=0,
            title=title,
            content=json.dumps(request.content, ensure_ascii=False),
            updated_at=desk.clock.now(),
        )
        book.drafts.put(person.branch_id, kept)
        book.commit()
        return _views(book, request.list_name, desk)


def forget_view(list_name: str, view_id: UUID, desk: "Desk") -> tuple[SavedView, ...]:
    """Forget a view and return those that are left; one that is gone is no fault.

    Raises:
        Refused: it is somebody else's.
    """
    person = desk.person()
    with desk.open_book() as book:
        try:
            kept = book.drafts.get(person.branch_id, view_id)
        except NotFound:
            return _views(book, list_name, desk)
        if kept.user_id != person.user_id or kept.form != f"{VIEW}{list_name}":
            raise Refused(RefusalKind.NOT_PERMITTED, "This view belongs to another person")
        book.drafts.delete(person.branch_id, view_id)
        book.commit()
        return _views(book, list_name, desk)


def _views(book: "UnitOfWork", list_name: str, desk: "Desk") -> tuple[SavedView, ...]:
    person = desk.person()
    kept = book.drafts.views(person.branch_id, person.user_id, list_name)
    return tuple(SavedView(each.draft_id, each.title, json.loads(each.content)) for each in kept)
