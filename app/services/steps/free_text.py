"""Free text of the desk: notes, reasons, names of papers. It may not carry identity numbers."""

import re
import unicodedata

from app.services.steps.check_identity_numbers import check_aadhaar, check_pan
from app.services.steps.text_checks import line_fault

LONGEST_NOTE = 2_000
LONGEST_REASON = 500
_JOINERS = "\u200c\u200d"  # Indian scripts need them
_PAN_LIKE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{5}[\s-]?\d{4}[\s-]?[A-Za-z](?![A-Za-z0-9])")
_AADHAAR_LIKE = re.compile(r"(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)")


def tidy_text(text: str) -> str:
    """NFC, line ends as one mark, trimmed, without marks that only steer how text runs."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    kept = (c for c in normal if unicodedata.category(c) != "Cf" or c in _JOINERS)
    return "".join(kept).strip()


def text_fault(label: str, text: str, longest: int, *, needed: str = "") -> str | None:
    """The sentence for a text that cannot be stored as it is, None when it can.

    Args:
        label: how the sentence begins ("The note").
        text: tidy.
        longest: characters at most.
        needed: the sentence for an empty text; empty when it may be left out.
    """
    if not text:
        return needed or None
    if len(text) > longest:
        return f"{label} may have {longest:,} characters: this one has {len(text):,}"
    return line_fault(label, text, longest) or _number_fault(label, text)


def _number_fault(label: str, text: str) -> str | None:
    found = any(check_pan(match).valid for match in _PAN_LIKE.findall(text)) or any(
        check_aadhaar(match).valid for match in _AADHAAR_LIKE.findall(text)
    )
    return f"{label} holds a PAN or Aadhaar number: leave it out" if found else None
