"""The verb `portfolio report`: every tab of the monitor as one file, for schedulers.

Source: commands.md (Portfolio), screens.md S80.
"""

import argparse
from pathlib import Path

from app.cli.portfolio_scope import add_scope, scope_of
from app.cli.verb import Access, Verb
from app.services.save_portfolio_report import SavePortfolioReport, save_portfolio_report
from app.services.steps.desk import Desk


def run_report(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `portfolio report --out FILE`."""
    request = SavePortfolioReport(scope_of(arguments), Path(arguments.out))
    saved = save_portfolio_report(request, desk)
    return {
        "as_of": saved.as_of,
        "file": str(saved.target),
        "sha256": saved.sha256,
        "pages": saved.pages,
        "loans": saved.loans,
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_scope(parser)
    parser.add_argument("--out", metavar="FILE", required=True, help="a file ending .pdf or .xlsx")


VERBS = (Verb("portfolio report", "every tab as one file", _arguments, run_report, Access.WRITES),)
