"""What one search box may hold: a reference, a phone, a PAN, or part of a name.

Source: screens.md S20; names by name_search.py.
"""

import re

from sqlalchemy import ColumnElement, and_, or_, select

from db.identifiers import parse_reference
from db.repositories.name_search import Found, name_matches
from db.repositories.session import Session
from db.security.blind_index import blind_index
from db.security.key_store import BookKeys
from db.tables.applications import applications
from db.tables.customers import customers
from db.tables.loans import loans

_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")
_PHONE_DIGITS = 10
_LEAST_PHONE_PART = 4
_SEPARATORS = str.maketrans("", "", " -+()")


def exact_terms(keys: BookKeys, search: str) -> dict[str, object]:
    """Return the columns of `customers` that a text names exactly; nothing for part of a name.

    These find one customer each: a number, a whole phone, a PAN by its blind index.
    """
    reference = parse_reference(search)
    if reference is not None:
        return {"number": reference[1]} if reference[0] == "C" else {}
    plain = search.translate(_SEPARATORS).upper()
    if _PAN.fullmatch(plain):
        return {"pan_index": blind_index(keys, "pan", plain)}
    if plain.isdecimal() and plain.isascii() and len(plain) >= _PHONE_DIGITS:
        return {"phone": plain[-_PHONE_DIGITS:]}  # +91 or a leading zero
    return {}


def customer_matches(session: Session, branch_id: int, search: str) -> Found:
    """Return the condition on `customers` for a search text (not empty), and what it binds."""
    exact = exact_terms(session.keys, search)
    if exact:
        return Found(and_(*(customers.c[name] == value for name, value in exact.items())), {})
    reference = parse_reference(search)
    if reference is not None:
        return Found(_has_reference(*reference), {})
    plain = search.translate(_SEPARATORS)
    if plain.isdecimal() and plain.isascii():
        return Found(_has_digits(plain), {})
    return name_matches(session, branch_id, search)


def goes_by_name(search: str) -> bool:
    """Whether a search text is part of a name: no reference, no PAN, no digits alone."""
    plain = search.translate(_SEPARATORS).upper()
    digits = plain.isdecimal() and plain.isascii()
    return bool(plain) and not (parse_reference(search) or _PAN.fullmatch(plain) or digits)


def names_few(search: str) -> bool:
    """Whether a search text names a handful of records: a reference, a whole phone, a PAN."""
    plain = search.translate(_SEPARATORS).upper()
    whole_phone = plain.isdecimal() and len(plain) >= _PHONE_DIGITS
    return bool(parse_reference(search) or _PAN.fullmatch(plain) or whole_phone)


def _has_digits(digits: str) -> ColumnElement[bool]:
    by_number = customers.c.number == int(digits)
    if len(digits) < _LEAST_PHONE_PART:
        return by_number
    return or_(by_number, customers.c.phone.like(f"{digits}%"))


def _has_reference(kind: str, number: int) -> ColumnElement[bool]:
    table = applications if kind == "A" else loans
    owners = select(table.c.customer_id).where(
        table.c.branch_id == customers.c.branch_id, table.c.number == number
    )
    return customers.c.customer_id.in_(owners)
