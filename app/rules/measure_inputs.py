"""Inputs of a measure that do not fit, refused with the name of the field at fault.

Source: lending-rules.md sections 10, 13 and 14. A measure of nothing, of a share above one or of a
negative amount would still print a figure; here it is refused instead.
"""

from collections.abc import Sequence, Sized
from decimal import Decimal

from app.rules.money import PPM

_ROUNDING = Decimal(1) / PPM  # shares printed with a few places may miss 1 by this much


class MeasureInputError(ValueError):
    """An input of a measure does not fit; the sentence says what belongs into the field."""

    def __init__(self, field: str, wanted: str) -> None:
        self.field = field
        super().__init__(f"Give the field “{field}” as {wanted}")


def check_fraction(field: str, value: Decimal) -> None:
    """Refuse a probability or share outside 0 to 1, and what is no number.

    Raises:
        MeasureInputError: names the field.
    """
    if not value.is_finite() or not 0 <= value <= 1:
        raise MeasureInputError(field, "a number from 0 to 1")


def check_amount(field: str, amount: int) -> None:
    """Refuse a negative amount or count.

    Raises:
        MeasureInputError: names the field.
    """
    if amount < 0:
        raise MeasureInputError(field, "0 or more")


def check_whole(field: str, amount: int) -> None:
    """Refuse a whole that nothing can be a share of.

    Raises:
        MeasureInputError: names the field.
    """
    if amount <= 0:
        raise MeasureInputError(field, "more than 0")


def check_part(field: str, part: int, whole: int) -> None:
    """Refuse a part that is negative or larger than its whole.

    Raises:
        MeasureInputError: names the field.
    """
    if not 0 <= part <= whole:
        raise MeasureInputError(field, f"a number from 0 to {whole}")


def check_filled(field: str, entries: Sized) -> None:
    """Refuse an empty list.

    Raises:
        MeasureInputError: names the field.
    """
    if not entries:
        raise MeasureInputError(field, "a list with at least one entry")


def check_pairs(field: str, entries: Sized, partners: Sized) -> None:
    """Refuse a list that does not go with its partner entry by entry.

    Raises:
        MeasureInputError: names the field.
    """
    if len(entries) != len(partners):
        raise MeasureInputError(field, f"a list of {len(partners)} entries, one for each other")


def check_shares(field: str, shares: Sequence[Decimal]) -> None:
    """Refuse shares that are no shares or do not add up to 1, rounding apart.

    Raises:
        MeasureInputError: names the field.
    """
    check_filled(field, shares)
    for share in shares:
        check_fraction(field, share)
    if abs(Decimal(sum(shares)) - 1) > _ROUNDING:
        raise MeasureInputError(field, "shares that add up to 1")
