"""How the monitor prints figures: ratios with one place, compact money, signed changes."""

from decimal import ROUND_HALF_UP, Decimal

from app.rules.money import count_shown, rupees_compact

_TENTH = Decimal("0.1")


def one_place(value: Decimal) -> Decimal:
    """A ratio as tiles and charts round it.

    >>> one_place(Decimal("6.05"))
    Decimal('6.1')
    """
    return value.quantize(_TENTH, ROUND_HALF_UP)


def ratio_words(value: Decimal | None) -> str:
    """A ratio in per cent with one place; empty when unknown."""
    return "" if value is None else f"{one_place(value)} %"


def signed_ratio(value: Decimal | None) -> str:
    """A change of a ratio in points; no sign when nothing moved, empty when unknown."""
    if value is None:
        return ""
    shown = one_place(value)
    return f"{shown:+}" if shown else "0.0"


def signed_money(paise: int | None) -> str:
    """A change of an amount, "+₹3.93 Cr"; empty when unknown."""
    if paise is None:
        return ""
    sign = {1: "+", -1: "-"}.get((paise > 0) - (paise < 0), "")
    return f"{sign}{rupees_compact(abs(paise))}"


def signed_count(count: int | None) -> str:
    """A change of a count; empty when unknown."""
    if count is None:
        return ""
    return f"{'+' if count > 0 else ''}{count_shown(count)}"
