"""How the book stands: sums of the repository, ratios and alerts of the rules.

Source: lending-rules.md 9.4 and 14, commands.md (Portfolio), screens.md S80. Shares and ratios are
unrounded Decimal per cent, None where the base is 0. Limits are rule rows and are internal alerts,
not a regulator's. Alerts are followed month by month, so that they clear only well inside.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.rules.portfolio_ratios import (
    Collections,
    NpaBook,
    default_rate,
    npa_ratios,
    percent,
)
from app.services.steps.permission import permit
from app.services.steps.portfolio_alerts import (
    alert_limits,
    instalment_counts,
    npa_ratio_of,
    standing_alerts,
)
from app.services.steps.portfolio_figures import (
    AlertLine,
    ClassLine,
    CollateralAnalysis,
    KeyLine,
    LimitLine,
    LoanDistribution,
    NpaAnalysis,
    PortfolioSummary,
    RepaymentStats,
    TrendMonth,
)
from app.services.steps.refusal import bad_input
from app.services.steps.summary_terms import LTV_EDGES_PPM
from db.records.portfolio import BookSums, KeySum, LoanAmount, MonthSum
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import Alert

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk

__all__ = [
    "FIGURES",
    "AlertLine",
    "ClassLine",
    "CollateralAnalysis",
    "KeyLine",
    "LimitLine",
    "LoanDistribution",
    "NpaAnalysis",
    "PortfolioSummary",
    "RepaymentStats",
    "TrendMonth",
    "collateral_analysis",
    "loan_distribution",
    "npa_analysis",
    "portfolio_summary",
    "portfolio_trend",
    "repayment_stats",
    "rows_behind",
]

# How tables are cut; no decision hangs on these.
TICKET_EDGES_PAISE = (50_000_000, 150_000_000, 300_000_000, 1_000_000_000)
TREND_MONTHS = 12

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


def portfolio_summary(desk: "Desk") -> PortfolioSummary:
    """Every main figure of the branch, with the alerts that stand."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.read_book() as book:
        sums = book.portfolio.sums(branch_id, as_of)
        months = book.portfolio.months(branch_id, as_of, TREND_MONTHS)
    return _summary(sums, months, desk.rulebook())


def npa_analysis(desk: "Desk") -> NpaAnalysis:
    """The book by asset class with the provision each needs."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.read_book() as book:
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
    with desk.read_book() as book:
        sums = book.portfolio.sums(branch_id, as_of)
        methods = book.portfolio.by_method(branch_id, as_of)
    return RepaymentStats(
        as_of=as_of,
        due=sums.instalments_due,
        on_time=sums.instalments_on_time,
        late=sums.instalments_late,
        unpaid=sums.instalments_unpaid,
        on_time_share=instalment_counts(sums).on_time_share,
        late_fees_paise=sums.late_fees_paise,
        by_method=_lines(methods),
    )


def collateral_analysis(desk: "Desk") -> CollateralAnalysis:
    """What stands behind the loans."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.read_book() as book:
        kinds = book.portfolio.collateral_by_kind(branch_id)
        bands = book.portfolio.ltv_bands(branch_id, LTV_EDGES_PPM)
    return CollateralAnalysis(as_of, _lines(kinds), _lines(bands))


def loan_distribution(desk: "Desk") -> LoanDistribution:
    """What the loans are for and how large they are."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.read_book() as book:
        purposes = book.portfolio.by_purpose(branch_id)
        tickets = book.portfolio.ticket_sizes(branch_id, TICKET_EDGES_PAISE)
    return LoanDistribution(as_of, _lines(purposes), _lines(tickets))


def portfolio_trend(desk: "Desk", months: int = TREND_MONTHS) -> tuple[TrendMonth, ...]:
    """The last months, oldest first; the present month stands at today."""
    branch_id, as_of = _branch(desk), desk.clock.today()
    with desk.read_book() as book:
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
    with desk.read_book() as book:
        return book.portfolio.rows(branch_id, desk.clock.today(), figure)


def _branch(desk: "Desk") -> int:
    return permit(desk, Act.SEE_MONITOR).branch_id


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
        average_emi_payment_rate=instalment_counts(sums).on_time_share,
        par30=percent(sums.outstanding_above_30_paise, outstanding),
        par60=percent(sums.outstanding_above_60_paise, outstanding),
        par90=percent(sums.outstanding_above_90_paise, outstanding),
        collection_efficiency=collections.current_efficiency,
        collection_variant="CURRENT",
        alerts=tuple(standing_alerts(sums, months, rulebook)),
        npa_limits=alert_limits(Alert.NPA_RATIO, rulebook, as_of),
    )


def _lines(sums: Sequence[KeySum]) -> tuple[KeyLine, ...]:
    total = sum(each.amount_paise for each in sums)
    return tuple(
        KeyLine(each.key, each.loans, each.amount_paise, percent(each.amount_paise, total))
        for each in sums
    )


def _month(month: MonthSum) -> TrendMonth:
    return TrendMonth(
        month_end=month.month_end,
        outstanding_paise=month.outstanding_paise,
        disbursed_paise=month.disbursed_paise,
        npa_ratio=npa_ratio_of(month),
        default_rate=default_rate(month.defaulted_to_date, month.loans_to_date),
        approval_rate=percent(month.approved, month.decided),
    )
