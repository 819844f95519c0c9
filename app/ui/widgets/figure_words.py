"""How ratios and amounts stand on screens, and their raw text for scripts.

Shown values carry two decimals, rounded half up from the unrounded Decimal; unknown is a dash
(screens.md A10). Raw text is in the units of `commands.md` and empty when unknown (A12).
"""

from decimal import ROUND_HALF_UP, Decimal

from app.rules.money import rupees_shown, rupees_text
from app.ui.widgets.lending_cells import UNKNOWN

_CENT = Decimal("0.01")


def two_places(value: Decimal) -> Decimal:
    """A figure as screens round it.

    >>> two_places(Decimal("55.945"))
    Decimal('55.95')
    """
    return value.quantize(_CENT, ROUND_HALF_UP)


def raw_number(value: Decimal | None) -> str:
    """A ratio as scripts read it; empty when unknown."""
    return "" if value is None else f"{two_places(value)}"


def percent_words(value: Decimal | None) -> str:
    """A ratio in per cent, "55.95 %"."""
    return UNKNOWN if value is None else f"{two_places(value)} %"


def amount_words(amount_paise: int | None) -> str:
    """An amount, "₹22,371"."""
    return UNKNOWN if amount_paise is None else rupees_shown(amount_paise)


def plain_amount(amount_paise: int | None) -> str:
    """An amount for a column whose head carries the sign, "22,371"."""
    return amount_words(amount_paise).replace("₹", "")


def raw_amount(amount_paise: int | None) -> str:
    """An amount as scripts read it, "22371.00"; empty when unknown."""
    return "" if amount_paise is None else rupees_text(amount_paise)


def signed_points(points: int) -> str:
    """Score points with their sign; zero carries none.

    >>> signed_points(31), signed_points(-4), signed_points(0)
    ('+31', '-4', '0')
    """
    return f"{points:+d}" if points else "0"
