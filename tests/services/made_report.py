"""A small reading of every tab, made by hand: two loans of one branch."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from app.services.steps.development_sample import ReferenceKind
from app.services.steps.drift_figures import (
    BandLine,
    DecidedLine,
    DriftLine,
    DriftReport,
    MeanShift,
    OutcomeFigures,
    OwnTest,
)
from app.services.steps.monitor_answers import (
    BookState,
    ClassesWatched,
    ClassMonth,
    ClassMovement,
    ClassStanding,
    FigureLines,
    MonitorHead,
    MonitorTiles,
    MonitorTrend,
    SparkPoint,
    Tile,
    TilePart,
    TileUnit,
    TrendPoint,
)
from app.services.steps.monitor_tabs import (
    BandRow,
    CohortCell,
    CohortRow,
    CohortsWatched,
    ConcentrationWatched,
    CountRow,
    DueDay,
    GroupRow,
    RepaymentWatched,
    RollCell,
    RollRatesWatched,
    RollRow,
    SecurityRow,
    SecurityWatched,
)
from app.services.steps.portfolio_figures import AlertLine, LimitLine
from app.services.steps.report_parts import ReportParts
from db.records.monitor import FigureRow
from db.vocabulary.decisions import Recommendation, RiskLevel
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import AlertLevel, CohortMeasure, ConcentrationKey, PsiStatus

AS_OF = date(2026, 9, 30)
BEFORE = date(2026, 8, 31)
EARLIER = date(2026, 7, 31)
OFFICER = UUID(int=5)
NPA_LIMIT = LimitLine(Decimal(5), "critical", AlertLevel.CRITICAL)


def head(**changes):
    facts = {
        "as_of": AS_OF,
        "latest": AS_OF,
        "month_ends": (BEFORE,),
        "state": BookState.FILLED,
        "sentence": "",
        "products": {"VEHICLE": "Vehicle loan"},
        "officers": {OFFICER: "Anita Desai"},
        "branches": (412, 413),
    }
    return MonitorHead(**(facts | changes))


def tile(name, unit, value, months=()):
    part = TilePart("Numerator", value, unit, name)
    spark = tuple(SparkPoint(day, each) for day, each in zip((BEFORE, AS_OF), months, strict=True))
    limits = (NPA_LIMIT,) if name == "npa_ratio" else ()
    return Tile(name, name, unit, value, None, spark, f"What {name} is", part, None, limits)


def count_row(key, count, paise):
    return CountRow(key, count, paise, key)


def tiles():
    return MonitorTiles(
        head(),
        (
            tile("total_outstanding", TileUnit.MONEY, 300_000, (None, 300_000)),
            tile("active_loans", TileUnit.COUNT, 2, (None, 2)),
            tile("npa_ratio", TileUnit.PERCENT, Decimal("33.3333"), (None, Decimal("33.3333"))),
            tile("par30", TileUnit.PERCENT, None, (Decimal(10), None)),
            tile("default_rate", TileUnit.PERCENT, Decimal(10), (Decimal(9), Decimal(10))),
        ),
    )


def classes():
    standard = ClassStanding(
        AssetClass.STANDARD, 1, 200_000, Decimal("66.6667"), 800, None, None, None, None, "class S"
    )
    sub = ClassStanding(
        AssetClass.SUB_STANDARD, 1, 100_000, Decimal("33.3333"), 15_000, 500, 1, 0, 100_000, "class"
    )
    moved = (
        ClassMovement(AssetClass.SMA_2, AssetClass.SUB_STANDARD, 1, 100_000, "move"),
        ClassMovement(None, AssetClass.STANDARD, 1, 200_000, "move new"),
    )
    shares = tuple(
        {AssetClass.STANDARD: Decimal(60), AssetClass.SMA_0: Decimal(40)}.get(word, Decimal(0))
        for word in AssetClass
    )
    months = (ClassMonth(BEFORE, (None,) * len(AssetClass)), ClassMonth(AS_OF, shares))
    return ClassesWatched(AS_OF, BEFORE, (standard, sub), moved, months)


def cohorts():
    cells = (CohortCell(3, 0, Decimal(0), "c 3"), CohortCell(4, 1, Decimal(50), "c 4"))
    young = (CohortCell(3, 1, Decimal(100), "d 3"), CohortCell(4, None, None, "d 4"))
    rows = (
        CohortRow(date(2026, 4, 1), 2, 300_000, False, cells, "c"),
        CohortRow(date(2026, 6, 1), 1, 100_000, True, young, "d"),
    )
    return CohortsWatched(AS_OF, CohortMeasure.LOANS, (3, 4), rows)


def rolls(month=(EARLIER, BEFORE)):
    cells = tuple(RollCell(after, 1, 100, Decimal(50), "roll") for after in ("0", "1-30"))
    rows = (RollRow("0", 2, 200, cells),) if month else ()
    return RollRatesWatched(AS_OF, month, ("0", "1-30"), rows, "" if month else "None yet.")


def concentration(groups=2):
    rows = tuple(
        GroupRow(f"k{n}", f"Group {n}", 1, 100, Decimal(50), 10, Decimal(10), "g", "n")
        for n in range(groups)
    )
    return ConcentrationWatched(
        AS_OF, ConcentrationKey.PURPOSE, rows, 20, Decimal(100), Decimal("0.5"), Decimal(5000),
        Decimal(2),
    )  # fmt: skip


def security():
    kind = SecurityRow(CollateralType.PROPERTY, 1, 500, 400, Decimal(100), "collateral")
    bands = (
        BandRow("none", None, None, 1, 100, Decimal(30), "ltv none"),
        BandRow("0-500000", None, 500_000, 1, 200, Decimal(70), "ltv 0-500000"),
    )
    old = count_row("old_valuation", 1, 100)
    return SecurityWatched(AS_OF, (kind,), bands, count_row("ltv_breach", 0, 0), old)


def repayment():
    day = DueDay(AS_OF, 2, 1, 0, 1, 500, 300, 200, "due 2026-09-30")
    return RepaymentWatched(
        as_of=AS_OF,
        month=date(2026, 9, 1),
        days=(day,),
        due=count_row("due", 2, 500),
        on_time=count_row("on_time", 1, 300),
        late=count_row("late", 0, 0),
        unpaid=count_row("unpaid", 1, 200),
        on_time_share=Decimal(50),
        demand_paise=500,
        collected_paise=300,
        current_efficiency=Decimal(60),
        overall_efficiency=None,
        headline_efficiency=Decimal(60),
        prepayments=count_row("prepayments", 0, 0),
        bounces=count_row("bounces", 0, 0),
        late_fees_paise=0,
        by_method=(count_row("UPI", 1, 300),),
    )


def drift():
    """A score that stands, an input that moved, two levels, two recommendations."""
    stands = DriftLine(
        "credit_score", "Score", Decimal("0.05413"), 500, PsiStatus.STABLE, Decimal("0.06")
    )
    moved = DriftLine(
        "months_with_employer",
        "Months in work",
        Decimal("2.398285"),
        500,
        PsiStatus.SHIFTED,
        Decimal("0.06"),
    )
    outcomes = OutcomeFigures(
        window_months=12,
        matured_until=date(2025, 9, 30),
        rows=432,
        bads=67,
        indeterminate=138,
        waiting=215,
        accuracy=Decimal("80.324074"),
        accuracy_limit=Decimal(90),
        accuracy_level=AlertLevel.WARNING,
        auc=Decimal("0.765774"),
        ks=None,
        brier=Decimal("0.133974"),
        own_test=OwnTest(Decimal("0.789694"), Decimal("0.453323"), Decimal("0.02862")),
        worsened=("BRIER_RISE",),
        enough=True,
    )
    low = BandLine(RiskLevel.LOW, 46, 1, Decimal("0.272666"), Decimal("2.173913"), enough=False)
    medium = BandLine(RiskLevel.MEDIUM, 288, 26, None, Decimal("9.027778"), enough=True)
    return DriftReport(
        as_of=AS_OF,
        model_id="RF-TEST",
        since=date(2025, 9, 30),
        rows=500,
        of_rows=500,
        reference=ReferenceKind.DEVELOPMENT,
        reference_rows=42_581,
        lines=(stands, moved),
        mean_dti=MeanShift(
            Decimal("31.672761"), Decimal("31.642731"), Decimal("0.094814"), Decimal(10), None
        ),
        outcomes=outcomes,
        bands=(low, medium),
        bands_synthetic=True,
        decisions=(
            DecidedLine(Recommendation.APPROVE, 15, 1, 1),
            DecidedLine(Recommendation.REJECT, 0, 0, 0),
        ),
        notes=("Compared with drawn ones.", "An outcome lags."),
    )


def made_parts():
    month = TrendPoint(AS_OF, 300_000, Decimal("33.3333"), Decimal(10), None, 0, 0, 0, 0)
    alert = AlertLine(
        "npa_ratio", "NPA ratio", AlertLevel.CRITICAL, Decimal("33.3333"), Decimal(5), BEFORE
    )
    lines = tuple(FigureRow(412, UUID(int=n), f"L-100{n}", n * 100_000) for n in (1, 2))
    return ReportParts(
        tiles(), MonitorTrend(AS_OF, (month,)), (alert,), classes(), cohorts(), rolls(),
        (concentration(),), security(), repayment(), drift(),
        FigureLines(AS_OF, "outstanding", 2, 300_000, lines),
    )  # fmt: skip
