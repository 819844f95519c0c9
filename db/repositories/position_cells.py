"""Counts of single loans that are kept between acts, and how long they hold.

Source: data-and-sync.md 3. Every act that moves a loan moves a cell of the portfolio and says there
that its branch is to be counted anew; until then readers count that branch, and only that one.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, func, select, tuple_, update

from db.records.summaries import SummaryTerms
from db.repositories.position_counts import POSITIONS, positions_of
from db.repositories.session import Session
from db.tables.loan_account import day_ends, portfolio_cells
from db.tables.monitor import counted_positions

_CELL = tuple(portfolio_cells.primary_key.columns)
_MOVED = exists().where(
    portfolio_cells.c.branch_id == counted_positions.c.branch_id, portfolio_cells.c.counted == 0
)
_HOLDING = select(counted_positions.c.branch_id, counted_positions.c.business_date).where(
    counted_positions.c.business_date.is_not(None), ~_MOVED
)


class PositionCells:
    """The counts of branches."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, branch_id: int, terms: SummaryTerms) -> None:
        """Count a branch anew as of its last closed day.

        What an act commits meanwhile is marked as not counted, whether it was met or not.
        """
        self._note(branch_id, terms.day)
        cells = portfolio_cells.c
        waiting = select(*_CELL).where(cells.counted == 0, cells.branch_id == branch_id)
        free = waiting.with_for_update(skip_locked=True)  # an act holds the others: it marks them
        marked = update(portfolio_cells).where(tuple_(*_CELL).in_(free)).values(counted=1)
        self._session.change(marked)
        POSITIONS.rebuild(self._session, branch_id, positions_of(branch_id, terms))

    def count_free(self, branches: Sequence[int], terms: SummaryTerms) -> int:
        """Count those of the branches whose last closed day it is and that nobody counts now."""
        own = counted_positions.c
        known = select(own.branch_id).where(own.branch_id.in_(branches)).order_by(own.branch_id)
        held = self._session.rows(known.with_for_update(skip_locked=True))
        found = [row["branch_id"] for row in held]
        closed = (
            select(day_ends.c.branch_id)
            .where(day_ends.c.branch_id.in_(found))
            .group_by(day_ends.c.branch_id)
            .having(func.max(day_ends.c.business_date) == terms.day)
        )
        counted = [row["branch_id"] for row in self._session.rows(closed)]
        for branch_id in counted:
            self.count(branch_id, terms)
        return len(counted)

    def forget(self, branch_id: int) -> None:
        """The counts of a branch do not hold any more, whatever its cells say."""
        self._note(branch_id, None)

    def holding(self, branch_id: int | None) -> dict[int, date]:
        """The day-end whose counts hold, by branch: of one branch, or of every one that has any."""
        of_branch = counted_positions.c.branch_id == branch_id
        query = _HOLDING if branch_id is None else _HOLDING.where(of_branch)
        return {row["branch_id"]: row["business_date"] for row in self._session.rows(query)}

    def differences(self, branch_id: int, terms: SummaryTerms) -> int:
        """How many counts are not what the loans say, where they hold; 0 where all are."""
        if self.holding(branch_id).get(branch_id) != terms.day:
            return 0
        return POSITIONS.differences(self._session, branch_id, positions_of(branch_id, terms))

    def _note(self, branch_id: int, day: date | None) -> None:
        """Write as of which day-end a branch is counted, None for no longer; hold its row."""
        of_branch = counted_positions.c.branch_id == branch_id
        noted = update(counted_positions).where(of_branch).values(business_date=day)
        if not self._session.change(noted):
            row = {"branch_id": branch_id, "business_date": day}
            self._session.write(counted_positions, [row])
