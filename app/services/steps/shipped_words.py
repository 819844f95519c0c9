"""The shipped word lists in one language, read once.

Labels and sentences are data (resources/rules/words.json); rules are handed them, screens and
verbs print them.
"""

import json
from functools import lru_cache

from app.resource_files import resource
from app.rules.wording import Wording, parse_words


@lru_cache(maxsize=4)
def shipped_words(language: str = "en") -> Wording:
    """Return the word lists, in English where a word has no such language."""
    return parse_words(
        json.loads(resource("rules/words.json").read_text(encoding="utf-8")), language
    )
