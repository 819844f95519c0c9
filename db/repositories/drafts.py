"""Unsent typing, sealed at rest: content and title open only for this desk's keys.

Views of lists that a person keeps stand here too, as forms whose name begins with `VIEW`.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, delete, select

from db.records.book import VIEW, Draft
from db.records.refusals import NotFound
from db.repositories.session import Session
from db.security.sealed_fields import Place, seal, unseal
from db.tables.desk import drafts

_PLAIN_NAMES = ("draft_id", "user_id", "form", "record_id", "base_version", "updated_at")


class Drafts:
    """The drafts of the people of a branch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, branch_id: int, draft: Draft) -> None:
        """Write a draft, replacing the one of the same id."""
        self.delete(branch_id, draft.draft_id)
        values: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN_NAMES}
        keys, draft_id = self._session.keys, draft.draft_id
        values["branch_id"] = branch_id
        values["title_sealed"] = seal(keys, _place("title_sealed", draft_id), draft.title)
        values["content_sealed"] = seal(keys, _place("content_sealed", draft_id), draft.content)
        self._session.write(drafts, [values])

    def get(self, branch_id: int, draft_id: UUID) -> Draft:
        """Open one draft.

        Raises:
            NotFound: there is no such draft.
            KeyMissing, SealBroken: it does not open.
        """
        row = self._session.first(
            select(drafts).where(drafts.c.branch_id == branch_id, drafts.c.draft_id == draft_id)
        )
        if row is None:
            message = "There is no such draft"
            raise NotFound(message)
        return self._draft(row)

    def of_user(self, branch_id: int, user_id: UUID) -> tuple[Draft, ...]:
        """Open all drafts of a person, newest first."""
        newest = (drafts.c.updated_at.desc(), drafts.c.draft_id.desc())
        query = _own(branch_id, user_id).where(~drafts.c.form.startswith(VIEW, autoescape=True))
        return tuple(self._draft(row) for row in self._session.rows(query.order_by(*newest)))

    def views(self, branch_id: int, user_id: UUID, list_name: str) -> tuple[Draft, ...]:
        """Open the views that a person keeps of a list, oldest first."""
        query = _own(branch_id, user_id).where(drafts.c.form == f"{VIEW}{list_name}")
        oldest = query.order_by(drafts.c.updated_at, drafts.c.draft_id)
        return tuple(self._draft(row) for row in self._session.rows(oldest))

    def delete(self, branch_id: int, draft_id: UUID) -> None:
        """Remove a draft; nothing happens when it is gone already."""
        self._session.change(
            delete(drafts).where(drafts.c.branch_id == branch_id, drafts.c.draft_id == draft_id)
        )

    def _draft(self, row: RowMapping) -> Draft:
        def opened(column: str) -> str:
            text = unseal(self._session.keys, _place(column, row["draft_id"]), row[column])
            return text or ""

        return Draft(
            title=opened("title_sealed"),
            content=opened("content_sealed"),
            **{name: row[name] for name in _PLAIN_NAMES},
        )


def _own(branch_id: int, user_id: UUID) -> Select[Any]:
    return select(drafts).where(drafts.c.branch_id == branch_id, drafts.c.user_id == user_id)


def _place(column: str, draft_id: UUID) -> Place:
    return Place("drafts", column, draft_id)
