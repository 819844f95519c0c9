"""The pages of a report of the portfolio monitor: one for each tab, and the loans behind."""

from collections.abc import Sequence

from app.file_formats.table_out import TableColumn, Value, ValueKind
from app.services.steps.cohorts_shown import shown_part
from app.services.steps.monitor_answers import MonitorTiles, Tile, TileUnit
from app.services.steps.monitor_answers import Value as TileValue
from app.services.steps.report_drift import drift_page
from app.services.steps.report_parts import ReportParts
from app.services.steps.report_tables import ReportLines, ReportPage, ReportTable, share
from app.services.steps.report_tabs import (
    classes_page,
    cohorts_page,
    concentration_page,
    repayment_page,
    rolls_page,
    security_page,
)
from app.services.steps.shipped_words import shipped_words

_NO_STRESS = "A stress run is not part of this report; the Stress tab makes one."
_UNITS = (TileUnit.MONEY, TileUnit.PERCENT, TileUnit.COUNT)  # the order of their columns
MOST_COHORTS = 24  # youngest months of disbursement that a page holds
_MONEY, _COUNT, _PERCENT, _DATE = (
    ValueKind.MONEY,
    ValueKind.COUNT,
    ValueKind.PERCENT,
    ValueKind.DATE,
)


def report_pages(parts: ReportParts, *, printed: bool) -> tuple[ReportPage, ...]:
    """Every page in the order of the tabs; a workbook ends with every loan.

    Args:
        parts: what was read.
        printed: for paper, where a page holds the youngest cohorts and no list of loans.
    """
    cohorts = shown_part(parts.cohorts, MOST_COHORTS) if printed else parts.cohorts
    pages = (
        _overview(parts, printed=printed),
        classes_page(parts.classes),
        cohorts_page(cohorts),
        rolls_page(parts.rolls),
        concentration_page(parts.concentrations),
        security_page(parts.security),
        repayment_page(parts.repayment),
        drift_page(parts.drift),
        _alerts(parts),
    )
    return pages if printed else (*pages, _loans(parts))


def _overview(parts: ReportParts, *, printed: bool) -> ReportPage:
    npa, par30 = parts.tiles.tile("npa_ratio"), parts.tiles.tile("par30")
    months = parts.trend.months
    names = tuple(f"{month.month_end:%b %y}" for month in months)
    lines = (
        ReportLines(
            "NPA and PAR30, % of outstanding",
            tuple(f"{point.day:%b %y}" for point in npa.spark),
            (("NPA", _spark(npa)), ("PAR30", _spark(par30))),
            _limits(npa),
        ),
        ReportLines(
            "Default rate, % of loans lent",
            names,
            (("Default", _numbers([month.default_rate for month in months])),),
            _limits(parts.tiles.tile("default_rate")),
        ),
        ReportLines(
            "Approval, % of decided",
            names,
            (("Approval", _numbers([month.approval_rate for month in months])),),
        ),
    )
    unknown = "are printed as a dash" if printed else "stay empty"
    return ReportPage(
        "Overview",
        f"Unknown figures {unknown}, never 0. {_NO_STRESS}",
        (_tiles(parts.tiles, printed=printed), _months(parts)),
        lines,
    )


def _tiles(tiles: MonitorTiles, *, printed: bool) -> ReportTable:
    """The key figures; amounts, shares and counts stand in columns of their own."""
    columns = (
        TableColumn("figure", "Key figure", width=20),
        TableColumn("amount", "Amount ₹", _MONEY, 18),
        TableColumn("share", "%", _PERCENT, 8),
        TableColumn("count", "Count", _COUNT, 8),
        TableColumn("definition", "Definition", width=84),
    )
    rows = tuple(_tile(each, printed=printed) for each in tiles.tiles)
    return ReportTable("Key figures", columns, rows)


def _tile(tile: Tile, *, printed: bool) -> tuple[Value, ...]:
    """A figure in the column of its unit; on paper the other two are blank, no dash."""
    value = tile.value
    known = None if value is None else int(value)
    if tile.unit is TileUnit.PERCENT:
        known = share(value if not isinstance(value, int) else None)
    other = "" if printed else None
    cells = (known if unit is tile.unit else other for unit in _UNITS)
    return (tile.label, *cells, tile.definition)


def _months(parts: ReportParts) -> ReportTable:
    columns = (
        TableColumn("month", "Month end", _DATE, 14),
        TableColumn("outstanding", "Outstanding ₹", _MONEY, 18),
        TableColumn("npa_ratio", "NPA %", _PERCENT, 10),
        TableColumn("default_rate", "Default %", _PERCENT, 10),
        TableColumn("approval_rate", "Approval %", _PERCENT, 10),
        TableColumn("disbursed", "Paid out ₹", _MONEY, 18),
    )
    rows = tuple(
        (
            month.month_end,
            month.outstanding_paise,
            share(month.npa_ratio),
            share(month.default_rate),
            share(month.approval_rate),
            month.disbursed_paise,
        )
        for month in parts.trend.months
    )
    return ReportTable("Months", columns, rows)


def _alerts(parts: ReportParts) -> ReportPage:
    words = shipped_words()
    columns = (
        TableColumn("level", "Level", width=12),
        TableColumn("alert", "Alert", width=24),
        TableColumn("value", "Value %", _PERCENT, 10),
        TableColumn("limit", "Limit %", _PERCENT, 10),
        TableColumn("since", "Over limit since", _DATE, 16),
    )
    rows = tuple(
        (
            words.label("alert_level", each.level),
            each.label,
            share(each.value),
            share(each.limit),
            each.since,
        )
        for each in parts.alerts
    )
    note = "Internal alerts, not a regulator's limits." if rows else "No alert stands."
    return ReportPage("Alerts", note, (ReportTable("Alerts", columns, rows),))


def _loans(parts: ReportParts) -> ReportPage:
    lines = parts.loans
    columns = (
        TableColumn("loan", "Loan", width=14),
        TableColumn("branch", "Branch", width=10),
        TableColumn("amount", "Outstanding ₹", _MONEY, 18),
    )
    rows = tuple((row.reference, f"{row.branch_id:04d}", row.amount_paise) for row in lines.rows)
    note = f"{lines.count:,} open loans stand behind the outstanding amount."
    if len(rows) < lines.count:
        note += f" The first {len(rows):,} are listed."
    return ReportPage("Loans", note, (ReportTable("Loans", columns, rows),))


def _limits(tile: Tile) -> tuple[tuple[str, float], ...]:
    return tuple((limit.label, float(limit.value)) for limit in tile.limits)


def _spark(tile: Tile) -> tuple[float | None, ...]:
    return _numbers([point.value for point in tile.spark])


def _numbers(values: Sequence[TileValue]) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(value) for value in values)
