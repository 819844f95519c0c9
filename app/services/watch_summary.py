"""The main figures of the part of a book that is looked at, with the alerts that stand.

Source: commands.md (`portfolio summary`), screens.md S80, lending-rules.md 9.4 and 14. Ratios are
those of the monitor's tiles; the approval rate is of all applications, as the verb has it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_point import (
    BookPoint,
    alert_values,
    book_points,
    collection_variant,
)
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.portfolio_alerts import followed_alerts
from app.services.steps.portfolio_figures import PortfolioSummary
from db.records.monitor import ApplicationSum, PositionSum

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk


def watch_summary(scope: MonitorScope, desk: "Desk") -> PortfolioSummary:
    """Every main figure of the scope.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        points = book_points(view, book, collection_variant(rulebook, view.as_of))
        received = book.monitor.sums.applications(view.cut)
        repaid = book.monitor.dues.repaid(view.cut)
    return _summary(points, received, repaid, rulebook)


def _summary(
    points: Sequence[BookPoint], received: ApplicationSum, repaid: int, rulebook: "Rulebook"
) -> PortfolioSummary:
    point = points[-1]
    stands = point.position or _nothing(point)
    owed, npa = stands.outstanding_paise, point.npa
    variant = collection_variant(rulebook, point.day)
    collected, demand = point.collected(variant)
    return PortfolioSummary(
        as_of=point.day,
        total_applications=received.received,
        total_loans=point.lent_loans,
        active_loans=stands.active_loans,
        defaulted_loans=point.defaulted_loans,
        approval_rate=percent(received.approved, received.received),
        total_disbursed_paise=point.paid_out_paise,
        total_outstanding_paise=owed,
        total_repaid_paise=repaid,
        total_npa_amount_paise=stands.npa_paise,
        npa_ratio=npa.npa_ratio if npa else None,
        net_npa_ratio=npa.net_npa_ratio if npa else None,
        default_rate=point.default_rate,
        average_emi_payment_rate=point.on_time_share,
        par30=percent(stands.above_30_paise, owed),
        par60=percent(stands.above_60_paise, owed),
        par90=percent(stands.above_90_paise, owed),
        collection_efficiency=(
            None if collected is None or demand is None else percent(collected, demand)
        ),
        collection_variant=variant,
        alerts=tuple(followed_alerts(alert_values(points), rulebook)),
    )


def _nothing(point: BookPoint) -> PositionSum:
    return PositionSum(point.day, *(0,) * 11)
