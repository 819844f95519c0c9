"""Ids of the book: UUIDv7 keys, references people say aloud, branch codes, rule rows, masks.

Source: RFC 9562 (UUIDv7 with the sub-millisecond part in rand_a, its method 3);
data-and-sync.md 1. The instant and the random bits are handed in, so tests decide both.
"""

import re
import secrets
from collections.abc import Callable
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

RandomBits = Callable[[int], int]

FIRST_REFERENCE = 1001
SHOWN_DIGITS = 4  # of a masked number (screens.md A9)
REFERENCE_KINDS = ("C", "A", "L")
_RULES_NAMESPACE = uuid5(NAMESPACE_URL, "urn:kasauti:rules")
_REFERENCE = re.compile(r"\s*([CAL])\s*-\s*([0-9]{1,9})\s*", re.IGNORECASE)
_BRANCH = re.compile(r"[0-9]{4}")
_MICROSECONDS = 1_000_000
_RANDOM_BITS = 62
_RANDOM_MASK = (1 << _RANDOM_BITS) - 1
_HEAD_SHIFT = 64
_VERSION_7 = 0x7 << 12
_VARIANT = 0b10 << _RANDOM_BITS


def uuid7(at: datetime, random_bits: RandomBits = secrets.randbits) -> UUID:
    """Make a UUIDv7 of an aware instant; two made in one microsecond are in no given order."""
    return _assemble(_ticks(at), random_bits(_RANDOM_BITS))


class IdMaker:
    """Makes ids that rise strictly, even while the clock stands still or goes back."""

    def __init__(self, random_bits: RandomBits = secrets.randbits) -> None:
        self._random_bits = random_bits
        self._last = (0, 0)

    def make(self, at: datetime) -> UUID:
        """Return an id greater than every one this maker returned before."""
        ticks = _ticks(at)
        if ticks > self._last[0]:
            # The top bit stays free, so that counting on never overflows in practice.
            self._last = (ticks, self._random_bits(_RANDOM_BITS - 1))
        else:
            self._last = (self._last[0], self._last[1] + 1)
        return _assemble(*self._last)


def _ticks(at: datetime) -> int:
    """Milliseconds since 1970 with 12 bits of their fraction below."""
    since = at - datetime.fromtimestamp(0, at.tzinfo)
    microseconds = (since.days * 86_400 + since.seconds) * _MICROSECONDS + since.microseconds
    milliseconds, rest = divmod(microseconds, 1000)
    return (milliseconds << 12) | (rest * 4096 // 1000)


def _assemble(ticks: int, random: int) -> UUID:
    milliseconds, fraction = ticks >> 12, ticks & 0xFFF
    head = (milliseconds << 16) | _VERSION_7 | fraction
    return UUID(int=(head << _HEAD_SHIFT) | _VARIANT | (random & _RANDOM_MASK))


def format_reference(kind: str, number: int) -> str:
    """Write a reference of a branch.

    >>> format_reference("C", 1031)
    'C-1031'
    """
    return f"{kind}-{number}"


def parse_reference(text: str) -> tuple[str, int] | None:
    """Read a reference as typed; None when the text is none.

    >>> parse_reference(" a-1662 "), parse_reference("Ravi")
    (('A', 1662), None)
    """
    found = _REFERENCE.fullmatch(text)
    return (found[1].upper(), int(found[2])) if found else None


def branch_code(branch_id: int) -> str:
    """Write a branch as people do.

    >>> branch_code(412)
    '0412'
    """
    return f"{branch_id:04d}"


def branch_id(code: str) -> int:
    """Read a branch code of four digits.

    >>> branch_id("0412")
    412

    Raises:
        ValueError: it has not four digits.
    """
    if not _BRANCH.fullmatch(code):
        message = f"A branch code has 4 digits, like 0412: {code!r} has not"
        raise ValueError(message)
    return int(code)


def rule_row_id(code: str, segment: str, effective_from: date) -> UUID:
    """Id of a rule row, the same on every desk (as app/rules/rule_rows.py computes it)."""
    return uuid5(_RULES_NAMESPACE, f"rule|{code}|{segment}|{effective_from.isoformat()}")


def product_row_id(product_code: str, effective_from: date) -> UUID:
    """Id of a dated product, the same on every desk."""
    return uuid5(_RULES_NAMESPACE, f"product|{product_code}|{effective_from.isoformat()}")


def mask_tail(number: str | None) -> str | None:
    """Show the last four characters only.

    >>> mask_tail("ABC1234567")
    'XXXXXX4567'
    """
    if number is None:
        return None
    return "X" * max(len(number) - SHOWN_DIGITS, 0) + number[-SHOWN_DIGITS:]
