"""The verb `loans`: the list with class and days past due.

Source: commands.md (customers and applications).
"""

import argparse

from app.cli.row_json import loan_row
from app.cli.verb import Access, Verb
from app.services.find_loans import FindLoans, count_loans, find_loans
from app.services.steps.desk import Desk
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import AssetClass

LARGEST_PAGE = 1_000


def run_loans(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `loans`."""
    asset_class = arguments.asset_class
    wanted = LoanFilter(
        asset_class=None if asset_class is None else AssetClass(asset_class),
        search=arguments.search,
    )
    found = find_loans(FindLoans(wanted, arguments.limit, arguments.after), desk)
    return {
        "loans": [
            {**loan_row(row, found.days_past_due[row.loan_id]), "full_name": row.full_name}
            for row in found.page.rows
        ],
        "total": count_loans(wanted, desk).total,
        "next": found.page.next,
        "as_of": found.as_of,
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    classes = [str(each) for each in AssetClass]
    parser.add_argument("--class", dest="asset_class", choices=classes, help="asset class")
    parser.add_argument("--search", default="", help="name or loan reference")
    parser.add_argument("--limit", type=_limit, default=50, help="rows of a page")
    parser.add_argument("--after", help="cursor of the page before")


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_PAGE:
        message = f"a whole number from 1 to {LARGEST_PAGE:,}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


VERBS = (Verb("loans", "list loans", _arguments, run_loans, Access.READS),)
