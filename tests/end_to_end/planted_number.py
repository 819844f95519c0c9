"""Looks for a planted number in everything a desk leaves behind: files, logs, dumps, titles."""

import base64
import re
from pathlib import Path

_BETWEEN = r"[\s\u00a0\u2009._/-]{0,3}"


class PlantedNumber:
    """A number that must stand nowhere: not plain, not spaced, not merely encoded."""

    def __init__(self, number: str) -> None:
        spaced = _BETWEEN.join(re.escape(mark) for mark in number)
        hexes = {number.encode(code).hex() for code in ("utf-8", "utf-16-le")}
        hexes |= {number.lower().encode().hex()}
        # The three ways in which base64 can fall, without the ends that neighbours change.
        coded = {
            base64.b64encode(b"\0" * lead + number.encode())[4 if lead else 0 : -4].decode()
            for lead in range(3)
        }
        words = [spaced, *hexes, *(re.escape(word) for word in coded)]
        self._pattern = re.compile("|".join(words), re.IGNORECASE)

    def seen_in(self, content: bytes | str) -> str:
        """The place where it stands, with a little around it; empty when it stands nowhere."""
        texts = [content] if isinstance(content, str) else _readings(content)
        for text in texts:
            found = self._pattern.search(text)
            if found:
                return text[max(found.start() - 20, 0) : found.end() + 20]
        return ""

    def files_with(self, folder: Path) -> list[str]:
        """Names of the files below a folder in which it stands."""
        files = (file for file in folder.rglob("*") if file.is_file())
        return [str(file) for file in files if self.seen_in(file.read_bytes())]


def _readings(content: bytes) -> tuple[str, str, str]:
    """The bytes as text: one byte a letter, UTF-8, and UTF-16 at either half."""
    return (
        content.decode("latin-1"),
        content.decode("utf-8", errors="replace"),
        content.replace(b"\0", b"").decode("latin-1"),
    )
