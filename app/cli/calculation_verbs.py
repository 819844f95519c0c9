"""The verb `calculate`: one rule of the rule book on plain JSON, without a book."""

import argparse
import json

from app.cli.calculate_verb import UnknownFamilyError, calculate
from app.cli.json_reading import read_json
from app.cli.verb import Access, Verb
from app.resource_files import resource
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused


def run_calculate(arguments: argparse.Namespace, desk: Desk) -> object:
    """Answer `calculate FAMILY FILE` by the shipped rules.

    Raises:
        Refused: no such family, or the file is not JSON.
    """
    today = getattr(arguments, "as_of", None) or desk.clock.today()
    payload = read_json(arguments.file)
    try:
        return calculate(arguments.family, payload, shipped_rulebook(), today)
    except UnknownFamilyError as fault:
        raise Refused(RefusalKind.BAD_INPUT, str(fault)) from fault


def shipped_rulebook() -> Rulebook:
    """The rule book as shipped."""

    def loaded(name: str) -> dict[str, object]:
        text = resource(f"rules/{name}.json").read_text(encoding="utf-8")
        content: dict[str, object] = json.loads(text)
        return content

    return Rulebook(parse_rule_rows(loaded("rule-rows")), parse_products(loaded("products")))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("family", metavar="FAMILY", help="family of the rule book's vectors")
    parser.add_argument("file", metavar="FILE", help="JSON file, - for standard input")


VERBS = (Verb("calculate", "one rule of the rule book", _arguments, run_calculate, Access.NO_BOOK),)
