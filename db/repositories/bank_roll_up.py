"""The bank's summaries, added up from the branches' cells while nobody waits for them.

Source: data-and-sync.md 3: a row of the whole bank inside an act's transaction would be a hot spot.
Cells say whether the bank holds them, so a refresh without new acts reads one index and ends.
"""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, delete, select

from db.audit_chain import lock_head
from db.repositories import month_end_counts as month_ends
from db.repositories import portfolio_cells
from db.repositories import summary_counts as counts
from db.repositories.cell_grain import CellGrain
from db.repositories.cell_table import CellTable, branches_of
from db.repositories.position_counts import POSITIONS
from db.repositories.session import Session
from db.tables.monitor import BANK

# Small tables are added up whole.
_WHOLE = (portfolio_cells.TABLE, counts.MONTHS, counts.VINTAGES, POSITIONS)
# Of these one part at a time is: the days and months, or month ends, that have moved.
_BY_MONTH_END = (month_ends.MONTH_END_CELLS, month_ends.MONTH_END_SUMS, month_ends.ROLLS)
TABLES = (*_WHOLE, counts.REPAYMENTS, *_BY_MONTH_END)
_MANY = 60  # moved days or months, beyond which reading the whole table is as quick


class BankRollUp:
    """Brings the bank's rows up to the branches' cells."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_stale(self) -> bool:
        """Whether a branch has moved since, in one statement."""
        return bool(CellGrain(self._session).moved())

    def refresh(self) -> tuple[str, ...]:
        """Add up what has moved since the last time; return the tables that had.

        Two programs never add up at once: the second waits for the first and finds nothing to do.
        """
        if not self.is_stale():
            return ()
        lock_head(self._session.connection, BANK)
        moved = CellGrain(self._session).moved()
        stale = [table for table in TABLES if table.table.name in moved]
        for table in stale:
            if table in _WHOLE:
                table.roll_up(self._session)
            else:
                self._roll_parts(table)
        return tuple(table.table.name for table in stale)

    def differences(self) -> dict[str, int]:
        """How many of the bank's rows are not the sum of the branches'; none are left out."""
        found = {
            table.table.name: table.differences(self._session, BANK, _summed(table))
            for table in TABLES
        }
        return {name: count for name, count in found.items() if count}

    def _roll_parts(self, table: CellTable) -> None:
        names = ("grain", "starts_on") if table is counts.REPAYMENTS else ("month_end",)
        moved = {tuple(row[name] for name in names) for row in table.mark(self._session)}
        if len(moved) > _MANY:
            own = table.table.c
            self._session.change(delete(table.table).where(own.branch_id == BANK))
            table.add_up(self._session, select(table.table).where(own.branch_id > BANK))
            return
        for part in sorted(moved, key=str):
            self._roll_part(table, dict(zip(names, part, strict=True)))

    def _roll_part(self, table: CellTable, part: dict[str, date | str]) -> None:
        """Add one day, month or month end up; each branch is read by its key."""
        own = table.table.c
        same = and_(*(own[name] == value for name, value in part.items()))
        self._session.change(delete(table.table).where(own.branch_id == BANK, same))
        branches = branches_of(table.table).subquery()
        chosen = select(table.table).join(branches, branches.c.branch_id == own.branch_id)
        table.add_up(self._session, chosen.where(same))


def _summed(table: CellTable) -> Select[Any]:
    own = table.table.c
    kept = [name for name in table.keys if name not in table.bank_keys]
    fixed = [table.fixed(name).label(name) for name in table.bank_keys]
    sums = (counts.whole(own[name]).label(name) for name in table.sums)
    query = select(*(own[name] for name in kept), *fixed, *sums).where(own.branch_id > BANK)
    return query.group_by(*(own[name] for name in kept))
