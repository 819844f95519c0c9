"""The verb `portfolio report`: every tab of the monitor as one file, for schedulers.

Source: commands.md (Portfolio), screens.md S80.
"""

import argparse
from pathlib import Path

from app.cli.portfolio_scope import add_scope, scope_of
from app.cli.verb import Access, Verb
from app.services.drill_figure import drill_figure
from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.report_drift import drift_or_reason
from app.services.steps.report_parts import (
    MOST_LOANS,
    PRINTED_KEYS,
    ReportParts,
    scope_words,
)
from app.services.watch_classes import watch_classes
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration
from app.services.watch_drift import watch_drift
from app.services.watch_repayment import watch_repayment
from app.services.watch_roll_rates import watch_roll_rates
from app.services.watch_security import watch_security
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles, monitor_trend


def run_report(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `portfolio report --out FILE`."""
    target = Path(arguments.out)
    chosen = _format_of(target)
    check_target(target, f".{chosen}")
    scope = scope_of(arguments)
    parts = _read(scope, desk)
    request = MakePortfolioReport(parts, scope_words(scope, parts.tiles.head, desk), chosen)
    made = make_portfolio_report(request, desk)
    write_letter(target, made.content)
    return {
        "as_of": parts.tiles.head.as_of,
        "file": str(target),
        "sha256": made.sha256,
        "pages": made.pages,
        "loans": parts.loans.count,
    }


def _read(scope: MonitorScope, desk: Desk) -> ReportParts:
    """Every tab, read by its own act."""
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


def _format_of(target: Path) -> ReportFormat:
    ending = target.suffix.lower().removeprefix(".")
    if ending not in list(ReportFormat):
        raise Refused(RefusalKind.BAD_INPUT, "Name a file that ends in .pdf or .xlsx")
    return ReportFormat(ending)


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_scope(parser)
    parser.add_argument("--out", metavar="FILE", required=True, help="a file ending .pdf or .xlsx")


VERBS = (Verb("portfolio report", "every tab as one file", _arguments, run_report, Access.WRITES),)
