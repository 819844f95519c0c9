"""Answers and refusals as one JSON document, or as a short table for people.

Source: commands.md (for every verb): money is text in rupees, rates are numbers in per cent,
unknown is null; a refusal is one document on standard error.
"""

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from app.rules.money import PPM_PER_PERCENT, rupees_text

LINE_WIDTH = 100  # where no terminal says its own
FEW_COLUMNS = 6
_DIGITS = 6
_GAP = 2  # spaces between two columns
_NARROWEST_WRAP = 24  # a last column with less room than this goes below instead


def money(amount_paise: int | None) -> str | None:
    """Rupees with two decimals, None when unknown.

    >>> money(350000000)
    '3500000.00'
    """
    return None if amount_paise is None else rupees_text(amount_paise)


def percent(rate_ppm: int | None) -> float | int | None:
    """A rate as a number in per cent.

    >>> percent(122500), percent(None)
    (12.25, None)
    """
    return None if rate_ppm is None else percent_of(Decimal(rate_ppm) / PPM_PER_PERCENT)


def percent_of(value: Decimal | None) -> float | int | None:
    """A Decimal as a JSON number, six places at most."""
    return None if value is None else float(round(value, _DIGITS))


def document(answer: object) -> str:
    """The answer as one JSON document."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2, default=_plain)


def refusal(code: str, sentence: str, fields: Mapping[str, str]) -> str:
    """A refusal as one JSON document."""
    error = {"code": code, "message": sentence, "fields": dict(fields)}
    return json.dumps({"error": error}, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return percent_of(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    message = f"no JSON form for {type(value).__name__}"
    raise TypeError(message)


def table(answer: object, *, brief: bool = False, width: int = LINE_WIDTH) -> str:
    """The answer as short lines for people: named values, and lists as tables.

    No value is ever cut. The last column wraps in the room that is left; a table whose other
    columns are too wide already is shown as a block of named values a row.

    Args:
        answer: plain values.
        brief: only the first few columns of every table, as many as fit, and no ids.
        width: characters of a line.
    """
    plain = json.loads(document(answer))
    if isinstance(plain, list):
        return "\n\n".join(table(each, brief=brief, width=width) for each in plain)
    if not isinstance(plain, Mapping):
        return str(plain)
    lines: list[str] = []
    for name, each in plain.items():
        if not _is_table(each):
            lines += _hung(f"{name}: ", _short(each), width, breaks=False)
    for name, rows in plain.items():
        if _is_table(rows):
            lines += ["", f"{name} ({len(rows)})", *_rows(rows, brief, width)]
    return "\n".join(lines)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _rows(rows: Sequence[Mapping[str, object]], brief: bool, width: int) -> Iterable[str]:  # noqa: FBT001  # one private caller
    names = [name for name, value in rows[0].items() if not isinstance(value, (list, dict))]
    if brief:
        names = [name for name in names if not name.endswith("_id")][:FEW_COLUMNS]
    columns = [[name, *(_short(row.get(name)) for row in rows)] for name in names]
    while brief and len(columns) > 1 and not _fit(columns, width):
        columns.pop()
    return _lines(columns, width) if _fit(columns, width) else _blocks(columns, width)


def _front_width(columns: Sequence[Sequence[str]]) -> int:
    """Characters of all columns but the last, with their gaps."""
    return sum(max(map(len, column)) + _GAP for column in columns[:-1])


def _fit(columns: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the last column has the room it needs, or at least enough to wrap in."""
    needed = min(max(map(len, columns[-1])), _NARROWEST_WRAP)
    return _front_width(columns) + needed <= width


def _lines(columns: Sequence[Sequence[str]], width: int) -> Iterable[str]:
    """A heading and a line a row; the last column wraps below itself."""
    widths = [max(map(len, column)) + _GAP for column in columns[:-1]]
    for *front, last in zip(*columns, strict=True):
        start = "".join(text.ljust(wide) for text, wide in zip(front, widths, strict=True))
        yield from _hung(start, last, width)


def _blocks(columns: Sequence[Sequence[str]], width: int) -> Iterable[str]:
    """A line a value, an empty line between two rows."""
    names = [column[0] for column in columns]
    widest = max(map(len, names))
    for number, values in enumerate(zip(*(column[1:] for column in columns), strict=True)):
        if number:
            yield ""
        for name, text in zip(names, values, strict=True):
            yield from _hung(f"  {name.ljust(widest + _GAP)}", text, width)


def _hung(front: str, text: str, width: int, *, breaks: bool = True) -> list[str]:
    """The text after its front; what does not fit goes on below the text.

    `breaks` false keeps a long word (a cursor, a path) whole, so that it can be copied.
    """
    room = max(width - len(front), 1)
    parts = textwrap.wrap(text, room, break_long_words=breaks, break_on_hyphens=False) or [""]
    starts = [front, *[" " * len(front)] * (len(parts) - 1)]
    return [f"{start}{part}".rstrip() for start, part in zip(starts, parts, strict=True)]


def _short(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(_short(each) for each in value)
    return str(value)
