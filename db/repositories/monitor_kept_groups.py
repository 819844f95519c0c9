"""The monitor's cuts of the open loans from what the book keeps; counted where none is kept.

Source: data-and-sync.md 3. Places and employers are jobs: of those every loan is read.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, case, select

from db.records.monitor import NO_SECURITY, BookCut, CapTerms, GroupSum, SecuritySum
from db.repositories.cell_grain import CellGrain
from db.repositories.monitor_groups import MonitorGroups, band_keys
from db.repositories.monitor_kept_positions import KeptPositions, Parts, together
from db.repositories.monitor_positions import is_npa
from db.repositories.portfolio_scope import money
from db.repositories.position_counts import (
    ACCEPTED,
    BAND,
    BREACH,
    COLLATERAL,
    OLD_VALUATION,
    TICKET,
    TICKET_NPA,
)
from db.repositories.session import Session
from db.tables import monitor
from db.tables.loan_account import portfolio_cells
from db.vocabulary.lending import CollateralType
from db.vocabulary.operations import ConcentrationKey

_GROUPED = {
    ConcentrationKey.PURPOSE: "loan_purpose",
    ConcentrationKey.PRODUCT: "product_code",
    ConcentrationKey.SEGMENT: "provision_segment",
    ConcentrationKey.STATE: "state",
    ConcentrationKey.OFFICER: "officer_id",
}


@cache
def _cut_by(by: ConcentrationKey) -> Select[Any]:
    """Written once for each key: that takes longer than the answer of a small branch."""
    cells = portfolio_cells.c
    key, npa, owed = cells[_GROUPED[by]], is_npa(cells.asset_class), cells.outstanding_paise
    sums = {
        "loans": cells.loans,
        "sum": owed,
        "npa_loans": case((npa, cells.loans), else_=0),
        "npa_sum": case((npa, owed), else_=0),
    }
    told = (money(each).label(name) for name, each in sums.items())
    return select(key.label("key"), *told).where(cells.loans > 0).group_by(key)


class KeptGroups(MonitorGroups):
    """Cuts by the keys that the cells have."""

    def __init__(self, session: Session, grain: CellGrain, positions: KeptPositions) -> None:
        super().__init__(session)
        self._grain, self._positions = grain, positions

    def groups(
        self, cut: BookCut, by: ConcentrationKey, edges_paise: Sequence[int] = ()
    ) -> tuple[GroupSum, ...]:
        """Open loans by one key, largest first; cities and employers are counted."""
        if by is ConcentrationKey.TICKET:
            return self._sizes(cut, edges_paise)
        if by not in _GROUPED or not cut.present:
            return super().groups(cut, by, edges_paise)
        cells = portfolio_cells
        where = self._grain.rows(cells, cut)
        if by is ConcentrationKey.OFFICER and cut.branch_id is None:
            where = self._grain.filtered(cells, cut) & (cells.c.branch_id > monitor.BANK)
        sums = [
            GroupSum(
                str(row["key"] or ""), int(row["loans"]), int(row["sum"]), int(row["npa_loans"]),
                int(row["npa_sum"]),
            )
            for row in self._session.rows(_cut_by(by).where(where))
        ]  # fmt: skip
        return tuple(sorted(sums, key=lambda one: (-one.amount_paise, one.key)))

    def security(self, cut: BookCut) -> tuple[SecuritySum, ...]:
        """Security by kind, largest first; a loan counts once in each kind it has."""
        held = self._positions.held(cut)
        worth, taken = held.of(COLLATERAL), held.of(ACCEPTED)
        parts = [{key: (*each, taken[key][1]) for key, each in worth.items()}]
        for each in held.others:
            counted = super().security(each)
            parts.append(
                {
                    (one.kind, ""): (one.loans, one.value_paise, one.accepted_paise)
                    for one in counted
                }
            )
        sums = [SecuritySum(kind, *figures) for (kind, _), figures in together(parts).items()]
        return tuple(sorted(sums, key=lambda one: (-one.value_paise, one.kind)))

    def ltv_bands(self, cut: BookCut, edges_ppm: Sequence[int]) -> dict[str, tuple[int, int]]:
        """Loans and outstanding of every band, empty ones too."""
        held = self._positions.held(cut)
        count = super().ltv_bands
        empty = dict.fromkeys((NO_SECURITY, *band_keys(edges_ppm)), (0, 0))
        parts: list[Mapping[str, tuple[int, ...]]] = [empty]
        parts.append({key: each for (key, _), each in held.of(BAND).items()})
        parts += [count(each, edges_ppm) for each in held.others]
        return {key: (loans, paise) for key, (loans, paise) in together(parts).items()}

    def breaches(self, cut: BookCut, caps: Sequence[CapTerms]) -> tuple[int, int]:
        """Loans that owe more than these caps let their security carry, and what they owe."""
        held = self._positions.held(cut, (cut.day, cut.day))
        count = super().breaches
        counted = [count(each, caps) for each in held.others]
        return _added([*held.of(BREACH).values(), *counted])

    def old_valuations(
        self, cut: BookCut, valued_from: Mapping[CollateralType, date]
    ) -> tuple[int, int]:
        """Loans with a valuation that is missing or too old, and what they owe."""
        held = self._positions.held(cut, (cut.day, cut.day))
        count = super().old_valuations
        counted = [count(each, valued_from) for each in held.others]
        return _added([*held.of(OLD_VALUATION).values(), *counted])

    def _sizes(self, cut: BookCut, edges_paise: Sequence[int]) -> tuple[GroupSum, ...]:
        held = self._positions.held(cut)
        npa = held.of(TICKET_NPA)
        kept = {key: (*each, *npa.get(key, (0, 0))) for key, each in held.of(TICKET).items()}
        parts: list[Mapping[Parts, tuple[int, ...]]] = [kept]
        for each in held.others:
            counted = super().groups(each, ConcentrationKey.TICKET, edges_paise)
            parts.append(
                {
                    (one.key, ""): (
                        one.loans, one.amount_paise, one.npa_loans, one.npa_paise,
                    )
                    for one in counted
                }
            )  # fmt: skip
        sums = [GroupSum(key, *figures) for (key, _), figures in together(parts).items()]
        return tuple(sorted(sums, key=lambda one: (-one.amount_paise, one.key)))


def _added(parts: Sequence[tuple[int, ...]]) -> tuple[int, int]:
    return sum(each[0] for each in parts), sum(each[1] for each in parts)
