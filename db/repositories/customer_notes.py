"""Notes on customers: written once, sealed, read newest first."""

from uuid import UUID

from sqlalchemy import func, select

from db.records.customer_life import CustomerNote
from db.records.lists import Page
from db.repositories.keyset_paging import Ordering, page_of
from db.repositories.session import Session
from db.repositories.staff_names import name_of_staff
from db.security.sealed_fields import Place, seal, unseal
from db.tables.customer_life import customer_notes

_SEALED = "text_sealed"
_NEWEST = Ordering("notes", customer_notes.c.written_at, customer_notes.c.note_id, descending=True)


class CustomerNotes:
    """The notes of a branch; there is no way to change or remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, branch_id: int, note: CustomerNote) -> None:
        """Write one note."""
        sealed = seal(self._session.keys, _place(note.note_id), note.text)
        values = {
            "branch_id": branch_id,
            "note_id": note.note_id,
            "customer_id": note.customer_id,
            _SEALED: sealed,
            "author_staff_id": note.author_staff_id,
            "written_at": note.written_at,
        }
        self._session.write(customer_notes, [values])

    def of_customer(
        self, branch_id: int, customer_id: UUID, limit: int, after: str | None = None
    ) -> Page[CustomerNote]:
        """Read one page of a customer's notes, newest first, with the writers' names.

        Raises:
            BadCursor: `after` is no cursor of this list.
            KeyMissing, SealBroken: a note does not open.
        """
        author = name_of_staff(customer_notes.c.author_staff_id).label("author")
        query = select(customer_notes, author).where(
            customer_notes.c.branch_id == branch_id, customer_notes.c.customer_id == customer_id
        )
        rows, following = page_of(self._session, query, _NEWEST, limit, after)
        notes = tuple(
            CustomerNote(
                note_id=row["note_id"],
                customer_id=row["customer_id"],
                text=note_text(self._session, row["note_id"], row[_SEALED]),
                author_staff_id=row["author_staff_id"],
                written_at=row["written_at"],
                author=row["author"],
            )
            for row in rows
        )
        return Page(notes, following)

    def count(self, branch_id: int, customer_id: UUID) -> int:
        """Count a customer's notes."""
        query = select(func.count()).where(
            customer_notes.c.branch_id == branch_id, customer_notes.c.customer_id == customer_id
        )
        return int(self._session.one(query)[0])


def note_text(session: Session, note_id: UUID, sealed: bytes) -> str:
    """Open the words of a note.

    Raises:
        KeyMissing, SealBroken: it does not open.
    """
    return unseal(session.keys, _place(note_id), sealed) or ""


def _place(note_id: UUID) -> Place:
    return Place("customer_notes", _SEALED, note_id)
