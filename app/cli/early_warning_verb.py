"""The verb `portfolio early-warning`: every early sign, and with `--rows` the loans behind each.

Source: commands.md (Portfolio). A trigger whose data the book does not hold has no count: null,
never 0.
"""

import argparse

from app.cli.json_messages import money
from app.cli.verb import Access, Verb
from app.services.read_early_warnings import EarlyWarnings, TriggerSum, read_early_warnings
from app.services.steps.desk import Desk
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.operations import EarlyWarningTrigger

Answer = dict[str, object]


def run_early_warning(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `portfolio early-warning`."""
    found = read_early_warnings(desk)
    if arguments.rows is not None:
        wanted = [arguments.rows] if arguments.rows else [str(each) for each in EarlyWarningTrigger]
        return {"as_of": found.as_of, "figures": [_figure(each, found) for each in wanted]}
    words = shipped_words()
    return {
        "as_of": found.as_of,
        "triggers": [_trigger(each) for each in found.triggers],
        "rows": [
            {
                "loan_id": line.loan_id,
                "reference": line.reference,
                "trigger": line.signal.trigger,
                "sentence": words.sentence(
                    "early_warning_trigger",
                    line.signal.trigger,
                    line.signal.value,
                    line.signal.limit,
                ),
                "amount": money(line.amount_paise),
                "days_past_due": line.days_past_due,
                "asset_class": line.asset_class,
            }
            for line in found.lines
        ],
    }


def _trigger(each: TriggerSum) -> Answer:
    checked = each.loans is not None
    amount = None if each.amount_paise is None else money(each.amount_paise)
    return {"trigger": each.trigger, "loans": each.loans, "amount": amount, "checked": checked}


def _figure(name: str, found: EarlyWarnings) -> Answer:
    """The loans behind one trigger; count and sum equal its line."""
    (own,) = [each for each in found.triggers if each.trigger == name]
    rows = [line for line in found.lines if line.signal.trigger == name]
    answer = _trigger(own)
    del answer["trigger"], answer["checked"]
    return {
        "figure": name,
        **answer,
        "rows": [
            {
                "loan_id": line.loan_id,
                "reference": line.reference,
                "amount": money(line.amount_paise),
            }
            for line in rows
        ],
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    triggers = [str(each) for each in EarlyWarningTrigger]
    parser.add_argument(
        "--rows",
        nargs="?",
        const="",
        choices=["", *triggers],
        metavar="TRIGGER",
        help=f"the loans behind the figures: {', '.join(triggers)}",
    )


VERBS = (
    Verb(
        "portfolio early-warning",
        "early signs of trouble on running loans",
        _arguments,
        run_early_warning,
        Access.READS,
    ),
)
