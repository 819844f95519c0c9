"""What the tabs of the portfolio monitor tell: cohorts, roll rates, concentration, security, dues.

Source: screens.md S80, lending-rules.md 14. Money in paise, shares unrounded Decimal per cent. None
means unknown, never 0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.records.monitor import CLOSED
from db.vocabulary.lending import CollateralType
from db.vocabulary.operations import CohortMeasure, ConcentrationKey


@dataclass(frozen=True, slots=True)
class CohortCell:
    """Loans of a cohort that had ever been 90 days late by one month on book.

    Attributes:
        share: of the cohort at origination; None while the youngest loan is not that old.
    """

    month_on_book: int
    ever_bad: int | None
    share: Decimal | None
    figure: str


@dataclass(frozen=True, slots=True)
class CohortRow:
    """The loans paid out in one month. `thin`: too few to be read."""

    month: date
    loans: int
    principal_paise: int
    thin: bool
    cells: tuple[CohortCell, ...]
    figure: str


@dataclass(frozen=True, slots=True)
class CohortsWatched:
    """Cohorts, oldest first; all rows have the same months on book."""

    as_of: date
    measure: CohortMeasure
    months_on_book: tuple[int, ...]
    rows: tuple[CohortRow, ...]


@dataclass(frozen=True, slots=True)
class RollCell:
    """What of a bucket's opening balance stood in another bucket at the end."""

    after: str
    loans: int
    opening_paise: int
    share: Decimal | None
    figure: str


@dataclass(frozen=True, slots=True)
class RollRow:
    """One bucket at the first month end; the shares add up to 100, or are unknown."""

    before: str
    loans: int
    opening_paise: int
    cells: tuple[RollCell, ...]

    @property
    def worse(self) -> Decimal | None:
        """What rolled on or was written off, in per cent; None where nothing was owed.

        Buckets stand from the least late; after them loans that closed, then written off ones.
        """
        if not self.opening_paise:
            return None
        own = next(place for place, cell in enumerate(self.cells) if cell.after == self.before)
        later = (cell for cell in self.cells[own + 1 :] if cell.after != CLOSED)
        return sum((cell.share or Decimal(0) for cell in later), Decimal(0))


@dataclass(frozen=True, slots=True)
class RollMonth:
    """One whole month by its two month ends, and where each bucket's balance went in it."""

    month: tuple[date, date]
    rows: tuple[RollRow, ...]


@dataclass(frozen=True, slots=True)
class RollRatesWatched:
    """Roll rates of the last whole month up to the day looked at.

    Attributes:
        month: its two month ends; None where they have not been kept, then `sentence` says so.
        earlier: the months before it whose ends have been kept, newest first.
    """

    as_of: date
    month: tuple[date, date] | None
    buckets: tuple[str, ...]
    rows: tuple[RollRow, ...]
    sentence: str = ""
    earlier: tuple[RollMonth, ...] = ()

    @property
    def months(self) -> tuple[RollMonth, ...]:
        """Every month that is told, newest first; empty without one."""
        return () if self.month is None else (RollMonth(self.month, self.rows), *self.earlier)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Open loans of one group. `share` is of the book, `npa_share` of the group itself."""

    key: str
    label: str
    loans: int
    amount_paise: int
    share: Decimal | None
    npa_paise: int
    npa_share: Decimal | None
    figure: str
    npa_figure: str


@dataclass(frozen=True, slots=True)
class ConcentrationWatched:
    """The book cut by one key, largest first; bands of sizes from the smallest.

    Attributes:
        top: how many of the rows the rule calls the largest groups.
        index: the Herfindahl index from 0 to 1, `points` up to 10,000; None for an empty book.
        effective_number: so many equal groups would be as concentrated.
    """

    as_of: date
    by: ConcentrationKey
    rows: tuple[GroupRow, ...]
    top: int
    top_share: Decimal | None
    index: Decimal | None
    points: Decimal | None
    effective_number: Decimal | None


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """Security of one kind behind open loans."""

    kind: CollateralType
    loans: int
    value_paise: int
    accepted_paise: int
    share: Decimal | None
    figure: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """Open loans of one band of loan to accepted value, in parts per million; None = open end."""

    key: str
    above_ppm: int | None
    up_to_ppm: int | None
    loans: int
    amount_paise: int
    share: Decimal | None
    figure: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count and the figure that lists it, with its money where that is kept too."""

    key: str
    count: int
    amount_paise: int | None
    figure: str


@dataclass(frozen=True, slots=True)
class SecurityWatched:
    """Security by kind, loans by loan to value, breaches and old valuations."""

    as_of: date
    kinds: tuple[SecurityRow, ...]
    bands: tuple[BandRow, ...]
    breaches: CountRow
    old_valuations: CountRow


@dataclass(frozen=True, slots=True)
class DueDay:
    """One due date: instalments due and how they have been paid until now.

    Attributes:
        received_paise: paid so far on what fell due that day; `missed_paise` is the rest.
    """

    day: date
    due: int
    on_time: int
    late: int
    unpaid: int
    due_paise: int
    received_paise: int
    missed_paise: int
    figure: str


@dataclass(frozen=True, slots=True)
class RepaymentWatched:
    """How the month's instalments, and all so far, were paid.

    Attributes:
        month: first day of the month of the calendar.
        days: the due dates of that month up to the day looked at.
        due, on_time, late, unpaid: all instalments due up to the day, as paid until now.
        current_efficiency: paid so far on the month's dues, over them.
        overall_efficiency: with arrears on both sides; None for a past month.
        headline_efficiency: everything received in the month but prepayments, over its dues.
    """

    as_of: date
    month: date
    days: tuple[DueDay, ...]
    due: CountRow
    on_time: CountRow
    late: CountRow
    unpaid: CountRow
    on_time_share: Decimal | None
    demand_paise: int
    collected_paise: int
    current_efficiency: Decimal | None
    overall_efficiency: Decimal | None
    headline_efficiency: Decimal | None
    prepayments: CountRow
    bounces: CountRow
    late_fees_paise: int
    by_method: tuple[CountRow, ...]
