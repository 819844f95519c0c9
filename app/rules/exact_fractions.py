"""Exact fractions: their share in per cent, their rounding, and how they meet a rule row.

Source: lending-rules.md 13.6: 0.60 / 0.75 is exactly 0.8 and passes, while binary floats fail it.
So rates are compared as fractions and rounded only where they are printed.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import floor

from app.rules.money import PPM
from app.rules.rulebook import RuleRow

_HALF = Fraction(1, 2)


def percent_of_whole(part: int, whole: int) -> Fraction:
    """A part in per cent of a whole that is not 0.

    >>> percent_of_whole(1, 3)
    Fraction(100, 3)
    """
    return Fraction(100 * part, whole)


def rounded(value: Fraction, places: int) -> Decimal:
    """The fraction with so many places, halves away from zero.

    >>> rounded(Fraction(2, 3), 4), rounded(Fraction(-1, 8), 2)
    (Decimal('0.6667'), Decimal('-0.13'))
    """
    size = floor(abs(value) * 10**places + _HALF)
    return Decimal(-size if value < 0 else size).scaleb(-places, _wide(size))


def _wide(size: int) -> Context:
    """Arithmetic that keeps every digit of that whole number."""
    return Context(prec=len(str(size)) + 1, rounding=ROUND_HALF_UP)


def holds_exactly(row: RuleRow, measured: Fraction) -> bool:
    """Whether a fraction lies on the side that the row names, compared without division.

    ``measured`` is a pure number; the row's figure stands in millionths.

    Raises:
        WrongRuleUnitError: the row does not compare.
    """
    if isinstance(row.value, bool) or not isinstance(row.value, int):
        return row.holds(0)  # no limit holds, text and flags are refused
    scaled = replace(row, value=row.value * measured.denominator)
    return scaled.holds(measured.numerator * PPM)
