"""Exact fractions: their share in per cent, their rounding, and how they meet a rule row.

Source: lending-rules.md 13.6: 0.60 / 0.75 is exactly 0.8 and passes, while binary floats fail it.
So rates are compared as fractions and rounded only where they are printed.
"""

from decimal import Decimal
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
    # Read from text, a decimal keeps every digit, whatever the precision in force.
    return Decimal(f"{-size if value < 0 else size}E-{places}")


def holds_exactly(row: RuleRow, measured: Fraction) -> bool:
    """Whether a fraction lies on the side that the row names, compared without division.

    ``measured`` is a pure number; the row's figure stands in millionths.

    Raises:
        WrongRuleUnitError: the row does not compare.
    """
    return row.holds(measured * PPM)
