"""Measures of a whole book: NPA ratios, portfolio at risk, collections, alerts.

Source: lending-rules.md 9.4 and section 14; RBI/2009-10/168 of 24 Sep 2009. Vectors V131 to V134,
V203 to V207. Ratios are unrounded Decimal per cent, None where the base is 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.day_count import whole_months
from app.rules.money import PPM_PER_PERCENT
from app.rules.rulebook import Rulebook
from db.vocabulary.operations import Alert, AlertLevel

PAR_SEGMENTS = ("PAR30", "PAR60", "PAR90")
_ALERT_ROWS = {
    Alert.NPA_RATIO: "alert_npa_ratio",
    Alert.DEFAULT_RATE: "alert_default_rate",
    Alert.ON_TIME: "alert_on_time",
    Alert.DTI_MEAN_SHIFT: "alert_dti_mean_shift",
    Alert.MODEL_ACCURACY: "alert_model_accuracy",
}
_LEVELS = (AlertLevel.CRITICAL, AlertLevel.WARNING)  # the worse one first


def percent(part: int, whole: int) -> Decimal | None:
    """A part in per cent of a whole; None when there is no whole.

    >>> percent(1, 8), percent(1, 0)
    (Decimal('12.5'), None)
    """
    return Decimal(100 * part) / whole if whole else None


@dataclass(frozen=True, slots=True)
class NpaBook:
    """Totals of a book in paise."""

    gross_advances_paise: int
    gross_npa_paise: int
    npa_provisions_paise: int
    interest_suspense_paise: int = 0
    other_deductions_paise: int = 0


@dataclass(frozen=True, slots=True)
class NpaRatios:
    """Gross and net NPA, per cent, and the net amounts in paise."""

    npa_ratio: Decimal | None
    net_npa_paise: int
    net_advances_paise: int
    net_npa_ratio: Decimal | None
    provision_coverage_ratio: Decimal | None


def npa_ratios(book: NpaBook) -> NpaRatios:
    """Gross NPA over gross advances, and the same net of what is already set aside.

    >>> round(npa_ratios(NpaBook(1000000, 50000, 30000, 2000)).net_npa_ratio, 2)
    Decimal('1.86')
    """
    deducted = (
        book.npa_provisions_paise + book.interest_suspense_paise + book.other_deductions_paise
    )
    net_npa = book.gross_npa_paise - deducted
    net_advances = book.gross_advances_paise - deducted
    return NpaRatios(
        npa_ratio=percent(book.gross_npa_paise, book.gross_advances_paise),
        net_npa_paise=net_npa,
        net_advances_paise=net_advances,
        net_npa_ratio=percent(net_npa, net_advances),
        provision_coverage_ratio=percent(book.npa_provisions_paise, book.gross_npa_paise),
    )


def portfolio_at_risk(
    loans: Iterable[tuple[int, int]], rulebook: Rulebook, on: date
) -> dict[str, Decimal | None]:
    """Share of the outstanding on loans past so many days: (balance in paise, days past due)."""
    book = list(loans)
    total = sum(balance for balance, _ in book)
    shares = {}
    for segment in PAR_SEGMENTS:
        row = rulebook.row("par_above_days", on, segment)
        shares[segment] = percent(sum(balance for balance, days in book if row.holds(days)), total)
    return shares


@dataclass(frozen=True, slots=True)
class InstalmentCounts:
    """Instalments due, by how they were paid; unpaid ones count against."""

    on_time: int
    late: int
    unpaid: int

    @property
    def on_time_share(self) -> Decimal | None:
        """Paid in full by the due date, of those due."""
        return percent(self.on_time, self.on_time + self.late + self.unpaid)

    @property
    def paid_share(self) -> Decimal | None:
        """Paid at all, of those due."""
        return percent(self.on_time + self.late, self.on_time + self.late + self.unpaid)


@dataclass(frozen=True, slots=True)
class Collections:
    """Demand and collection of a period in paise; prepayments stay out."""

    current_demand_paise: int
    collected_on_current_paise: int
    opening_arrears_paise: int
    collected_on_arrears_paise: int

    @property
    def _collected_paise(self) -> int:
        return self.collected_on_current_paise + self.collected_on_arrears_paise

    @property
    def current_efficiency(self) -> Decimal | None:
        """Collected on the period's own demand."""
        return percent(self.collected_on_current_paise, self.current_demand_paise)

    @property
    def overall_efficiency(self) -> Decimal | None:
        """With arrears on both sides."""
        return percent(
            self._collected_paise, self.current_demand_paise + self.opening_arrears_paise
        )

    @property
    def headline_efficiency(self) -> Decimal | None:
        """All collections over current demand, as many lenders print it; can exceed 100."""
        return percent(self._collected_paise, self.current_demand_paise)


def is_defaulted(
    disbursed_on: date, npa_or_written_off_on: date | None, rulebook: Rulebook
) -> bool:
    """Whether a loan was an NPA or written off within its first months on book.

    A later cure, closure or write-off changes nothing: the date is that of the first such event.
    """
    if npa_or_written_off_on is None:
        return False
    months = whole_months(disbursed_on, npa_or_written_off_on)
    return rulebook.row("default_window_months", npa_or_written_off_on).holds(months)


def default_rate(defaulted_loans: int, disbursed_loans: int) -> Decimal | None:
    """Loans ever defaulted over loans disbursed, by count.

    >>> round(default_rate(80, 785), 2)
    Decimal('10.19')
    """
    return percent(defaulted_loans, disbursed_loans)


def alert_level(
    alert: Alert,
    measured_percent: Decimal,
    standing: AlertLevel | None,
    rulebook: Rulebook,
    on: date,
) -> AlertLevel | None:
    """The level of an internal alert now, None when all is well.

    A standing level clears only when the value is back inside its limit by the clear margin, so
    that it does not flicker at the line.
    """
    measured = measured_percent * PPM_PER_PERCENT
    margin = rulebook.ppm("alert_clear_margin", on, alert)
    for level in _LEVELS:
        row = rulebook.optional_row(_ALERT_ROWS[alert], on, level.name)
        if row is None:
            continue
        towards_limit = margin if row.compare == "more_than" else -margin
        stands = standing is not None and _LEVELS.index(standing) <= _LEVELS.index(level)
        if row.holds(measured) or (stands and row.holds(measured + towards_limit)):
            return level
    return None
