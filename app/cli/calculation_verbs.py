"""The verb `calculate`: one rule of the rule book on plain JSON, without a book."""

import argparse

from app.cli.calculate_fields import Answer
from app.cli.calculate_verb import UnknownFamilyError, calculate
from app.cli.json_reading import read_json
from app.cli.verb import Access, Answered, Verb
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused


def run_calculate(arguments: argparse.Namespace, desk: Desk) -> object:
    """Answer `calculate FAMILY FILE` by the shipped rules; exit 7 when a case is refused.

    Raises:
        Refused: no such family, or the file is not JSON.
    """
    today = getattr(arguments, "as_of", None) or desk.clock.today()
    payload = read_json(arguments.file)
    try:
        answer = calculate(arguments.family, payload, desk.rulebook(), today)
    except UnknownFamilyError as fault:
        raise Refused(RefusalKind.BAD_INPUT, str(fault)) from fault
    return Answered(answer, RefusalKind.BAD_INPUT) if _has_refusal(answer) else answer


def _has_refusal(answer: Answer | list[Answer]) -> bool:
    answers = answer if isinstance(answer, list) else [answer]
    return any("refused" in each for each in answers)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("family", metavar="FAMILY", help="family of the rule book's vectors")
    parser.add_argument("file", metavar="FILE", help="JSON file, - for standard input")


VERBS = (Verb("calculate", "one rule of the rule book", _arguments, run_calculate, Access.NO_BOOK),)
