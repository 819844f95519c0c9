"""What the monitor reads: first the tiles, then alerts and the visible tab."""

from collections.abc import Callable
from dataclasses import dataclass

from app.services.count_positions import count_positions
from app.services.refresh_bank import refresh_bank
from app.services.steps.desk import Desk
from app.services.steps.monitor_answers import MonitorTiles
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_alerts import StandingAlert, watch_alerts
from app.services.watch_tiles import monitor_tiles
from app.ui.screens.monitor.monitor_tab import TabReader
from db.records.monitor import WHOLE_BANK

_OF_POSITIONS = ("class", "security")


@dataclass(frozen=True, slots=True)
class HeadReading:
    """The first figures.

    Attributes:
        least_minutes: the shortest interval of reading again that the rules allow.
    """

    tiles: MonitorTiles
    least_minutes: int


@dataclass(frozen=True, slots=True)
class TabReading:
    """The alerts that stand and are awake, and the answer of the tab's own reader.

    Attributes:
        alerts: of the branch, or the bank's own, as they are now; none for another part or day.
    """

    tab: str
    alerts: tuple[StandingAlert, ...]
    answer: object


def read_head(scope: MonitorScope, desk: Desk, load_tab: Callable[[], None]) -> HeadReading:
    """Read the tiles (database lane), and load what the tab that is shown next is built of.

    Raises:
        Refused: the person may not look, or the day is not one of the book.
    """
    if scope.whole_bank:
        refresh_bank(desk)
    rules, today = desk.rulebook(), desk.clock.today()
    least = rules.number("monitor_refresh_floor_minutes", today, unit="minutes")
    tiles = monitor_tiles(scope, desk)
    load_tab()
    return HeadReading(tiles, least)


def read_tab(scope: MonitorScope, tab: str, read: TabReader, desk: Desk) -> TabReading:
    """Read the alerts and a tab (database lane).

    Raises:
        Refused: as `read_head`.
    """
    if tab in _OF_POSITIONS:
        count_positions(scope, desk)
    return TabReading(tab, _awake(scope, desk), read(desk))


def _awake(scope: MonitorScope, desk: Desk) -> tuple[StandingAlert, ...]:
    if scope.narrowed:
        return ()
    own = (each for each in watch_alerts(scope, desk).standing if not each.asleep)
    return tuple(each for each in own if not scope.whole_bank or each.branch_id == WHOLE_BANK)
