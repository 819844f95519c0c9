"""The shipped word lists in one language, read once."""

import json
from functools import cache

from app.resource_files import resource
from app.rules.wording import Wording, parse_words


@cache
def wording(language: str = "en") -> Wording:
    """The labels and sentences of words.json in a language; English where it has none."""
    document = json.loads(resource("rules/words.json").read_text(encoding="utf-8"))
    return parse_words(document, language)
