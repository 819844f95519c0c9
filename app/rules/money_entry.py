"""Reading money the way people type it: groups, lakh, crore and small sums.

Source: screens.md F7. An own small parser over a closed set of characters, so nothing typed is
ever evaluated as code, and no locale is asked (en_IN refuses ``12,345,678.50``).
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from app.rules.typed_text import typed_text

_LARGEST_PAISE = Decimal(10) ** 15  # ten lakh crore rupees: beyond it a key got stuck
_LARGEST_TEXT = 100
_SUFFIXES = {
    "k": 1_000,
    "thousand": 1_000,
    "l": 1_00_000,
    "lac": 1_00_000,
    "lacs": 1_00_000,
    "lakh": 1_00_000,
    "lakhs": 1_00_000,
    "c": 1_00_00_000,
    "cr": 1_00_00_000,
    "crs": 1_00_00_000,
    "crore": 1_00_00_000,
    "crores": 1_00_00_000,
}
_TOKEN = re.compile(r"(?P<number>\d+\.?\d*|\.\d+)(?P<suffix>[a-z]*)|(?P<sign>[-+*/()])")
_CURRENCY = re.compile(r"₹|rs\.?|inr|rupees?|/-$")


class MoneyTextError(ValueError):
    """The text is not an amount. Its message is a sentence for the person who typed it."""


class MoneyNotReadError(MoneyTextError):
    """Something in the text is no part of an amount."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Enter an amount like 3,50,000 or 3.5 lakh: “{typed_text(text)}” is not one"
        )


class MoneyEmptyError(MoneyTextError):
    """Nothing was typed."""

    def __init__(self) -> None:
        super().__init__("Enter an amount, like 3,50,000 or 3.5 lakh")


class MoneyTooLargeError(MoneyTextError):
    """The amount is larger than any loan book."""

    def __init__(self) -> None:
        super().__init__("The amount is larger than ₹10,00,000 crore: check its zeros")


def parse_money(text: str) -> int:
    """Read typed money as whole paise, half up.

    Raises:
        MoneyTextError: nothing, or no amount, was typed.

    >>> parse_money("₹ 3,50,000"), parse_money("1.2cr"), parse_money("45000*12")
    (35000000, 1200000000, 54000000)
    """
    plain = _stripped(text)
    if not plain:
        raise MoneyEmptyError
    tokens = _tokens(plain, text)
    value, rest = _sum(tokens, text)
    if rest:
        raise MoneyNotReadError(text)
    paise = value * 100
    if abs(paise) > _LARGEST_PAISE:
        raise MoneyTooLargeError
    return int(paise.to_integral_value(rounding=ROUND_HALF_UP))


def _stripped(text: str) -> str:
    """Drop groups, blanks, currency marks and invisible characters; any script's digits stay."""
    kept = []
    for character in unicodedata.normalize("NFKC", text).lower():
        if character.isspace() or character in ",_'" or unicodedata.category(character) == "Cf":
            continue
        kept.append(character)
    plain = "".join(kept).replace("\N{MINUS SIGN}", "-").replace("\N{MULTIPLICATION SIGN}", "*")
    return _CURRENCY.sub("", plain)


def _tokens(plain: str, text: str) -> list[Decimal | str]:
    if len(plain) > _LARGEST_TEXT:
        raise MoneyNotReadError(text)
    tokens: list[Decimal | str] = []
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None or (match["suffix"] or "l") not in _SUFFIXES:
            raise MoneyNotReadError(text)
        if match["sign"]:
            tokens.append(match["sign"])
        else:
            size = _SUFFIXES[match["suffix"]] if match["suffix"] else 1
            tokens.append(Decimal(match["number"]) * size)
        position = match.end()
    return tokens


def _sum(tokens: list[Decimal | str], text: str) -> tuple[Decimal, list[Decimal | str]]:
    value, rest = _product(tokens, text)
    while rest and rest[0] in {"+", "-"}:
        more, tail = _product(rest[1:], text)
        value = value + more if rest[0] == "+" else value - more
        rest = tail
    return value, rest


def _product(tokens: list[Decimal | str], text: str) -> tuple[Decimal, list[Decimal | str]]:
    value, rest = _term(tokens, text)
    while rest and rest[0] in {"*", "/"}:
        more, tail = _term(rest[1:], text)
        if rest[0] == "/" and not more:
            raise MoneyNotReadError(text)
        value = value * more if rest[0] == "*" else value / more
        rest = tail
    return value, rest


def _term(tokens: list[Decimal | str], text: str) -> tuple[Decimal, list[Decimal | str]]:
    if not tokens:
        raise MoneyNotReadError(text)
    first = tokens[0]
    if isinstance(first, Decimal):
        return first, tokens[1:]
    if first == "-":
        value, rest = _term(tokens[1:], text)
        return -value, rest
    if first == "(":
        value, rest = _sum(tokens[1:], text)
        if rest and rest[0] == ")":
            return value, rest[1:]
    raise MoneyNotReadError(text)
