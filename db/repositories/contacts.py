"""Contacts, promises and snoozes of loans: written once, corrected for minutes, never removed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, Table, and_, func, select, update

from db.records.follow_up import Contact, ContactCounts, Promise, Snooze
from db.records.refusals import NotFound, VersionConflict
from db.repositories.session import Session
from db.security.sealed_fields import Place, seal, unseal
from db.tables.follow_up import contacts, promises, snoozes
from db.tables.reference import users
from db.vocabulary.operations import ContactChannel

_SEALED = "note_sealed"
_PROMISE = tuple(name for name in Promise.__slots__)
_ACTOR = func.coalesce(users.c.full_name, "").label("actor_name")


class Contacts:
    """The entries of a branch's follow-up; there is no way to remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_many(
        self,
        branch_id: int,
        made: Sequence[Contact],
        promised: Sequence[Promise] = (),
        put_off: Sequence[Snooze] = (),
    ) -> None:
        """Write entries, at most three statements."""
        self._session.write(contacts, [self._contact_values(branch_id, each) for each in made])
        self._session.write(promises, [_promise_values(branch_id, each) for each in promised])
        self._session.write(snoozes, [self._snooze_values(branch_id, each) for each in put_off])

    def get(self, branch_id: int, contact_id: UUID) -> Contact:
        """Read one contact.

        Raises:
            NotFound: the branch has no such contact.
        """
        row = self._session.first(
            _with_actor(contacts).where(
                contacts.c.branch_id == branch_id, contacts.c.contact_id == contact_id
            )
        )
        if row is None:
            message = "There is no such entry in this branch"
            raise NotFound(message)
        return self._contact(row)

    def correct(self, branch_id: int, changed: Contact) -> None:
        """Write outcome, note and time of a correction; `changed` carries the next version.

        Raises:
            VersionConflict: somebody corrected it meanwhile.
        """
        met = self._session.change(
            update(contacts)
            .where(
                contacts.c.branch_id == branch_id,
                contacts.c.contact_id == changed.contact_id,
                contacts.c.version == changed.version - 1,
            )
            .values(
                outcome=changed.outcome,
                note_sealed=self._sealed("contacts", changed.contact_id, changed.note),
                edited_at=changed.edited_at,
                version=changed.version,
            )
        )
        if not met:
            raise VersionConflict

    def correct_promise(self, branch_id: int, changed: Promise) -> None:
        """Write amount, day and whether it stands."""
        self._session.change(
            update(promises)
            .where(promises.c.branch_id == branch_id, promises.c.promise_id == changed.promise_id)
            .values(
                amount_paise=changed.amount_paise,
                due_on=changed.due_on,
                dropped_at=changed.dropped_at,
            )
        )

    def of_loan(self, branch_id: int, loan_id: UUID) -> tuple[Contact, ...]:
        """Return all contacts about a loan, newest first.

        Raises:
            KeyMissing, SealBroken: a note does not open.
        """
        query = _with_actor(contacts).where(
            contacts.c.branch_id == branch_id, contacts.c.loan_id == loan_id
        )
        newest = query.order_by(contacts.c.made_at.desc(), contacts.c.contact_id.desc())
        return tuple(self._contact(row) for row in self._session.rows(newest))

    def promises_of(self, branch_id: int, loan_id: UUID) -> tuple[Promise, ...]:
        """Return all promises on a loan, dropped ones too, oldest first."""
        query = select(promises).where(
            promises.c.branch_id == branch_id, promises.c.loan_id == loan_id
        )
        rows = self._session.rows(query.order_by(promises.c.made_at, promises.c.promise_id))
        return tuple(Promise(**{name: row[name] for name in _PROMISE}) for row in rows)

    def snoozes_of(self, branch_id: int, loan_id: UUID) -> tuple[Snooze, ...]:
        """Return how often a loan was put off, newest first."""
        query = _with_actor(snoozes).where(
            snoozes.c.branch_id == branch_id, snoozes.c.loan_id == loan_id
        )
        newest = query.order_by(snoozes.c.made_at.desc(), snoozes.c.snooze_id.desc())
        return tuple(self._snooze(row) for row in self._session.rows(newest))

    def counts(
        self, branch_id: int, customer_id: UUID, begins: tuple[datetime, datetime, datetime]
    ) -> ContactCounts:
        """Count calls since two instants and visits since a third, on all the borrower's loans."""
        made = contacts.c.made_at
        called = contacts.c.channel == ContactChannel.CALL
        visited = contacts.c.channel == ContactChannel.VISIT
        columns = (
            func.count().filter(and_(called, made >= begins[0])),
            func.count().filter(and_(called, made >= begins[1])),
            func.count().filter(and_(visited, made >= begins[2])),
        )
        query = select(*columns).where(
            contacts.c.branch_id == branch_id,
            contacts.c.customer_id == customer_id,
            made >= min(begins),
        )
        return ContactCounts(*(int(each) for each in self._session.one(query)))

    def _sealed(self, table: str, row_id: UUID, note: str) -> bytes | None:
        return seal(self._session.keys, Place(table, _SEALED, row_id), note)

    def _opened(self, table: str, row_id: UUID, row: RowMapping) -> str:
        return unseal(self._session.keys, Place(table, _SEALED, row_id), row[_SEALED]) or ""

    def _contact_values(self, branch_id: int, made: Contact) -> Mapping[str, object]:
        names = (
            "contact_id", "loan_id", "customer_id", "channel", "outcome", "override_reason",
            "actor_id", "made_at", "edited_at", "version",
        )  # fmt: skip
        return {
            "branch_id": branch_id,
            "stored_at": made.made_at,
            _SEALED: self._sealed("contacts", made.contact_id, made.note),
            **{name: getattr(made, name) for name in names},
        }

    def _snooze_values(self, branch_id: int, made: Snooze) -> Mapping[str, object]:
        names = ("snooze_id", "loan_id", "until_on", "reason", "actor_id", "made_at")
        return {
            "branch_id": branch_id,
            "stored_at": made.made_at,
            _SEALED: self._sealed("snoozes", made.snooze_id, made.note),
            **{name: getattr(made, name) for name in names},
        }

    def _contact(self, row: RowMapping) -> Contact:
        opened = self._opened("contacts", row["contact_id"], row)
        named = (name for name in Contact.__slots__ if name != "note")
        return Contact(note=opened, **{name: row[name] for name in named})

    def _snooze(self, row: RowMapping) -> Snooze:
        opened = self._opened("snoozes", row["snooze_id"], row)
        named = (name for name in Snooze.__slots__ if name != "note")
        return Snooze(note=opened, **{name: row[name] for name in named})


def _with_actor(table: Table) -> "Select[Any]":
    joined = table.outerjoin(users, users.c.user_id == table.c.actor_id)
    return select(table, _ACTOR).select_from(joined)


def _promise_values(branch_id: int, made: Promise) -> Mapping[str, object]:
    values = {name: getattr(made, name) for name in _PROMISE}
    return values | {"branch_id": branch_id, "stored_at": made.made_at}
