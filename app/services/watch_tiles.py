"""The head of the portfolio monitor, its tiles and its trends.

Source: screens.md S80, commands.md (`portfolio summary`, `portfolio trend`).
"""

from typing import TYPE_CHECKING

from app.services.steps.monitor_answers import (
    BookState,
    MonitorHead,
    MonitorTiles,
    MonitorTrend,
    TrendPoint,
)
from app.services.steps.monitor_point import BookPoint, book_points, collection_variant
from app.services.steps.monitor_scope import MonitorScope, ScopeView, look_up
from app.services.steps.monitor_tiles import tiles_of
from db.records.monitor import PositionSum
from db.vocabulary.people import Role

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

SENTENCES = {
    BookState.FILLED: "",
    BookState.EMPTY: "No loan has been disbursed yet. The figures need disbursed loans.",
    BookState.ALL_CLOSED: "Every loan is closed. Shares of the outstanding are unknown.",
    BookState.NOTHING_FITS: "No loan fits the branch, product and officer chosen.",
}


def monitor_tiles(scope: MonitorScope, desk: "Desk") -> MonitorTiles:
    """What can be chosen, what there is to see, and every tile.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        points = book_points(view, book, collection_variant(rulebook, view.as_of))
        stands = points[-1].position
        head = _head(view, stands, rulebook.product_names(), book)
    return MonitorTiles(head, tiles_of(points, rulebook))


def monitor_trend(scope: MonitorScope, desk: "Desk") -> MonitorTrend:
    """The last twelve months, oldest first; the newest ends on the day looked at.

    Raises:
        Refused: as `monitor_tiles`.
    """
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        points = book_points(view, book)
    return MonitorTrend(view.as_of, tuple(_month(each) for each in points))


def _month(point: BookPoint) -> TrendPoint:
    npa = point.npa
    return TrendPoint(
        month_end=point.day,
        outstanding_paise=None if point.position is None else point.position.outstanding_paise,
        npa_ratio=None if npa is None else npa.npa_ratio,
        default_rate=point.default_rate,
        approval_rate=point.approval_rate,
        decided=point.decided,
        approved=point.approved,
        disbursed_paise=point.month_paid_out_paise,
        disbursed_loans=point.month_loans,
    )


def _head(
    view: ScopeView, position: PositionSum | None, names: dict[str, str], book: "UnitOfWork"
) -> MonitorHead:
    state = BookState.FILLED
    if position is None or not position.loans:
        state = _why_nothing(view, book)
    branch_id = view.cut.branch_id
    branches = book.monitor.sums.branches()
    return MonitorHead(
        as_of=view.as_of,
        latest=view.latest,
        month_ends=view.month_ends,
        state=state,
        sentence=SENTENCES[state],
        products=names,
        officers=book.users.in_role(branches[0] if branch_id is None else branch_id, Role.OFFICER)
        if branches
        else {},
        branches=branches,
    )


def _why_nothing(view: ScopeView, book: "UnitOfWork") -> BookState:
    if book.monitor.sums.loans_ever(view.cut):
        return BookState.ALL_CLOSED
    return BookState.NOTHING_FITS if view.cut.filtered else BookState.EMPTY
