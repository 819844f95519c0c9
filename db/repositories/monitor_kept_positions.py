"""The monitor's figures of single loans from what is kept between acts; counted where it is not.

Source: data-and-sync.md 3. Of a bank only those branches are counted that have moved since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, case, select

from db.records.monitor import BookCut
from db.repositories.cell_grain import CellGrain
from db.repositories.cell_table import branches_of
from db.repositories.portfolio_scope import money
from db.repositories.position_cells import PositionCells
from db.repositories.session import Session
from db.tables.monitor import BANK, vintage_cells
from db.tables.monitor import position_cells as cells

KeyT = TypeVar("KeyT")
Parts = tuple[str, str]
Span = tuple[date, date]


def _added_up(sign: ColumnElement[int] | int) -> Select[Any]:
    own = cells.c
    keys = (own.figure, own.part, own.other_part)
    sums = (money(own.loans * sign).label("loans"), money(own.amount_paise * sign).label("sum"))
    return select(*keys, *sums).group_by(*keys)


# Written once: that takes longer than the answer of a small branch.
_ADDED = _added_up(1)
_LESS = _added_up(case((cells.c.branch_id == BANK, 1), else_=-1))


class Held(NamedTuple):
    """What is kept of a cut, by figure and its parts, and the cuts of the branches to be counted.

    Sums are loans and paise.
    """

    sums: Mapping[str, Mapping[Parts, tuple[int, int]]]
    others: tuple[BookCut, ...]

    def of(self, figure: str) -> dict[Parts, tuple[int, ...]]:
        """Loans and paise of one figure by its parts."""
        return dict(self.sums.get(figure, {}))


class KeptPositions:
    """Reads the counts of one reading of the book."""

    def __init__(self, session: Session, grain: CellGrain) -> None:
        self._session, self._grain = session, grain
        self._cells = PositionCells(session)
        self._branches: frozenset[int] | None = None
        self._holding: dict[int | None, dict[int, date]] = {}
        self._read: dict[tuple[BookCut, frozenset[int]], Held] = {}

    def waiting(self, cut: BookCut, span: Span | None = None) -> frozenset[int]:
        """The branches of a cut whose counts do not hold, or not of a day-end of these days."""
        branch_id = cut.branch_id
        if branch_id not in self._holding:
            self._holding[branch_id] = self._cells.holding(branch_id)
        first, last = span or (date.min, date.max)
        holding = self._holding[branch_id].items()
        return self._lent(branch_id) - {each for each, day in holding if first <= day <= last}

    def _lent(self, branch_id: int | None) -> frozenset[int]:
        if branch_id is not None:
            return frozenset([branch_id])
        if self._branches is None:
            lent = self._session.rows(branches_of(vintage_cells))
            self._branches = frozenset(row["branch_id"] for row in lent)
        return self._branches

    def held(self, cut: BookCut, span: Span | None = None) -> Held:
        """What is kept, with everything else as cuts of one branch each.

        A span gives the days, first and last, of whose day-end the counts have to be.
        """
        if not cut.present or cut.officer_id is not None:
            return Held({}, (cut,))
        stale = self.waiting(cut, span)
        if cut.branch_id is not None and stale:
            return Held({}, (cut,))
        key = (cut, stale)
        if key not in self._read:
            others = tuple(replace(cut, branch_id=each) for each in sorted(stale))
            self._read[key] = Held(self._sums(cut, stale), others)
        return self._read[key]

    def _sums(self, cut: BookCut, stale: frozenset[int]) -> dict[str, dict[Parts, tuple[int, int]]]:
        """Added up but for the stale branches: of the bank's own rows theirs are taken away."""
        added, rows, branch = _ADDED, self._grain.rows(cells, cut), cells.c.branch_id
        if stale and self._grain.is_rolled(cells):
            added = _LESS
            rows = self._grain.filtered(cells, cut) & branch.in_([BANK, *stale])
        elif stale:
            rows = rows & branch.not_in(stale)
        found: dict[str, dict[Parts, tuple[int, int]]] = {}
        for row in self._session.rows(added.where(rows)):
            if row["loans"]:
                parts = found.setdefault(row["figure"], {})
                parts[row["part"], row["other_part"]] = (int(row["loans"]), int(row["sum"]))
        return found


def together(parts: Iterable[Mapping[KeyT, tuple[int, ...]]]) -> dict[KeyT, tuple[int, ...]]:
    """The figures of several parts of a book, added up by their keys."""
    found: dict[KeyT, tuple[int, ...]] = {}
    for part in parts:
        for key, figures in part.items():
            known = found.get(key)
            if known is not None:
                figures = tuple(map(sum, zip(known, figures, strict=True)))  # noqa: PLW2901  # the two become one
            found[key] = figures
    return found
