"""Answers and refusals as one JSON document, or as a short table for people.

Source: commands.md (for every verb): money is text in rupees, rates are numbers in per cent,
unknown is null; a refusal is one document on standard error.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from app.rules.money import PPM_PER_PERCENT, rupees_text

WIDEST = 40
FEW_COLUMNS = 6
_DIGITS = 6


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


def table(answer: object, *, brief: bool = False) -> str:
    """The answer as short lines for people: named values, and lists as tables.

    Args:
        answer: plain values.
        brief: only the first few columns of every table.
    """
    plain = json.loads(document(answer))
    if isinstance(plain, list):
        return "\n\n".join(table(each, brief=brief) for each in plain)
    if not isinstance(plain, Mapping):
        return str(plain)
    lines = [f"{name}: {_short(each)}" for name, each in plain.items() if not _is_table(each)]
    for name, rows in plain.items():
        if _is_table(rows):
            lines += ["", f"{name} ({len(rows)})", *_rows(rows, FEW_COLUMNS if brief else None)]
    return "\n".join(lines)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _rows(rows: Sequence[Mapping[str, object]], most: int | None) -> Iterable[str]:
    plain = (name for name, value in rows[0].items() if not isinstance(value, (list, dict)))
    names = [name for name in plain if most is None or not name.endswith("_id")][:most]
    cells = [[_short(row.get(name)) for name in names] for row in rows]
    widths = [
        min(max(len(head), *(len(line[at]) for line in cells)), WIDEST)
        for at, head in enumerate(names)
    ]
    for line in [names, *cells]:
        yield "  ".join(
            text[:width].ljust(width) for text, width in zip(line, widths, strict=True)
        ).rstrip()


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
