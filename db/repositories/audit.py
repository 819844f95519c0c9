"""The audit chain as the unit of work offers it."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, func, select

from db import audit_chain
from db.records.applications import TrailEntry
from db.records.book import AuditAct, AuditEntry, AuditVerdict
from db.repositories.session import MOST_IDS, Session
from db.tables.desk import audit_entries
from db.tables.reference import users


class Audit:
    """What was done, by whom and when; written in the act's own transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, branch_id: int, act: AuditAct) -> AuditEntry:
        """Write one entry. Details hold codes and ids, never personal data."""
        return self.append_many(branch_id, [act])[0]

    def append_many(self, branch_id: int, acts: Sequence[AuditAct]) -> tuple[AuditEntry, ...]:
        """Write several entries under one lock."""
        return audit_chain.append(self._session.connection, branch_id, acts)

    def verify(self, branch_id: int, anchor: tuple[int, str] | None = None) -> AuditVerdict:
        """Recompute the branch's chain and name the first bad entry."""
        return audit_chain.verify(self._session.connection, branch_id, anchor)

    def entries(self, branch_id: int, after: int = 0, limit: int = 500) -> tuple[AuditEntry, ...]:
        """Return entries by their sequence."""
        query = select(audit_entries).where(
            audit_entries.c.branch_id == branch_id, audit_entries.c.sequence > after
        )
        rows = self._session.rows(query.order_by(audit_entries.c.sequence).limit(limit))
        return tuple(audit_chain.entry_of(row) for row in rows)

    def trail(self, branch_id: int, entity_ids: Sequence[UUID]) -> tuple[TrailEntry, ...]:
        """Return the history of some records, oldest first, with people's names."""
        rows: list[RowMapping] = []
        for start in range(0, len(entity_ids), MOST_IDS):
            rows += self._entries_of(branch_id, entity_ids[start : start + MOST_IDS])
        rows.sort(key=lambda row: row["sequence"])
        return tuple(_trail_entry(row) for row in rows)

    def _entries_of(self, branch_id: int, entity_ids: Sequence[UUID]) -> Sequence[RowMapping]:
        people = audit_entries.outerjoin(
            users, users.c.staff_key == func.lower(audit_entries.c.actor_staff_id)
        )
        query = (
            select(audit_entries, users.c.full_name)
            .select_from(people)
            .where(
                audit_entries.c.branch_id == branch_id,
                audit_entries.c.entity_id.in_(entity_ids),
            )
        )
        return self._session.rows(query)


def _trail_entry(row: RowMapping) -> TrailEntry:
    details = json.loads(row["details"])
    return TrailEntry(
        act=row["act"],
        by=row["full_name"] or row["actor_staff_id"],
        at=row["at"],
        from_status=details.get("from"),
        to_status=details.get("to"),
        reason=details.get("reason"),
        note=details.get("note"),
    )
