"""The language of a letter on the command line: `--lang`, or `--language` in full."""

import argparse

from app.services.steps.letter_work import LANGUAGES
from app.services.steps.refusal import bad_input
from db.vocabulary.loan_life import Language


def add_letter_language(parser: argparse.ArgumentParser) -> None:
    """Add `--language`; `--lang` stands among the options of every verb."""
    parser.add_argument(
        "--language", default=Language.EN.value, metavar="CODE", help="language of the letter"
    )


def letter_language(arguments: argparse.Namespace) -> Language:
    """The language asked for, English where none is.

    Raises:
        Refused: letters are not written in it.
    """
    asked = getattr(arguments, "lang", None) or arguments.language
    for each in LANGUAGES:
        if each.value == asked:
            return each
    known = ", ".join(sorted(each.value for each in LANGUAGES))
    raise bad_input({"lang": f"Choose a language of letters: {known}"})
