"""The audit chain of a branch: each entry carries the hash of the one before.

hash = sha256(previous hash + canonical entry), written in the act's own transaction while the
branch's head row is locked (data-and-sync.md 7). A cut tail shows against the head row, and
against an anchor kept elsewhere when the head was cut too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from db.records.book import AuditAct, AuditEntry, AuditVerdict
from db.tables.desk import audit_entries, audit_heads

GENESIS = "0" * 64
_READ_AT_ONCE = 1000


def lock_head(connection: Connection, branch_id: int) -> tuple[int, str]:
    """Lock the head of a branch until the transaction ends; return its sequence and hash.

    SQLite holds its one write lock already; a branch's first act makes the row.
    """
    query = select(audit_heads).where(audit_heads.c.branch_id == branch_id)
    row = connection.execute(query.with_for_update()).mappings().first()
    if row is None:
        connection.execute(
            insert(audit_heads).values(branch_id=branch_id, sequence=0, entry_hash=GENESIS)
        )
        return 0, GENESIS
    return row["sequence"], row["entry_hash"]


def append(
    connection: Connection, branch_id: int, acts: Sequence[AuditAct]
) -> tuple[AuditEntry, ...]:
    """Write entries at the end of a branch's chain: three statements, however many acts."""
    if not acts:
        return ()
    sequence, previous = lock_head(connection, branch_id)
    rows: list[dict[str, Any]] = []
    for act in acts:
        sequence += 1
        row = _values(branch_id, sequence, previous, act)
        previous = row["entry_hash"]
        rows.append(row)
    connection.execute(insert(audit_entries), rows)
    connection.execute(
        update(audit_heads)
        .where(audit_heads.c.branch_id == branch_id)
        .values(sequence=sequence, entry_hash=previous)
    )
    return tuple(entry_of(row) for row in rows)


def _values(branch_id: int, sequence: int, previous: str, act: AuditAct) -> dict[str, Any]:
    row: dict[str, Any] = {
        "branch_id": branch_id,
        "sequence": sequence,
        "act": act.act,
        "entity": act.entity,
        "entity_id": act.entity_id,
        "actor_staff_id": act.actor_staff_id,
        "at": act.at,
        "details": _canonical(dict(act.details)),
        "previous_hash": previous,
    }
    return row | {"entry_hash": _hash(previous, row)}


def verify(
    connection: Connection, branch_id: int, anchor: tuple[int, str] | None = None
) -> AuditVerdict:
    """Recompute a branch's chain from its first entry.

    Args:
        connection: an open connection.
        branch_id: the branch.
        anchor: sequence and hash of an entry, kept where the database's owner cannot write.

    Returns:
        How many entries there are, and the first that is edited, missing, swapped or cut.
    """
    count, previous = 0, GENESIS
    for row in _entries(connection, branch_id):
        count += 1
        fits = row["sequence"] == count and row["previous_hash"] == previous
        if not fits or row["entry_hash"] != _hash(previous, row):
            return AuditVerdict(_total(connection, branch_id), count)
        previous = row["entry_hash"]
        if anchor is not None and anchor[0] == count and anchor[1] != previous:
            return AuditVerdict(_total(connection, branch_id), count)
    cut = (anchor is not None and anchor[0] > count) or _head(connection, branch_id) != (
        count,
        previous,
    )
    return AuditVerdict(count, count + 1 if cut else None)


def entry_of(row: RowMapping | Mapping[str, Any]) -> AuditEntry:
    """Build the record of an entry."""
    return AuditEntry(**{name: row[name] for name in AuditEntry.__slots__})


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def _hash(previous: str, row: RowMapping | Mapping[str, Any]) -> str:
    names = ("branch_id", "sequence", "act", "entity", "entity_id", "actor_staff_id", "details")
    text = _canonical({name: row[name] for name in names} | {"at": _utc_text(row["at"])})
    return hashlib.sha256((previous + text).encode()).hexdigest()


def _utc_text(at: datetime) -> str:
    """The instant as both engines give it back."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _entries(connection: Connection, branch_id: int) -> Iterable[RowMapping]:
    query = select(audit_entries).where(audit_entries.c.branch_id == branch_id)
    ordered = query.order_by(audit_entries.c.sequence)
    return connection.execute(ordered, execution_options={"yield_per": _READ_AT_ONCE}).mappings()


def _total(connection: Connection, branch_id: int) -> int:
    query = select(func.count()).where(audit_entries.c.branch_id == branch_id)
    return int(connection.execute(query).scalar_one())


def _head(connection: Connection, branch_id: int) -> tuple[int, str]:
    query = select(audit_heads).where(audit_heads.c.branch_id == branch_id)
    row = connection.execute(query).mappings().first()
    return (0, GENESIS) if row is None else (row["sequence"], row["entry_hash"])
