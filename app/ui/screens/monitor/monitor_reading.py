"""One reading of the monitor: tiles, alerts and the visible tab, in one job."""

from dataclasses import dataclass

from app.services.steps.desk import Desk
from app.services.steps.monitor_answers import BookState, MonitorTiles
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.portfolio_figures import AlertLine
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles
from app.ui.screens.monitor.monitor_tab import TabReader


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read together, so that tiles and tab agree.

    Attributes:
        alerts: those that stand on the part of the book looked at.
        answer: of the tab's own reader; None where the book has nothing to show.
        least_minutes: the shortest interval of reading again that the rules allow.
    """

    tab: str
    tiles: MonitorTiles
    alerts: tuple[AlertLine, ...]
    answer: object
    least_minutes: int


def read_monitor(scope: MonitorScope, tab: str, read: TabReader, desk: Desk) -> Reading:
    """Read tiles, alerts and a tab (database lane).

    Raises:
        Refused: the person may not look, or the day is not one of the book.
    """
    tiles = monitor_tiles(scope, desk)
    filled = tiles.head.state is BookState.FILLED
    alerts = watch_summary(scope, desk).alerts if filled else ()
    rules, today = desk.rulebook(), desk.clock.today()
    least = rules.number("monitor_refresh_floor_minutes", today, unit="minutes")
    return Reading(tab, tiles, alerts, read(desk) if filled else None, least)
