"""Rows written as CSV that a spreadsheet opens as they are meant.

A byte order mark tells it that this is UTF-8; a text that begins like a formula is quoted, so that
nothing typed by a customer is ever run (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The content of a file with one line for the head and one for each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return (MARK + out.getvalue()).encode("utf-8")


def safe_cell(cell: str) -> str:
    """A number may begin with a sign; any other text that does is quoted.

    >>> safe_cell("-12.50"), safe_cell("=1+1"), safe_cell("Asha")
    ('-12.50', "'=1+1", 'Asha')
    """
    if not cell.startswith(_BEGINS_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()
