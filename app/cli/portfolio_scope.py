"""What every `portfolio` verb takes: month end, bank, product, officer; and `--rows`."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from app.cli.json_messages import money, percent_of
from app.cli.verb import Access, Verb
from app.services.drill_figure import drill_figure
from app.services.steps.desk import Desk
from app.services.steps.monitor_answers import FigureLines
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.portfolio_figures import AlertLine

Answer = dict[str, object]
Told = tuple[Answer, Sequence[str]]


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Take the part of the book that is looked at."""
    add = parser.add_argument
    add("--month-end", type=date.fromisoformat, help="a kept month end, not the last day-end")
    add("--bank", action="store_true", help="every branch instead of one")
    add("--product", metavar="CODE", help="only loans of this product")
    add("--officer", type=UUID, metavar="ID", help="only loans of this officer")


def scope_of(given: argparse.Namespace) -> MonitorScope:
    """The part of the book that was named."""
    return MonitorScope(given.month_end, given.bank, None, given.product, given.officer)


def monitor_verb(
    name: str,
    about: str,
    run: Callable[[argparse.Namespace, MonitorScope, Desk], Told],
    more: Callable[[argparse.ArgumentParser], None] | None = None,
) -> Verb:
    """A verb of the group. `run` returns the answer and the figures it shows.

    `--rows` lists the lines of every figure shown, `--rows FIGURE` of one.
    """

    def arguments(parser: argparse.ArgumentParser) -> None:
        add_scope(parser)
        about_rows = "the lines behind the figures"
        parser.add_argument("--rows", nargs="?", const="", metavar="FIGURE", help=about_rows)
        if more is not None:
            more(parser)

    def answer(given: argparse.Namespace, desk: Desk) -> Answer:
        scope = scope_of(given)
        if given.rows:
            return lines_answer([given.rows], scope, desk)
        told, figures = run(given, scope, desk)
        return told if given.rows is None else lines_answer(figures, scope, desk)

    return Verb(f"portfolio {name}", about, arguments, answer, Access.READS)


def lines_answer(figures: Sequence[str], scope: MonitorScope, desk: Desk) -> Answer:
    """The lines behind each figure; count and sum equal the figure."""
    found = [drill_figure(figure, scope, desk) for figure in figures]
    as_of = found[0].as_of if found else None
    return {"as_of": as_of, "figures": [_lines(each) for each in found]}


def _lines(found: FigureLines) -> Answer:
    return {
        "figure": found.figure,
        "loans": found.count,
        "amount": money(found.amount_paise),
        "rows": [
            {
                "branch": f"{row.branch_id:04d}",
                "loan_id": row.loan_id,
                "reference": row.reference,
                "amount": money(row.amount_paise),
                "instalment": row.item,
                "date": row.day,
            }
            for row in found.rows
        ],
    }


def alert_answer(line: AlertLine) -> Answer:
    """An alert that stands."""
    return {
        "rule": line.rule,
        "level": line.level,
        "value": percent_of(line.value),
        "limit": percent_of(line.limit),
        "since": line.since,
    }


def band_shown(key: str, shown: Callable[[int], str]) -> str:
    """A band of whole numbers in other words: "650000-750000" as "65-75"."""
    low, dash, high = key.partition("-")
    if not dash:
        return key
    return f"{shown(int(low))}-{shown(int(high)) if high else ''}"
