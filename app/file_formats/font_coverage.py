"""Whether the fonts of a folder can show a text, and what to say where they cannot.

The typesetter sets a hole for a letter that no font has and says nothing, so texts are looked at
before. Read from the fonts' own character maps, once for a folder.
"""

import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path

from app.file_formats.heavy_import import heavy_import

# Line breaks are obeyed, not shown.
_UNSEEN = frozenset("\n\t")
_LONGEST_SHOWN = 40


class ScriptMissingError(ValueError):
    """A text that no font can show.

    Attributes:
        sentence: what a person reads: the character, its script and the text.
    """

    def __init__(self, character: str, text: str) -> None:
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        self.sentence = (
            f"No letter can show “{character}” ({named(character)}) in “{shown}”: "
            "write it in Latin, Devanagari or Kannada letters"
        )
        super().__init__(self.sentence)


def check_shown(texts: Collection[str], fonts: Path) -> None:
    """See that a font of the folder has every character of some texts.

    Raises:
        ScriptMissingError: the first text with a character that none has.
    """
    missing = set().union(*texts) - _characters(fonts) - _UNSEEN
    if missing:
        text = next(text for text in texts if not missing.isdisjoint(text))
        raise ScriptMissingError(next(each for each in text if each in missing), text)


def named(character: str) -> str:
    """The script of a letter, or the name of a sign.

    >>> named("த"), named("😀")
    ('Tamil', 'grinning face')
    """
    name = unicodedata.name(character, "unknown sign")
    script, is_letter, _ = name.partition(" LETTER ")
    if not is_letter:
        script, is_letter, _ = name.partition(" VOWEL SIGN ")
    return script.title() if is_letter else name.lower()


@cache
def _characters(fonts: Path) -> frozenset[str]:
    with heavy_import():
        from fontTools.ttLib import TTFont  # 150 ms: only when a letter is made

    found: set[int] = set()
    for file in sorted(fonts.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(map(chr, found))
