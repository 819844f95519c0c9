"""Reads every tab of a part of the book and writes it as one file; loaded with the first export."""

from pathlib import Path

from app.services.drill_figure import drill_figure
from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.monitor_scope import MonitorScope
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
from app.ui.screens.monitor.monitor_export import ReportSaved
from app.ui.tasks.task import TaskControl

_STEPS = 3  # read, made, written


def save_report(scope: MonitorScope, target: Path, desk: Desk, control: TaskControl) -> ReportSaved:
    """Read every tab, make the file, write it (database lane).

    Raises:
        Refused: the person may not export, or the file cannot be written there.
    """
    chosen = ReportFormat(target.suffix.lower().removeprefix("."))
    check_target(target, f".{chosen}")
    parts = _read(scope, desk)
    control.progress(1, _STEPS)
    words = scope_words(scope, parts.tiles.head, desk)
    made = make_portfolio_report(MakePortfolioReport(parts, words, chosen), desk)
    control.progress(2, _STEPS)
    write_letter(target, made.content)
    return ReportSaved(target, parts.loans.count)


def _read(scope: MonitorScope, desk: Desk) -> ReportParts:
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
        drift=drift_or_reason(lambda: watch_drift(scope, desk)),
        loans=drill_figure("outstanding", scope, desk, MOST_LOANS),
    )
