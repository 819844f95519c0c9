"""What stands behind the loans: security by kind, loan to value, breaches, old valuations.

Source: screens.md S80 (Security), commands.md (`portfolio collateral-analysis`).
"""

from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import percent
from app.services.steps.figure_terms import LTV_EDGES_PPM, figure_terms
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.monitor_tabs import BandRow, CountRow, SecurityRow, SecurityWatched
from db.records.monitor import NO_SECURITY
from db.vocabulary.lending import CollateralType

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def watch_security(scope: MonitorScope, desk: "Desk") -> SecurityWatched:
    """Security behind the open loans of the day.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        groups, terms = book.monitor.groups, figure_terms(view.as_of, rulebook)
        kinds = groups.security(view.cut)
        bands = groups.ltv_bands(view.cut, LTV_EDGES_PPM)
        breach = groups.breaches(view.cut, terms.caps)
        stale = groups.old_valuations(view.cut, terms.valued_from)
    value = sum(each.value_paise for each in kinds)
    return SecurityWatched(
        as_of=view.as_of,
        kinds=tuple(
            SecurityRow(
                CollateralType(each.kind), each.loans, each.value_paise, each.accepted_paise,
                percent(each.value_paise, value), f"collateral {each.kind}",
            )
            for each in kinds
        ),
        bands=_bands(bands),
        breaches=CountRow("ltv_breach", *breach, "ltv_breach"),
        old_valuations=CountRow("old_valuation", *stale, "old_valuation"),
    )  # fmt: skip


def _bands(found: dict[str, tuple[int, int]]) -> tuple[BandRow, ...]:
    total = sum(amount for _, amount in found.values())
    rows = []
    for key, (loans, amount) in found.items():
        low, _, high = ("", "", "") if key == NO_SECURITY else key.partition("-")
        rows.append(
            BandRow(
                key,
                int(low) if low else None,
                int(high) if high else None,
                loans,
                amount,
                percent(amount, total),
                f"ltv {key}",
            )
        )
    return tuple(rows)
