"""Every tab of the monitor for one part of the book, read and written as one file.

Source: screens.md S80 (export), commands.md (`portfolio report`). Screen and verb share it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.drill_figure import drill_figure
from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.settle_drift_alerts import settle_drift_alerts
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.progress import Progress, silent
from app.services.steps.report_drift import drift_or_reason
from app.services.steps.report_parts import MOST_LOANS, PRINTED_KEYS, ReportParts, scope_words
from app.services.watch_classes import watch_classes
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration
from app.services.watch_drift import watch_drift
from app.services.watch_repayment import watch_repayment
from app.services.watch_roll_rates import watch_roll_rates
from app.services.watch_security import watch_security
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles, monitor_trend

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.drift_figures import DriftReport
    from app.services.steps.monitor_scope import MonitorScope

_STEPS = 3  # read, made, written
_COUNTED = 1  # paper lists no loans, it only counts them


@dataclass(frozen=True, slots=True)
class SavePortfolioReport:
    """Which part of the book, and the file it goes to; its ending says PDF or XLSX."""

    scope: "MonitorScope"
    target: Path


@dataclass(frozen=True, slots=True)
class ReportSaved:
    """The file that was written; `loans` are open, a workbook has 0 `pages`."""

    target: Path
    as_of: date
    loans: int
    pages: int
    sha256: str


def save_portfolio_report(
    request: SavePortfolioReport, desk: "Desk", progress: Progress = silent
) -> ReportSaved:
    """Read every tab, make the file, write it whole or not at all.

    Raises:
        Refused: the person may not see the monitor or not export, the day cannot be chosen, or no
            such file can be written there.
    """
    scope, target = request.scope, request.target
    check_target(target, *(f".{each}" for each in ReportFormat))
    chosen = ReportFormat(target.suffix.lower().removeprefix("."))
    parts = _read(scope, desk, MOST_LOANS if chosen is ReportFormat.XLSX else _COUNTED)
    progress(1, _STEPS)
    head = parts.tiles.head
    words = scope_words(scope, head, desk)
    made = make_portfolio_report(MakePortfolioReport(parts, words, chosen), desk)
    progress(2, _STEPS)
    write_letter(target, made.content)
    return ReportSaved(target, head.as_of, parts.loans.count, made.pages, made.sha256)


def _read(scope: "MonitorScope", desk: "Desk", most_loans: int) -> ReportParts:
    """Every tab, by its own act."""
    return ReportParts(
        tiles=monitor_tiles(scope, desk),
        trend=monitor_trend(scope, desk),
        alerts=watch_summary(scope, desk).alerts,
        classes=watch_classes(scope, desk),
        cohorts=watch_cohorts(scope, desk),
        rolls=watch_roll_rates(scope, desk),
        concentrations=tuple(watch_concentration(scope, desk, key) for key in PRINTED_KEYS),
        security=watch_security(scope, desk),
        repayment=watch_repayment(scope, desk),
        drift=drift_or_reason(lambda: _drift(scope, desk)),
        loans=drill_figure("outstanding", scope, desk, most_loans),
    )


def _drift(scope: "MonitorScope", desk: "Desk") -> "DriftReport":
    """Drift as measured now; its alerts follow, so that a scheduled report raises them."""
    found = watch_drift(scope, desk)
    settle_drift_alerts(found, scope, desk)
    return found
