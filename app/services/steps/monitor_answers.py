"""What the portfolio monitor tells: tiles, trends, classes and the lines behind every figure.

Source: screens.md S80, commands.md (Portfolio), lending-rules.md 9.4 and 14. Money in paise, shares
and ratios unrounded Decimal per cent. None means unknown, never 0: it is shown as a dash.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.services.steps.portfolio_figures import LimitLine
from db.records.monitor import FigureRow
from db.vocabulary.loan_life import AssetClass

Value = int | Decimal | None


class BookState(StrEnum):
    """What there is to see."""

    FILLED = "filled"
    EMPTY = "empty"
    ALL_CLOSED = "all_closed"
    NOTHING_FITS = "nothing_fits"


class TileUnit(StrEnum):
    """What a tile's value counts."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class MonitorHead:
    """What stands above every tab.

    Attributes:
        latest: the latest day-end; `month_ends` are the days before it that can be chosen.
        sentence: says what is missing where there is nothing to show; empty when filled.
        products, officers: the choices of the filters, by code and by id.
    """

    as_of: date
    latest: date
    month_ends: tuple[date, ...]
    state: BookState
    sentence: str
    products: dict[str, str]
    officers: dict[UUID, str]
    branches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TilePart:
    """Numerator or denominator of a tile, with the figure that lists its lines."""

    label: str
    value: Value
    unit: TileUnit
    figure: str


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """The value of a tile at one month end, or at the day looked at."""

    day: date
    value: Value


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure.

    Attributes:
        name: as in the object name `kpi.<name>`.
        change: from the month end before; percentage points for a percentage.
        definition: the formula in words.
        figure: what Enter lists: its count and sum are the numerator's, or the value's.
    """

    name: str
    label: str
    unit: TileUnit
    value: Value
    change: Value
    spark: tuple[SparkPoint, ...]
    definition: str
    numerator: TilePart
    denominator: TilePart | None
    limits: tuple[LimitLine, ...] = ()

    @property
    def figure(self) -> str:
        """The figure that lists the lines behind the tile."""
        return self.numerator.figure


@dataclass(frozen=True, slots=True)
class MonitorTiles:
    """The row of tiles."""

    head: MonitorHead
    tiles: tuple[Tile, ...]

    def tile(self, name: str) -> Tile:
        """The tile of that name.

        Raises:
            KeyError: there is none.
        """
        for each in self.tiles:
            if each.name == name:
                return each
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month of the overview; the newest ends on the day looked at.

    Attributes:
        outstanding_paise, npa_ratio: None at a month end that was not kept.
        approval_rate: of what was decided in the month.
    """

    month_end: date
    outstanding_paise: int | None
    npa_ratio: Decimal | None
    default_rate: Decimal | None
    approval_rate: Decimal | None
    decided: int
    approved: int
    disbursed_paise: int
    disbursed_loans: int


@dataclass(frozen=True, slots=True)
class MonitorTrend:
    """Default, approval and disbursement of the last months, oldest first."""

    as_of: date
    months: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """One asset class with what moved since the last month end.

    Attributes:
        provision_required_paise: as of the day looked at.
        provision_held_paise: as of the month end before; None where that was not kept.
        moved_in, moved_out: loans that came and left since then; None likewise.
    """

    asset_class: AssetClass
    loans: int
    amount_paise: int
    percentage: Decimal | None
    provision_required_paise: int
    provision_held_paise: int | None
    moved_in: int | None
    moved_out: int | None
    change_paise: int | None
    figure: str


@dataclass(frozen=True, slots=True)
class ClassMovement:
    """Loans that moved between two classes; None = not open then, or not any more."""

    before: AssetClass | None
    after: AssetClass | None
    loans: int
    amount_paise: int
    figure: str


@dataclass(frozen=True, slots=True)
class ClassMonth:
    """The share of each class of the outstanding at one month end, or on the day looked at.

    Attributes:
        shares: in the order of `AssetClass`; all None at a month end that was not kept, or where
            nothing was outstanding.
    """

    day: date
    shares: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ClassesWatched:
    """Every asset class in order of severity, and the movements of the month.

    Attributes:
        since: the month end from which movements count; None where none has been kept.
        months: the last twelve, oldest first; the newest is the day looked at.
    """

    as_of: date
    since: date | None
    classes: tuple[ClassStanding, ...]
    movements: tuple[ClassMovement, ...]
    months: tuple[ClassMonth, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureLines:
    """The lines behind a figure. `count` and `amount_paise` are of all of them.

    Attributes:
        rows: all lines, or the first ones where a limit was asked for.
    """

    as_of: date
    figure: str
    count: int
    amount_paise: int
    rows: tuple[FigureRow, ...]
