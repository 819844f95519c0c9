"""What all tables of summaries have in common: moved, counted anew, compared, rolled up.

A table has keys, sums and the branch; `counted` selects keys and sums of a branch from its books.
Rows of no figures stand for nothing: a comparison does not see them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    RowMapping,
    Select,
    Table,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from db.repositories.session import Session
from db.tables.monitor import BANK

Key = tuple[Any, ...]
Counted = Select[Any]


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """A table of summaries; `bank_keys` are constants of bank rows in place of a key."""

    table: Table
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    bank_keys: Mapping[str, object]

    def shift(self, session: Session, moved: Mapping[tuple[int, Key], Sequence[int]]) -> None:
        """Add to cells, in the order of their keys so that two acts never wait for each other.

        One statement, whatever the number of cells; `moved` is by branch and key.
        """
        rows = [
            {
                "branch_id": branch_id,
                **dict(zip(self.keys, key, strict=True)),
                **dict(zip(self.sums, change, strict=True)),
                "rolled": 0,
            }
            for (branch_id, key), change in sorted(moved.items())
            if any(change)
        ]
        if rows:
            statement = _added(self.table, self.sums, session.connection.dialect.name)
            session.connection.execute(statement, rows)

    def rebuild(self, session: Session, branch_id: int, counted: Counted) -> None:
        """Write the cells of a branch anew."""
        session.change(delete(self.table).where(self.table.c.branch_id == branch_id))
        self.append(session, branch_id, counted)

    def append(self, session: Session, branch_id: int, counted: Counted) -> None:
        """Write cells that do not stand yet.

        They come by way of the program: what inserts its own findings, PostgreSQL never reads with
        several workers, and cells are few.
        """
        rows = [{"branch_id": branch_id, **each} for each in session.rows(counted)]
        if rows:
            session.connection.execute(insert(self.table), rows)

    def differences(self, session: Session, branch_id: int, counted: Counted) -> int:
        """How many cells are not what the books say; 0 where all are."""
        own = self.table.c
        names = [*self.keys, *self.sums]
        stored = select(*(own[name] for name in names)).where(own.branch_id == branch_id)
        again = counted.subquery()
        minus = select(
            *(again.c[name] for name in self.keys),
            *((-again.c[name]).label(name) for name in self.sums),
        )
        both = union_all(stored, minus).subquery()
        wrong = or_(*(func.sum(both.c[name]) != 0 for name in self.sums))
        keys = [both.c[name] for name in self.keys]
        query = select(func.count()).select_from(
            select(*keys).group_by(*keys).having(wrong).subquery()
        )
        return int(session.connection.execute(query).scalar() or 0)

    def roll_up(self, session: Session) -> None:
        """Add the branches' cells up into the bank's."""
        own = self.table.c
        self.mark(session)
        session.change(delete(self.table).where(own.branch_id == BANK))
        self.add_up(session, select(self.table).where(own.branch_id > BANK))

    def mark(self, session: Session) -> tuple[RowMapping, ...]:
        """Say of all moved cells that the bank holds them, and return their keys.

        A cell that an act holds is left for the next time: nobody waits for a monitor. What is
        added up afterwards may hold more than what was marked, never less.
        """
        own = self.table.c
        key = tuple(self.table.primary_key.columns)
        waiting = select(*key).where(own.rolled == 0, own.branch_id > BANK)
        free = waiting.with_for_update(skip_locked=True)
        marked = update(self.table).where(tuple_(*key).in_(free)).values(rolled=1)
        return tuple(session.rows(marked.returning(*key)))

    def fixed(self, name: str) -> ColumnElement[Any]:
        """What stands in a bank's row in place of a key that it does not have."""
        return literal(self.bank_keys[name], self.table.c[name].type)

    def add_up(self, session: Session, chosen: Counted) -> None:
        """Write the bank's rows as the sums of the chosen ones."""
        part = chosen.subquery()
        kept = [name for name in self.keys if name not in self.bank_keys]
        keys = [part.c[name] for name in kept]
        fixed = [self.fixed(name) for name in self.bank_keys]
        sums = [cast(func.sum(part.c[name]), BigInteger) for name in self.sums]
        query = select(literal(BANK), *keys, *fixed, *sums, literal(1)).group_by(*keys)
        names = ["branch_id", *kept, *self.bank_keys, *self.sums, "rolled"]
        session.change(insert(self.table).from_select(names, query))


def branches_of(table: Table) -> Select[Any]:
    """The branches of a table, found by stepping over its key instead of reading its rows."""
    own = table.c.branch_id
    found = select(func.min(own).label("branch_id")).where(own > BANK).cte(recursive=True)
    after = select(func.min(own)).where(own > found.c.branch_id).scalar_subquery()
    found = found.union_all(select(after).where(found.c.branch_id.is_not(None)))
    return select(found.c.branch_id).where(found.c.branch_id.is_not(None))


@cache
def _added(table: Table, sums: tuple[str, ...], engine_name: str) -> Any:  # noqa: ANN401  # an insert of either dialect
    """Built once: every posting runs it."""
    insert_of = postgresql.insert if engine_name == "postgresql" else sqlite.insert
    statement: Any = insert_of(table)
    grown = {name: table.c[name] + statement.excluded[name] for name in sums}
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={**grown, "rolled": 0}
    )


def added_up(changes: Iterable[tuple[Key, Sequence[int]]]) -> dict[Key, list[int]]:
    """Changes of the same cell as one."""
    found: dict[Key, list[int]] = {}
    for key, change in changes:
        stands = found.setdefault(key, [0] * len(change))
        for place, by in enumerate(change):
            stands[place] += by
    return found
