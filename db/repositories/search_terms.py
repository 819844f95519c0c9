"""What one search box may hold: a reference, a phone, a PAN, or part of a name.

Source: screens.md S20. Names match by prefix of the whole name or of any word in it; fragments
inside words wait for trigram indexes.
"""

import re

from sqlalchemy import ColumnElement, and_, false, or_, select

from db.identifiers import parse_reference
from db.repositories.identity_columns import search_name
from db.security.blind_index import blind_index
from db.security.key_store import BookKeys
from db.tables.applications import applications
from db.tables.customers import customers
from db.tables.loans import loans

_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")
_PHONE_DIGITS = 10
_LEAST_PHONE_PART = 4
_SEPARATORS = str.maketrans("", "", " -+()")


def customer_matches(keys: BookKeys, search: str) -> ColumnElement[bool]:
    """Return the condition on `customers` for a search text (not empty)."""
    reference = parse_reference(search)
    if reference is not None:
        return _has_reference(*reference)
    plain = search.translate(_SEPARATORS).upper()
    if _PAN.fullmatch(plain):
        return customers.c.pan_index == blind_index(keys, "pan", plain)
    if plain.isdecimal() and plain.isascii():
        return _has_digits(plain)
    return name_matches(search)


def names_few(search: str) -> bool:
    """Whether a search text names a handful of records: a reference, a whole phone, a PAN."""
    plain = search.translate(_SEPARATORS).upper()
    whole_phone = plain.isdecimal() and len(plain) >= _PHONE_DIGITS
    return bool(parse_reference(search) or _PAN.fullmatch(plain) or whole_phone)


def name_matches(search: str) -> ColumnElement[bool]:
    """Each word typed starts the name or a word of it."""
    # Control characters stand in no name, and PostgreSQL takes no NUL.
    visible = "".join(letter if letter.isprintable() else " " for letter in search)
    words = [_literal(word) for word in search_name(visible).split()]
    if not words:
        return false()
    column = customers.c.search_name
    return and_(
        *(
            or_(column.like(f"{word}%", escape="\\"), column.like(f"% {word}%", escape="\\"))
            for word in words
        )
    )


def _literal(word: str) -> str:
    for special in ("\\", "%", "_"):
        word = word.replace(special, "\\" + special)
    return word


def _has_digits(digits: str) -> ColumnElement[bool]:
    if len(digits) > _PHONE_DIGITS:  # +91 or a leading zero
        digits = digits[-_PHONE_DIGITS:]
    if len(digits) == _PHONE_DIGITS:
        return customers.c.phone == digits
    by_number = customers.c.number == int(digits)
    if len(digits) < _LEAST_PHONE_PART:
        return by_number
    return or_(by_number, customers.c.phone.like(f"{digits}%"))


def _has_reference(kind: str, number: int) -> ColumnElement[bool]:
    if kind == "C":
        return customers.c.number == number
    table = applications if kind == "A" else loans
    owners = select(table.c.customer_id).where(
        table.c.branch_id == customers.c.branch_id, table.c.number == number
    )
    return customers.c.customer_id.in_(owners)
