"""The verbs `portfolio concentration`, `cohorts` and `roll-rates`.

Source: commands.md (Portfolio).
"""

import argparse

from app.cli.json_messages import money, percent_of
from app.cli.portfolio_scope import Answer, Told, monitor_verb
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration
from app.services.watch_roll_rates import watch_roll_rates
from db.vocabulary.operations import CohortMeasure, ConcentrationKey


def run_concentration(given: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio concentration`."""
    found = watch_concentration(scope, desk, ConcentrationKey(given.by))
    answer: Answer = {
        "as_of": found.as_of,
        "by": found.by,
        "rows": [
            {
                "key": row.key,
                "name": row.label,
                "loans": row.loans,
                "amount": money(row.amount_paise),
                "share": percent_of(row.share),
                "npa_share": percent_of(row.npa_share),
            }
            for row in found.rows
        ],
        "hhi": percent_of(found.index),
        "hhi_points": percent_of(found.points),
        "effective_number": percent_of(found.effective_number),
        "top": found.top,
        "top_share": percent_of(found.top_share),
    }
    return answer, [row.figure for row in found.rows]


def run_cohorts(given: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio cohorts`: null where the youngest loan is not that old."""
    found = watch_cohorts(scope, desk, CohortMeasure(given.measure))
    answer: Answer = {
        "as_of": found.as_of,
        "measure": found.measure,
        "months_on_book": list(found.months_on_book),
        "cohorts": [
            {
                "month": f"{row.month:%Y-%m}",
                "loans": row.loans,
                "amount": money(row.principal_paise),
                "too_few": row.thin,
                "ever_90_plus": [percent_of(cell.share) for cell in row.cells],
            }
            for row in found.rows
        ],
    }
    return answer, [row.figure for row in found.rows]


def run_roll_rates(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio roll-rates`: the rows of buckets that had a balance add up to 100."""
    found = watch_roll_rates(scope, desk)
    opened, ended = found.month or (None, None)
    answer: Answer = {
        "as_of": found.as_of,
        "from": opened,
        "to": ended,
        "message": found.sentence or None,
        "matrix": {
            row.before: {
                "loans": row.loans,
                "opening": money(row.opening_paise),
                "to": {cell.after: percent_of(cell.share) for cell in row.cells},
            }
            for row in found.rows
        },
    }
    return answer, [cell.figure for row in found.rows for cell in row.cells if cell.loans]


def _by(parser: argparse.ArgumentParser) -> None:
    keys = [key.value for key in ConcentrationKey]
    parser.add_argument("--by", choices=keys, default=ConcentrationKey.PURPOSE.value)


def _measure(parser: argparse.ArgumentParser) -> None:
    measures = [measure.value for measure in CohortMeasure]
    parser.add_argument("--measure", choices=measures, default=CohortMeasure.LOANS.value)


VERBS = (
    monitor_verb("concentration", "the book by one key, with its index", run_concentration, _by),
    monitor_verb("cohorts", "ever 90 days late by month of disbursement", run_cohorts, _measure),
    monitor_verb("roll-rates", "where each bucket of days went in the month", run_roll_rates),
)
