"""Files that verbs read: JSON of a sane size, exact numbers, no NaN, no field twice."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from app.services.steps.refusal import RefusalKind, Refused

MOST_BYTES = 10_000_000
MOST_DIGITS = 400
STANDARD_INPUT = "-"


def read_json(path: str) -> Any:  # noqa: ANN401  # any JSON value
    """The content of a file, `-` being standard input. Numbers with a point become Decimal.

    Raises:
        Refused: the file cannot be read, is too large, or is not one JSON document.
    """
    text = _text(path)
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as fault:
        raise _bad(
            f"{_name(path)} is not JSON: look at line {fault.lineno}, column {fault.colno}"
        ) from fault
    except RecursionError as fault:
        raise _bad(f"{_name(path)} is nested too deeply") from fault


def _text(path: str) -> str:
    try:
        if path == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise _bad(f"{_name(path)} cannot be read: check that the file is there") from fault
    if len(raw) > MOST_BYTES:
        raise _bad(f"{_name(path)} is larger than 10 MB: split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _bad(f"{_name(path)} is not text in UTF-8: save it as UTF-8") from fault


def _name(path: str) -> str:
    return "The standard input" if path == STANDARD_INPUT else "The file"


def _number(text: str) -> Decimal:
    if len(text) > MOST_DIGITS:
        raise _bad("A number in the file has too many digits")
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise _bad("A number in the file has too many digits")
    return int(text)


def _no_constant(name: str) -> NoReturn:
    raise _bad(f"{name} is no number: leave the field out, or write null, when it is not known")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _bad(f"The field “{twice[:60]}” stands twice: keep one")
    return found


def _bad(sentence: str) -> Refused:
    return Refused(RefusalKind.BAD_INPUT, sentence)
