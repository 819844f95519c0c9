"""Words, dates, money and rates of letters in one language.

Source: resources/letters/words.json; screens.md A10 for money and dates. Digits are the same in
every language, so that a figure reads alike on the letter, the screen and the account.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from app.resource_files import resource
from app.rules.money import percent_shown, rupees, rupees_shown
from app.rules.wording import Wording
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.loan_life import Language

# What the templates print themselves, as `words.NAME`.
TEMPLATE_WORDS = (
    "apr_table",
    "bank_signs",
    "borrower_signs",
    "conditions",
    "contingent",
    "date",
    "estimate",
    "facts",
    "fees",
    "for_bank",
    "item",
    "number",
    "part_one",
    "part_two",
    "policy",
    "reasons",
    "schedule",
    "trail",
    "value",
    "what_you_can_do",
)
# The word lists that policy checks and lines of facts take a word from.
_PRINTED_LISTS = (
    "kyc_status",
    "loan_purpose",
    "employment_type",
    "document_kind",
    "fact_source",
    "obligation_type",
    "collateral_type",
)


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The words of one language.

    Attributes:
        listed: the word lists of the vocabulary in the same language.
    """

    language: Language
    words: Mapping[str, Any]
    listed: Wording

    def say(self, key: str, **values: str) -> str:
        """A text with its values filled in."""
        text = str(self.words[key])
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def day(self, day: date) -> str:
        """A date: day, month in words, year."""
        return f"{day.day:02d} {self.words['months'][day.month - 1]} {day.year}"

    def money(self, paise: int) -> str:
        """An amount in lakh groups, paise only where there are any."""
        return rupees_shown(paise)

    def exact(self, paise: int) -> str:
        """An amount in a column of amounts: always with paise, so that the points stand in line."""
        return rupees(paise)

    def rate(self, ppm: int) -> str:
        """A yearly rate."""
        return percent_shown(ppm)

    def word(self, list_name: str, code: str) -> str:
        """A word of the vocabulary."""
        return self.listed.label(list_name, code)

    def translated(self, text: str) -> str:
        """A text made of listed words, such as two purposes; figures stay as they are."""
        if self.language is Language.EN:
            return text
        known = _listed_words(self.language)
        return ", ".join(known.get(each.lower(), each) for each in text.split(", "))

    def labels(self) -> dict[str, str]:
        """What the templates print themselves."""
        return {key: self.words[key] for key in TEMPLATE_WORDS}


@lru_cache(maxsize=4)
def letter_words(language: Language) -> LetterWords:
    """The words of a language."""
    document = json.loads(resource("letters/words.json").read_text(encoding="utf-8"))
    return LetterWords(language, document[language.value], shipped_words(language.value))


@cache
def _listed_words(language: Language) -> dict[str, str]:
    """The words that stand as labels or values of a case, by their English in small letters."""
    english, own = shipped_words(), letter_words(language)
    listed = {
        english.label(name, code).lower(): own.word(name, code)
        for name in _PRINTED_LISTS
        for code in english.lists[name]
    }
    return listed | {label.lower(): said for label, said in own.words["fact_labels"].items()}


Row = list[str]


class Column(NamedTuple):
    """A column of a letter's table.

    Attributes:
        numbers: its cells stand at the right.
        width: its share of the line; 0 takes what its cells need.
    """

    label: str
    numbers: bool = False
    width: float = 0


def table(columns: Sequence[Column], rows: list[Row]) -> dict[str, object]:
    """A table for a template; cells are printed as they are."""
    return {
        "columns": [
            {"label": each.label, "right": each.numbers, "width": each.width} for each in columns
        ],
        "rows": rows,
    }


def fact(label: str, value: str) -> dict[str, str]:
    """A pair of a label and its value."""
    return {"label": label, "value": value}
