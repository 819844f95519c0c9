"""How the book stands: sums of the repository, ratios and alerts of the rules.

Source: lending-rules.md 9.4 and 14, commands.md (Portfolio), screens.md S80. Shares and ratios are
unrounded Decimal per cent, None where the base is 0. Limits are rule rows and are internal alerts,
not a regulator's. Alerts are followed month by month, so that they clear only well inside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.rules.money import PPM_PER_PERCENT
from app.rules.permissions import Act
from app.rules.portfolio_ratios import (
    Collections,
    InstalmentCounts,
    NpaBook,
    alert_level,
    default_rate,
    npa_ratios,
    percent,
)
from app.services.steps.permission import permit
from app.services.steps.refusal import bad_input
from db.records.portfolio import BookSums, KeySum, LoanAmount, MonthSum
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import Alert, AlertLevel

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk

# How tables are cut; no decision hangs on these.
LTV_EDGES_PPM = (500_000, 650_000, 750_000, 800_000, 900_000)
TICKET_EDGES_PAISE = (50_000_000, 150_000_000, 300_000_000, 1_000_000_000)
TREND_MONTHS = 12

_RULE_OF = {
    Alert.NPA_RATIO: "npa_ratio",
    Alert.DEFAULT_RATE: "default_rate",
    Alert.ON_TIME: "average_emi_payment_rate",
}
_LABELS = {
    Alert.NPA_RATIO: "NPA ratio",
    Alert.DEFAULT_RATE: "Default rate",
    Alert.ON_TIME: "Paid on time",
}
_PLAIN_FIGURES = (
    "loans",
    "active_loans",
    "defaulted_loans",
    "disbursed",
    "outstanding",
    "npa",
    "par30",
    "par60",
    "par90",
)
FIGURES = (
    *_PLAIN_FIGURES,
    *(f"class:{each}" for each in AssetClass),
    *(f"purpose:{each}" for each in LoanPurpose),
    *(f"collateral:{each}" for each in CollateralType),
)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A limit that is crossed. `since` is the month end, or day, from which it has stood."""

    rule: str
    label: str
    level: AlertLevel
    value: Decimal
    limit: Decimal
    since: date | None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit to draw beside a trend, in per cent."""

    value: Decimal
    label: str
    level: AlertLevel


@dataclass(frozen=True, slots=True)
class PortfolioSummary:
    """The main figures of a branch on one day.

    Attributes:
        average_emi_payment_rate: instalments paid in full by their due date over those due.
        collection_efficiency: of the variant named (current demand of the month).
    """

    as_of: date
    total_applications: int
    total_loans: int
    active_loans: int
    defaulted_loans: int
    approval_rate: Decimal | None
    total_disbursed_paise: int
    total_outstanding_paise: int
    total_repaid_paise: int
    total_npa_amount_paise: int
    npa_ratio: Decimal | None
    net_npa_ratio: Decimal | None
    default_rate: Decimal | None
    average_emi_payment_rate: Decimal | None
    par30: Decimal | None
    par60: Decimal | None
    par90: Decimal | None
    collection_efficiency: Decimal | None
    collection_variant: str
    alerts: tuple[AlertLine, ...] = ()
    npa_limits: tuple[LimitLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One asset class; the percentage is of the whole outstanding."""

    asset_class: AssetClass
    loans: int
    outstanding_paise: int
    percentage: Decimal | None
    provision_required_paise: int


@dataclass(frozen=True, slots=True)
class NpaAnalysis:
    """Every asset class in order of severity, Standard and special mention included."""

    as_of: date
    classes: tuple[ClassLine, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Loans and money of one key; the share is of the table's money."""

    key: str
    loans: int
    amount_paise: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class RepaymentStats:
    """Instalments due so far by how they were paid, and receipts by method."""

    as_of: date
    due: int
    on_time: int
    late: int
    unpaid: int
    on_time_share: Decimal | None
    late_fees_paise: int
    by_method: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class CollateralAnalysis:
    """Accepted security by kind, and open loans by loan-to-value band."""

    as_of: date
    rows: tuple[KeyLine, ...]
    ltv_bands: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class LoanDistribution:
    """Loans by purpose and by size."""

    as_of: date
    rows: tuple[KeyLine, ...]
    ticket_sizes: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """One month end; the approval rate is of what was decided in that month."""

    month_end: date
    outstanding_paise: int
    disbursed_paise: int
    npa_ratio: Decimal | None
    default_rate: Decimal | None
    approval_rate: Decimal | None


def portfolio_summary(desk: "Desk") -> PortfolioSummary:
    """Every main figure of the branch, with the alerts that stand."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        sums = book.portfolio.sums(branch_id, as_of)
        months = book.portfolio.months(branch_id, as_of, TREND_MONTHS)
    return _summary(sums, months, desk.rulebook())


def npa_analysis(desk: "Desk") -> NpaAnalysis:
    """The book by asset class with the provision each needs."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        found = {each.asset_class: each for each in book.portfolio.classes(branch_id, as_of)}
    total = sum(each.outstanding_paise for each in found.values())
    lines = []
    for asset_class in AssetClass:
        known = found.get(asset_class)
        amount = known.outstanding_paise if known else 0
        lines.append(
            ClassLine(
                asset_class=asset_class,
                loans=known.loans if known else 0,
                outstanding_paise=amount,
                percentage=percent(amount, total),
                provision_required_paise=known.provision_paise if known else 0,
            )
        )
    return NpaAnalysis(as_of, tuple(lines))


def repayment_stats(desk: "Desk") -> RepaymentStats:
    """How instalments were paid, unpaid ones counting against."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        sums = book.portfolio.sums(branch_id, as_of)
        methods = book.portfolio.by_method(branch_id, as_of)
    return RepaymentStats(
        as_of=as_of,
        due=sums.instalments_due,
        on_time=sums.instalments_on_time,
        late=sums.instalments_late,
        unpaid=sums.instalments_unpaid,
        on_time_share=_instalments(sums).on_time_share,
        late_fees_paise=sums.late_fees_paise,
        by_method=_lines(methods),
    )


def collateral_analysis(desk: "Desk") -> CollateralAnalysis:
    """What stands behind the loans."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        kinds = book.portfolio.collateral_by_kind(branch_id)
        bands = book.portfolio.ltv_bands(branch_id, LTV_EDGES_PPM)
    return CollateralAnalysis(as_of, _lines(kinds), _lines(bands))


def loan_distribution(desk: "Desk") -> LoanDistribution:
    """What the loans are for and how large they are."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        purposes = book.portfolio.by_purpose(branch_id)
        tickets = book.portfolio.ticket_sizes(branch_id, TICKET_EDGES_PAISE)
    return LoanDistribution(as_of, _lines(purposes), _lines(tickets))


def portfolio_trend(desk: "Desk", months: int = TREND_MONTHS) -> tuple[TrendMonth, ...]:
    """The last months, oldest first; the present month stands at today."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.open_book() as book:
        found = book.portfolio.months(branch_id, as_of, months)
    return tuple(_month(each) for each in found)


def rows_behind(figure: str, desk: "Desk") -> tuple[LoanAmount, ...]:
    """Exactly the loans behind a figure: count and sum are equal to it.

    Raises:
        Refused: there is no such figure.
    """
    branch_id = _branch(desk)
    if figure not in FIGURES:
        raise bad_input({"figure": f"Name one of these figures: {', '.join(FIGURES)}"})
    with desk.open_book() as book:
        return book.portfolio.rows(branch_id, desk.clock.today(), figure)


def _branch(desk: "Desk") -> int:
    return permit(desk, Act.READ_LOANS).branch_id


def _summary(sums: BookSums, months: Sequence[MonthSum], rulebook: "Rulebook") -> PortfolioSummary:
    outstanding, as_of = sums.outstanding_paise, sums.as_of
    npa = npa_ratios(NpaBook(outstanding, sums.npa_outstanding_paise, sums.npa_provision_paise))
    collections = Collections(sums.current_demand_paise, sums.collected_on_current_paise, 0, 0)
    return PortfolioSummary(
        as_of=as_of,
        total_applications=sums.applications,
        total_loans=sums.loans,
        active_loans=sums.active_loans,
        defaulted_loans=sums.defaulted_loans,
        approval_rate=percent(sums.approved, sums.applications),
        total_disbursed_paise=sums.disbursed_paise,
        total_outstanding_paise=outstanding,
        total_repaid_paise=sums.repaid_paise,
        total_npa_amount_paise=sums.npa_outstanding_paise,
        npa_ratio=npa.npa_ratio,
        net_npa_ratio=npa.net_npa_ratio,
        default_rate=default_rate(sums.defaulted_loans, sums.loans),
        average_emi_payment_rate=_instalments(sums).on_time_share,
        par30=percent(sums.outstanding_above_30_paise, outstanding),
        par60=percent(sums.outstanding_above_60_paise, outstanding),
        par90=percent(sums.outstanding_above_90_paise, outstanding),
        collection_efficiency=collections.current_efficiency,
        collection_variant="CURRENT",
        alerts=tuple(_alerts(sums, months, rulebook)),
        npa_limits=_limits(Alert.NPA_RATIO, rulebook, as_of),
    )


def _instalments(sums: BookSums) -> InstalmentCounts:
    return InstalmentCounts(
        sums.instalments_on_time, sums.instalments_late, sums.instalments_unpaid
    )


def _alerts(
    sums: BookSums, months: Sequence[MonthSum], rulebook: "Rulebook"
) -> Iterable[AlertLine]:
    """The alerts that stand today; ratios of month ends say since when."""
    past = [each for each in months if each.month_end < sums.as_of]
    npa = percent(sums.npa_outstanding_paise, sums.outstanding_paise)
    defaults = default_rate(sums.defaulted_loans, sums.loans)
    followed = {
        Alert.NPA_RATIO: [*((m.month_end, _npa_ratio(m)) for m in past), (sums.as_of, npa)],
        Alert.DEFAULT_RATE: [
            *((m.month_end, default_rate(m.defaulted_to_date, m.loans_to_date)) for m in past),
            (sums.as_of, defaults),
        ],
        Alert.ON_TIME: [(sums.as_of, _instalments(sums).on_time_share)],
    }
    for alert, values in followed.items():
        line = _standing(alert, values, rulebook)
        if line is not None:
            yield line


def _standing(
    alert: Alert, values: Sequence[tuple[date, Decimal | None]], rulebook: "Rulebook"
) -> AlertLine | None:
    """Follow an alert from the oldest value to the newest."""
    level: AlertLevel | None = None
    since: date | None = None
    for day, value in values:
        before = level
        level = None if value is None else alert_level(alert, value, before, rulebook, day)
        if level is not before:
            since = day
    day, value = values[-1]
    if level is None or value is None:
        return None
    limit = _limit(alert, level, rulebook, day)
    return AlertLine(_RULE_OF[alert], _LABELS[alert], level, value, limit, since)


def _limit(alert: Alert, level: AlertLevel, rulebook: "Rulebook", on: date) -> Decimal:
    code = f"alert_{alert.value.lower()}"
    return Decimal(rulebook.ppm(code, on, level.name)) / PPM_PER_PERCENT


def _limits(alert: Alert, rulebook: "Rulebook", on: date) -> tuple[LimitLine, ...]:
    code = f"alert_{alert.value.lower()}"
    return tuple(
        LimitLine(_limit(alert, level, rulebook, on), level.value, level)
        for level in AlertLevel
        if rulebook.optional_row(code, on, level.name) is not None
    )


def _lines(sums: Sequence[KeySum]) -> tuple[KeyLine, ...]:
    total = sum(each.amount_paise for each in sums)
    return tuple(
        KeyLine(each.key, each.loans, each.amount_paise, percent(each.amount_paise, total))
        for each in sums
    )


def _npa_ratio(month: MonthSum) -> Decimal | None:
    return percent(month.npa_outstanding_paise, month.outstanding_paise)


def _month(month: MonthSum) -> TrendMonth:
    return TrendMonth(
        month_end=month.month_end,
        outstanding_paise=month.outstanding_paise,
        disbursed_paise=month.disbursed_paise,
        npa_ratio=_npa_ratio(month),
        default_rate=default_rate(month.defaulted_to_date, month.loans_to_date),
        approval_rate=percent(month.approved, month.decided),
    )
