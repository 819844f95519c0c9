"""The key figures of the monitor: what each is, of what it is made, and where it came from.

Source: screens.md S80 (tiles and definitions), lending-rules.md 9.4 and 14.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.rules.portfolio_ratios import percent
from app.rules.rulebook import Rulebook
from app.services.steps.monitor_answers import SparkPoint, Tile, TilePart, TileUnit, Value
from app.services.steps.monitor_point import BookPoint, collection_variant
from app.services.steps.portfolio_alerts import alert_limits
from db.records.monitor import PositionSum
from db.vocabulary.operations import Alert, CollectionVariant

_MONEY, _COUNT, _PERCENT = TileUnit.MONEY, TileUnit.COUNT, TileUnit.PERCENT
Measure = Callable[[BookPoint], Value]


@dataclass(frozen=True, slots=True)
class _Part:
    """A numerator or denominator; `{month}` in the figure is the month looked at."""

    label: str
    unit: TileUnit
    measure: Measure
    figure: str

    def at(self, point: BookPoint) -> TilePart:
        """The part at one point."""
        figure = self.figure.replace("{month}", point.month)
        return TilePart(self.label, self.measure(point), self.unit, figure)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One tile; without a denominator its value is the numerator's."""

    name: str
    label: str
    definition: str
    numerator: _Part
    denominator: _Part | None = None
    alert: Alert | None = None

    def value(self, point: BookPoint) -> Value:
        """What the tile shows at one point."""
        part = self.numerator.measure(point)
        if self.denominator is None:
            return part
        whole = self.denominator.measure(point)
        return None if part is None or whole is None else percent(int(part), int(whole))


def tiles_of(points: Sequence[BookPoint], rulebook: Rulebook) -> tuple[Tile, ...]:
    """Every tile at the last point, with its change and its line."""
    variant = collection_variant(rulebook, points[-1].day)
    return tuple(_tile(kind, points, rulebook) for kind in (*_KINDS, _collections(variant)))


def _tile(kind: _Kind, points: Sequence[BookPoint], rulebook: Rulebook) -> Tile:
    spark = tuple(SparkPoint(each.day, kind.value(each)) for each in points)
    point = points[-1]
    unit = kind.numerator.unit if kind.denominator is None else _PERCENT
    limits = () if kind.alert is None else alert_limits(kind.alert, rulebook, point.day)
    return Tile(
        name=kind.name,
        label=kind.label,
        unit=unit,
        value=spark[-1].value,
        change=_change(spark),
        spark=spark,
        definition=kind.definition,
        numerator=kind.numerator.at(point),
        denominator=None if kind.denominator is None else kind.denominator.at(point),
        limits=limits,
    )


def _change(spark: Sequence[SparkPoint]) -> Value:
    """The step from the month end before; unknown where either is."""
    if len(spark) == 1:
        return None
    before, now = spark[-2].value, spark[-1].value
    if before is None or now is None:
        return None
    if isinstance(now, Decimal) or isinstance(before, Decimal):
        return Decimal(now) - Decimal(before)
    return now - before


def _stands(measure: Callable[[PositionSum], int]) -> Measure:
    """A sum of the open loans; unknown at a month end that was not kept."""

    def at(point: BookPoint) -> Value:
        return None if point.position is None else measure(point.position)

    return at


_OUTSTANDING = _Part(
    "Outstanding", _MONEY, _stands(lambda stands: stands.outstanding_paise), "outstanding"
)
_NPA = _Part("NPA outstanding", _MONEY, _stands(lambda stands: stands.npa_paise), "npa")


def _par(days: int, measure: Callable[[PositionSum], int]) -> _Kind:
    return _Kind(
        f"par{days}",
        f"PAR {days}",
        f"Outstanding of loans more than {days} days late at the day-end ÷ outstanding of all open "
        "loans, NPA included",
        _Part(f"More than {days} days late", _MONEY, _stands(measure), f"par{days}"),
        _OUTSTANDING,
    )


_KINDS = (
    _Kind(
        "total_outstanding",
        "Outstanding",
        "Principal owed on all open loans, NPA included, written-off loans not",
        _OUTSTANDING,
    ),
    _Kind(
        "total_disbursed",
        "Disbursed to date",
        "Everything paid out on loans so far, less what was taken back",
        _Part("Paid out", _MONEY, lambda point: point.paid_out_paise, "disbursed"),
    ),
    _Kind(
        "active_loans",
        "Active loans",
        "Open loans: neither closed nor written off",
        _Part("Loans", _COUNT, _stands(lambda stands: stands.loans), "outstanding"),
    ),
    _Kind(
        "npa_ratio",
        "NPA ratio",
        "Outstanding of NPA loans ÷ outstanding of all open loans, NPA included",
        _NPA,
        _OUTSTANDING,
        Alert.NPA_RATIO,
    ),
    _Kind(
        "net_npa_ratio",
        "Net NPA ratio",
        "NPA outstanding less NPA provisions ÷ all outstanding less NPA provisions",
        _Part(
            "Net NPA",
            _MONEY,
            _stands(lambda stands: stands.npa_paise - stands.npa_provision_paise),
            "net_npa",
        ),
        _Part(
            "Net advances",
            _MONEY,
            _stands(lambda stands: stands.outstanding_paise - stands.npa_provision_paise),
            "net_advances",
        ),
    ),
    _Kind(
        "total_npa_amount",
        "NPA amount",
        "Outstanding of NPA loans, not only the overdue part",
        _NPA,
    ),
    _par(30, lambda stands: stands.above_30_paise),
    _par(60, lambda stands: stands.above_60_paise),
    _par(90, lambda stands: stands.above_90_paise),
    _Kind(
        "default_rate",
        "Default rate",
        "Loans that ever turned Defaulted ÷ loans disbursed, by count",
        _Part("Ever Defaulted", _COUNT, lambda point: point.defaulted_loans, "defaulted_loans"),
        _Part("Loans disbursed", _COUNT, lambda point: point.lent_loans, "loans"),
        Alert.DEFAULT_RATE,
    ),
    _Kind(
        "average_emi_payment_rate",
        "Paid on time",
        "Instalments paid in full by their due date ÷ instalments due so far; unpaid ones count "
        "against",
        _Part("Paid on time", _COUNT, lambda point: point.on_time, "on_time"),
        _Part("Due", _COUNT, lambda point: point.due, "due"),
        Alert.ON_TIME,
    ),
    _Kind(
        "approval_rate",
        "Approval rate",
        "Approvals ÷ final decisions, of the month",
        _Part("Approved", _COUNT, lambda point: point.approved, "approved {month}"),
        _Part("Decided", _COUNT, lambda point: point.decided, "decided {month}"),
    ),
)
# Words and figures of the three collection efficiencies: how, collected, measured by.
_COLLECTIONS = {
    CollectionVariant.CURRENT: (
        (
            "On current demand: paid so far on the month's instalments ÷ the instalments due in "
            "the month up to the day"
        ),
        ("Collected", "collected {month}"),
        ("Due in the month", "demand {month}"),
    ),
    CollectionVariant.OVERALL: (
        (
            "With arrears: paid so far on the month's instalments and on the arrears before it ÷ "
            "the instalments due in the month up to the day and those arrears"
        ),
        ("Collected, arrears too", "collected_all {month}"),
        ("Due and in arrears", "demand_all {month}"),
    ),
    CollectionVariant.HEADLINE: (
        (
            "All receipts: everything received in the month but prepayments ÷ the instalments due "
            "in the month up to the day; it may pass 100 %"
        ),
        ("Received", "receipts {month}"),
        ("Due in the month", "demand {month}"),
    ),
}


def _collections(variant: CollectionVariant) -> _Kind:
    """The tile of the collection efficiency that the bank's rule row names."""
    how, part, whole = _COLLECTIONS[variant]
    return _Kind(
        "collection_efficiency",
        "Collection efficiency",
        how,
        _Part(part[0], _MONEY, lambda point: point.collected(variant)[0], part[1]),
        _Part(whole[0], _MONEY, lambda point: point.collected(variant)[1], whole[1]),
    )
