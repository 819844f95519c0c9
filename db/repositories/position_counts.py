"""The open loans of a branch by what no cell of the portfolio knows: security, class moves, sizes.

Source: screens.md S80 (Security, Class, Concentration), data-and-sync.md 3. Every row is a figure
of the monitor, counted over the very lines that it drills to. A payment may carry a loan from one
band to another, so acts do not move these: they are counted at day-end and when somebody looks.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    cast,
    func,
    literal,
    select,
    union_all,
)

from db.records.monitor import NO_CLASS, BookCut
from db.records.months import month_end_before
from db.records.summaries import SummaryTerms
from db.repositories import monitor_groups as groups
from db.repositories.cell_table import CellTable, Counted
from db.repositories.monitor_positions import is_npa
from db.repositories.monitor_shifts import shifted_classes
from db.repositories.summary_counts import whole
from db.tables import monitor
from db.vocabulary.operations import ConcentrationKey

COLLATERAL, ACCEPTED, BAND = "collateral", "accepted", "ltv"
BREACH, OLD_VALUATION = "ltv_breach", "old_valuation"
MOVED, TICKET, TICKET_NPA = "moved", "ticket", "ticket_npa"
POSITIONS = CellTable(
    monitor.position_cells,
    ("product_code", "figure", "part", "other_part"),
    ("loans", "amount_paise"),
    {},
)


def positions_of(branch_id: int, terms: SummaryTerms) -> Counted:
    """Every figure of a branch as of its last closed day."""
    cut, limits = BookCut(branch_id, terms.day, present=True), terms.figures
    secured = groups.secured(cut).subquery()
    behind = groups.behind(cut, None).subquery()
    moved = shifted_classes(cut, month_end_before(terms.day)).subquery()
    sized = groups.grouped(cut, ConcentrationKey.TICKET, limits.ticket_edges_paise).subquery()
    npa = _lines(sized, TICKET_NPA, sized.c.key).where(is_npa(sized.c.asset_class))
    each = union_all(
        _lines(behind, COLLATERAL, behind.c.kind),
        _lines(behind, ACCEPTED, behind.c.kind, amount=behind.c.accepted),
        _lines(secured, BAND, groups.ltv_band(secured, limits.ltv_edges_ppm)),
        _lines(groups.breaching(cut, limits.caps).subquery(), BREACH),
        _lines(groups.stale(cut, limits.valued_from).subquery(), OLD_VALUATION),
        _lines(moved, MOVED, _word(moved.c.was), _word(moved.c.now)),
        _lines(sized, TICKET, sized.c.key),
        npa,
    ).subquery()
    keys = [each.c[name] for name in POSITIONS.keys]
    sums = (whole(literal(1)).label("loans"), whole(each.c.amount).label("amount_paise"))
    return select(*keys, *sums).group_by(*keys)


def _lines(
    each: Subquery,
    figure: str,
    *parts: ColumnElement[Any],
    amount: ColumnElement[int] | None = None,
) -> Select[Any]:
    names = POSITIONS.keys[-2:]
    told = [cast(part, String) for part in parts] + [literal("", String)] * (2 - len(parts))
    return select(
        each.c.product_code,
        literal(figure, String).label("figure"),
        *(part.label(name) for name, part in zip(names, told, strict=True)),
        (each.c.amount if amount is None else amount).label("amount"),
    )


def _word(asset_class: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(cast(asset_class, String), NO_CLASS)
