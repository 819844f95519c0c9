"""Labels and sentences of the word lists in one language, handed to the rules that need them.

Source: words.json (``code``, ``en``, ``hi``; {value} and {limit} only). Built by whoever loaded the
file; a language without a word falls back to English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FALLBACK = "en"
# How a figure hangs in a sentence that can do without: "…: {value}.", "of {value}", "{value} की".
_FIGURE = re.compile(r"(?:: | of )?\{value\}(?: की )?")


class UnknownWordError(KeyError):
    """A list or a code that the word lists do not have."""

    def __init__(self, list_name: str, code: str) -> None:
        super().__init__(f"The word lists have no “{code}” in “{list_name}”")


@dataclass(frozen=True, slots=True)
class Wording:
    """The word lists by list and code, read in one language."""

    language: str
    lists: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def entry(self, list_name: str, code: str) -> Mapping[str, Any]:
        """All fields of one word.

        Raises:
            UnknownWordError: no such list or code.
        """
        try:
            return self.lists[list_name][code]
        except KeyError:
            raise UnknownWordError(list_name, code) from None

    def label(self, list_name: str, code: str) -> str:
        """The word as people read it."""
        entry = self.entry(list_name, code)
        return str(entry.get(self.language, entry[_FALLBACK]))

    def sentence(self, list_name: str, code: str, value: str = "", limit: str = "") -> str:
        """The sentence of a code with its own figure and its yardstick."""
        template = self.label(list_name, code)
        return template.replace("{value}", value).replace("{limit}", limit)

    def bare(self, list_name: str, code: str) -> str:
        """The sentence of a code that a person gave, without the figure it leaves open."""
        return _FIGURE.sub("", self.label(list_name, code))


def parse_words(document: Mapping[str, Any], language: str = _FALLBACK) -> Wording:
    """Word lists of an already loaded ``words.json``."""
    return Wording(
        language=language,
        lists={
            name: {word["code"]: word for word in content["words"]}
            for name, content in document["lists"].items()
        },
    )
