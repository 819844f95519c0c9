"""Frozen dataclasses to plain JSON values and back, exactly.

Decimals travel as text so that no digit is lost; floats as their shortest exact form. The way back
is driven by the declared types, so a stored estimate becomes the same object again.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

ValueT = TypeVar("ValueT")
_UNIONS = (Union, types.UnionType)
_READERS: dict[object, Callable[[Any], object]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
    UUID: UUID,
    float: float,
}

_WRITERS: dict[type, Callable[[Any], object]] = {}


class PlainFormError(ValueError):
    """Stored text that does not have the declared shape."""


def to_plain(value: Any) -> object:  # noqa: ANN401  # anything a record holds
    """JSON-able form of a value made of dataclasses, tuples and scalars."""
    kind = type(value)
    writer = _WRITERS.get(kind)
    if writer is None:
        writer = _WRITERS[kind] = _writer(kind)
    return writer(value)


def _writer(kind: type) -> Callable[[Any], object]:
    """How values of exactly this class are taken apart; found once a class."""
    if is_dataclass(kind):
        names = tuple(each.name for each in fields(kind))
        return lambda value: {name: to_plain(getattr(value, name)) for name in names}
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, Mapping):
        return lambda value: {str(key): to_plain(each) for key, each in value.items()}
    if issubclass(kind, (tuple, list)):
        return lambda value: [to_plain(each) for each in value]
    return _scalar_writer(kind)


def _scalar_writer(kind: type) -> Callable[[Any], object]:
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    return str if issubclass(kind, (Decimal, UUID)) else lambda value: value


def from_plain(kind: type[ValueT], value: object) -> ValueT:
    """The dataclass that `to_plain` took apart.

    Raises:
        PlainFormError: a field is missing or has another shape.
    """
    try:
        built: ValueT = _built(kind, value)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as fault:
        message = f"{kind.__name__} cannot be read back"
        raise PlainFormError(message) from fault
    return built


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: Any, value: Any) -> Any:  # noqa: ANN401  # any declared type, any JSON value
    origin = get_origin(kind)
    if origin in _UNIONS:
        return _optional(kind, value)
    if origin is tuple:
        return _sequence(get_args(kind), value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a declared type, never an instance
        given = {each.name: _built(hints[each.name], value[each.name]) for each in fields(kind)}
        return kind(**given)  # type: ignore[operator]  # as above
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    reader = _READERS.get(kind)
    return value if reader is None else reader(value)


def _optional(kind: Any, value: Any) -> Any:  # noqa: ANN401  # as above
    if value is None:
        return None
    (inner,) = [each for each in get_args(kind) if each is not types.NoneType]
    return _built(inner, value)


def _sequence(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:  # noqa: ANN401  # as above
    if len(kinds) > 1 and kinds[1] is Ellipsis:
        return tuple(_built(kinds[0], each) for each in value)
    return tuple(_built(kind, each) for kind, each in zip(kinds, value, strict=True))
