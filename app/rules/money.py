"""Money as people and documents read it: whole paise in, text out.

Source: lending-rules.md 1.1 and 1.8 (paise, half up, lakh and crore groups, vectors V231 to V235).
Reading typed money lives in ``money_entry`` and is handed on here.
"""

from decimal import ROUND_HALF_UP, Decimal

from app.rules.money_entry import MoneyTextError, parse_money

__all__ = [
    "LAKH_PAISE",
    "PAISE_PER_RUPEE",
    "PPM",
    "PPM_PER_PERCENT",
    "MoneyTextError",
    "amount_in_words",
    "number_shown",
    "parse_money",
    "percent_shown",
    "percent_text",
    "ppm_of_percent",
    "ratio_shown",
    "round_half_up",
    "rupees",
    "rupees_ascii",
    "rupees_compact",
    "rupees_shown",
    "rupees_text",
    "share_of",
]

PAISE_PER_RUPEE = 100
PPM = 1_000_000
PPM_PER_PERCENT = 10_000
LAKH_PAISE = 1_00_000 * PAISE_PER_RUPEE
CRORE_PAISE = 100 * LAKH_PAISE

_HEAD_DIGITS = 3  # the last group of an Indian amount has three digits, all others two
_CENT = Decimal("0.01")
# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on


def round_half_up(value: Decimal) -> int:
    """Round to the nearest whole number, halves away from zero.

    >>> round_half_up(Decimal("2.5")), round_half_up(Decimal("-2.5"))
    (3, -3)
    """
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def share_of(amount_paise: int, share_ppm: int) -> int:
    """A share of an amount in whole paise, half up.

    >>> share_of(100_000_00, 20_000)
    200000
    """
    return round_half_up(Decimal(amount_paise) * share_ppm / PPM)


def _grouped(whole: int) -> str:
    digits = str(whole)
    head, tail = digits[:-_HEAD_DIGITS], digits[-_HEAD_DIGITS:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(groups), tail])


def _printed(amount_paise: int, sign: str, symbol: str) -> str:
    whole, part = divmod(abs(amount_paise), PAISE_PER_RUPEE)
    return f"{sign}{symbol}{_grouped(whole)}.{part:02d}"


def rupees(amount_paise: int) -> str:
    """Screens and documents, always with paise.

    >>> rupees(123456750), rupees(-123456750)
    ('₹12,34,567.50', '-₹12,34,567.50')
    """
    return _printed(amount_paise, "-" if amount_paise < 0 else "", "₹")


def rupees_ascii(amount_paise: int) -> str:
    """Plain-text outputs (V231 to V235).

    >>> rupees_ascii(-250000000)
    'Rs -25,00,000.00'
    """
    return _printed(amount_paise, "Rs " + ("-" if amount_paise < 0 else ""), "")


def rupees_shown(amount_paise: int) -> str:
    """Screens: paise only where there are any.

    >>> rupees_shown(100000000), rupees_shown(2236996)
    ('₹10,00,000', '₹22,369.96')
    """
    return rupees(amount_paise).removesuffix(".00")


def _hundredths(size_paise: int, unit_paise: int) -> Decimal:
    return (Decimal(size_paise) / unit_paise).quantize(_CENT, rounding=ROUND_HALF_UP)


def rupees_compact(amount_paise: int) -> str:
    """Tiles and axes: two places of lakh or crore, trailing zeros dropped.

    >>> rupees_compact(123456700), rupees_compact(3200000000), rupees_compact(4500000)
    ('₹12.35 L', '₹3.2 Cr', '₹45,000')
    """
    size = abs(amount_paise)
    if size < LAKH_PAISE:
        return rupees_shown(amount_paise)
    scaled, unit = _hundredths(size, LAKH_PAISE), "L"
    if scaled >= CRORE_PAISE // LAKH_PAISE:  # 99.999 lakh prints as a crore
        scaled, unit = _hundredths(size, CRORE_PAISE), "Cr"
    whole, _, part = f"{scaled:f}".partition(".")
    part = part.rstrip("0")
    sign = "-" if amount_paise < 0 else ""
    return f"{sign}₹{_grouped(int(whole))}{'.' + part if part else ''} {unit}"


def count_shown(count: int) -> str:
    """How many there are, in the groups of amounts.

    >>> count_shown(702), count_shown(1000000), count_shown(-123456)
    ('702', '10,00,000', '-1,23,456')
    """
    return f"{'-' if count < 0 else ''}{_grouped(abs(count))}"


def rupees_text(amount_paise: int) -> str:
    """JSON: rupees with two decimals and no groups.

    >>> rupees_text(350000000), rupees_text(-5)
    ('3500000.00', '-0.05')
    """
    whole, part = divmod(abs(amount_paise), PAISE_PER_RUPEE)
    return f"{'-' if amount_paise < 0 else ''}{whole}.{part:02d}"


def _below_hundred(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")


def _whole_in_words(number: int) -> str:
    parts = []
    for size, name in ((1_00_00_000, "crore"), (1_00_000, "lakh"), (1_000, "thousand")):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{_whole_in_words(count)} {name}")
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(f"{_UNITS[hundreds]} hundred")
    if rest:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def amount_in_words(amount_paise: int) -> str:
    """The amount in English words, as the note column echoes it.

    >>> amount_in_words(100000000), amount_in_words(250050)
    ('Ten lakh rupees', 'Two thousand five hundred rupees and fifty paise')
    """
    whole, part = divmod(abs(amount_paise), PAISE_PER_RUPEE)
    words = (_whole_in_words(whole) or "zero") + (" rupee" if whole == 1 else " rupees")
    if part:
        words += f" and {_below_hundred(part)} {'paisa' if part == 1 else 'paise'}"
    if amount_paise < 0:
        words = f"minus {words}"
    return words[0].upper() + words[1:]


def percent_text(rate_ppm: int) -> str:
    """A rate in per cent, two places or as many as it needs.

    >>> percent_text(122500), percent_text(94822), percent_text(95000)
    ('12.25', '9.4822', '9.50')
    """
    whole, part = divmod(abs(rate_ppm), PPM_PER_PERCENT)
    places = f"{part:04d}".rstrip("0").ljust(2, "0")
    return f"{'-' if rate_ppm < 0 else ''}{whole}.{places}"


def percent_shown(rate_ppm: int) -> str:
    """A limit in per cent as sentences print it, without idle zeros.

    >>> percent_shown(500000), percent_shown(117500)
    ('50 %', '11.75 %')
    """
    return percent_text(rate_ppm).rstrip("0").rstrip(".") + " %"


def ppm_of_percent(percent: Decimal) -> int:
    """Per cent to whole parts per million, half up.

    >>> ppm_of_percent(Decimal("9.4822"))
    94822
    """
    return round_half_up(percent * PPM_PER_PERCENT)


def ratio_shown(percent: Decimal) -> str:
    """A measured ratio in per cent, always two places, half up.

    >>> ratio_shown(Decimal("55.95166"))
    '55.95 %'
    """
    return f"{percent.quantize(_CENT, rounding=ROUND_HALF_UP):f} %"


def number_shown(value: Decimal) -> str:
    """A plain number with two places at most.

    >>> number_shown(Decimal("16.6667")), number_shown(Decimal(4))
    ('16.67', '4')
    """
    text = f"{value.quantize(_CENT, rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")
