"""Open loans by their security: by kind, and by what is owed over its accepted value.

Source: screens.md S80 (Security). Counted at day-end: security moves with every payment otherwise.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)

from db.repositories.cell_table import CellTable, Counted
from db.repositories.closing_sql import IS_OPEN
from db.repositories.summary_counts import whole
from db.tables import monitor
from db.tables.applications import collateral
from db.tables.loans import loans

NO_SECURITY = "none"
_ONE = 1_000_000
SECURITY = CellTable(
    monitor.security_cells,
    ("product_code", "collateral_type", "ltv_band"),
    (
        "loans",
        "value_paise",
        "accepted_paise",
        "lead_loans",
        "outstanding_paise",
        "breach_loans",
        "breach_paise",
    ),
    {},
)


def security_of(branch_id: int, edges_ppm: Sequence[int]) -> Counted:
    """Open loans of a branch by kind of security and band."""
    kinds = _kinds(branch_id).subquery()
    own = kinds.c.application_id == loans.c.application_id
    owed, accepted = loans.c.outstanding_paise, func.coalesce(kinds.c.accepted, 0)
    keys = (
        loans.c.product_code.label("product_code"),
        func.coalesce(kinds.c.kind, "").label("collateral_type"),
        _band(owed, accepted, edges_ppm).label("ltv_band"),
    )
    leads = func.coalesce(kinds.c.place, 1) == 1
    breach = and_(accepted > 0, owed > accepted)
    each = (
        select(
            *keys,
            func.coalesce(kinds.c.value, 0).label("value_paise"),
            func.coalesce(kinds.c.taken, 0).label("accepted_paise"),
            case((leads, 1), else_=0).label("lead_loans"),
            case((leads, owed), else_=0).label("outstanding_paise"),
            case((and_(leads, breach), 1), else_=0).label("breach_loans"),
            case((and_(leads, breach), owed), else_=0).label("breach_paise"),
            literal(1).label("loans"),
        )
        .select_from(loans.outerjoin(kinds, own))
        .where(loans.c.branch_id == branch_id, IS_OPEN)
        .subquery()
    )
    grouped = [each.c[name] for name in SECURITY.keys]
    sums = (whole(each.c[name]).label(name) for name in SECURITY.sums)
    return select(*grouped, *sums).group_by(*grouped)


def _kinds(branch_id: int) -> Select[Any]:
    """Value of each kind of security of an application, all accepted value beside it."""
    part = collateral.c
    value = whole(part.value_paise)
    taken = whole(part.value_paise * part.accepted_share_ppm // _ONE)
    kind = cast(part.collateral_type, String)
    whose = part.application_id
    accepted = func.sum(taken).over(partition_by=whose)
    place = func.row_number().over(partition_by=whose, order_by=(value.desc(), kind))
    found: Select[Any] = (
        select(
            part.application_id,
            kind.label("kind"),
            value.label("value"),
            taken.label("taken"),
            cast(accepted, BigInteger).label("accepted"),
            place.label("place"),
        )
        .where(part.branch_id == branch_id)
        .group_by(part.application_id, part.collateral_type)
    )
    return found


def _band(
    owed: ColumnElement[int], accepted: ColumnElement[int], edges_ppm: Sequence[int]
) -> ColumnElement[str]:
    """The band of owed over accepted, without dividing: owed * 10^6 <= edge * accepted."""
    measure = owed * _ONE
    inside = [
        (measure <= edge * accepted, literal(f"{lower}-{edge}"))
        for lower, edge in pairwise((0, *edges_ppm))
    ]
    last = f"{edges_ppm[-1] if edges_ppm else 0}-"
    return case((accepted == 0, literal(NO_SECURITY)), *inside, else_=literal(last))
