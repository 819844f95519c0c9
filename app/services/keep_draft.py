"""Unsent typing is kept, sealed, per person and form, and never touches the record.

Source: screens.md F8.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.book import Draft
from db.records.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.steps.desk import Desk

MOST_CHARACTERS = 500_000
PAPERS = "papers"  # ids of attached files in the content of a draft


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """The typing of one form. `content` holds JSON values; `draft_id` None makes a new draft."""

    form: str
    record_id: UUID | None
    base_version: int
    title: str
    content: dict[str, Any] = field(repr=False)
    draft_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftKept:
    """Which draft, and when it was stored."""

    draft_id: UUID
    at: datetime


def keep_draft(request: KeepDraft, desk: "Desk") -> DraftKept:
    """Store the typing, replacing the same draft.

    Raises:
        Refused: nobody has signed in, or the draft is somebody else's or too large.
    """
    person, now = desk.person(), desk.clock.now()
    content = json.dumps(request.content, ensure_ascii=False, default=str)
    if len(content) > MOST_CHARACTERS:
        raise Refused(RefusalKind.BAD_INPUT, "This draft is too long to keep: shorten the texts")
    draft_id = request.draft_id or new_id(desk)
    draft = Draft(
        draft_id=draft_id,
        user_id=person.user_id,
        form=request.form,
        record_id=request.record_id,
        base_version=request.base_version,
        title=request.title,
        content=content,
        updated_at=now,
    )
    with desk.open_book() as book:
        if request.draft_id is not None:
            # A draft sent or discarded meanwhile is no fault: the typing is kept all the same.
            with suppress(NotFound):
                _refuse_other(book.drafts.get(person.branch_id, draft_id), desk)
        book.drafts.put(person.branch_id, draft)
        book.commit()
    return DraftKept(draft_id, now)


def open_draft(draft_id: UUID, desk: "Desk") -> dict[str, Any]:
    """The typing of a draft of the person at the desk.

    Raises:
        Refused: it is somebody else's.
        NotFound: there is no such draft.
    """
    with desk.read_book() as book:
        draft = book.drafts.get(desk.person().branch_id, draft_id)
    _refuse_other(draft, desk)
    content: dict[str, Any] = json.loads(draft.content)
    return content


def my_drafts(desk: "Desk") -> tuple[Draft, ...]:
    """The drafts of the person at the desk, newest first."""
    person = desk.person()
    with desk.read_book() as book:
        return book.drafts.of_user(person.branch_id, person.user_id)


def draft_of_record(form: str, record_id: UUID, desk: "Desk") -> Draft | None:
    """The newest draft of this form for a record, of the person at the desk."""
    mine = (each for each in my_drafts(desk) if (each.form, each.record_id) == (form, record_id))
    return next(mine, None)


def discard_drafts(draft_ids: "Sequence[UUID]", desk: "Desk") -> int:
    """Throw several drafts away, each in a transaction of its own; return how many.

    Raises:
        Refused: one is somebody else's; those before it are gone.
    """
    for draft_id in draft_ids:
        discard_draft(draft_id, desk)
    return len(draft_ids)


def discard_draft(draft_id: UUID, desk: "Desk") -> None:
    """Throw a draft away with the papers attached to it; one that is gone is no fault.

    Raises:
        Refused: it is somebody else's.
    """
    person = desk.person()
    with desk.open_book() as book:
        try:
            draft = book.drafts.get(person.branch_id, draft_id)
        except NotFound:
            return
        _refuse_other(draft, desk)
        for attachment_id in json.loads(draft.content).get(PAPERS, ()):
            # Only what belongs to no application goes: a commit may have been quicker.
            book.attachments.delete_loose(person.branch_id, UUID(attachment_id))
        book.drafts.delete(person.branch_id, draft_id)
        book.commit()


def _refuse_other(draft: Draft, desk: "Desk") -> None:
    if draft.user_id != desk.person().user_id:
        raise Refused(RefusalKind.NOT_PERMITTED, "This draft belongs to another person")
