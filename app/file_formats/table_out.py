"""Tables written row by row as CSV or XLSX: the same columns, nothing held in memory.

A CSV has the names and forms of the verbs, money in rupees and days as ISO dates, for programs. An
XLSX has words, numbers and dates, for people. Text is always written as text, so that nothing typed
by a customer is ever run by a spreadsheet (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from app.file_formats.csv_out import MARK, safe_cell
from app.rules.money import PAISE_PER_RUPEE, PPM, percent_text, rupees_text

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = str | int | date | None
_PPM_PER_PERCENT = 10_000


class ValueKind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    MONEY = "money"  # paise
    PERCENT = "percent"  # parts per million
    COUNT = "count"
    INDEX = "index"  # millionths of a pure number
    DATE = "date"


# Lakh groups; below one lakh thousands are the same in both ways of grouping.
_FORMATS = {
    ValueKind.MONEY: r"[>=10000000]##\,##\,##\,##0.00;[>=100000]##\,##\,##0.00;#,##0.00",
    ValueKind.PERCENT: "0.00",
    ValueKind.COUNT: "0",
    ValueKind.INDEX: "0.000",
    ValueKind.DATE: "dd mmm yyyy",
}


class TableColumn(NamedTuple):
    """One column: its name for programs, its words for people, its width in characters."""

    name: str
    words: str
    kind: ValueKind = ValueKind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its rows may be read as they are written."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Value]]


def write_csv(out: BinaryIO, sheet: Sheet) -> None:
    """Write a table as CSV that a spreadsheet opens as UTF-8."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    text.write(MARK)
    writer = csv.writer(text)
    writer.writerow([column.name for column in sheet.columns])
    for row in sheet.rows:
        cells = zip(sheet.columns, row, strict=True)
        writer.writerow([safe_cell(_as_text(column.kind, value)) for column, value in cells])
    text.flush()
    text.detach()  # the file belongs to the caller


def write_xlsx(out: BinaryIO, sheets: Iterable[Sheet], scratch: Path | None = None) -> None:
    """Write tables as the sheets of one workbook.

    Args:
        out: where it goes.
        sheets: in their order.
        scratch: folder for the rows of a long table until the file is whole; None keeps them in
            memory.
    """
    with _workbook(out, scratch) as book:
        looks = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title), sheet, looks, head)


@contextmanager
def _workbook(out: BinaryIO, scratch: Path | None) -> "Iterator[Any]":
    import xlsxwriter  # loaded with the first file

    options: dict[str, object] = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": scratch is None,
        "constant_memory": scratch is not None,
    }
    book = xlsxwriter.Workbook(out, options | ({"tmpdir": str(scratch)} if scratch else {}))
    try:
        yield book
    finally:
        book.close()  # takes its scratch files away, also when the rows broke off


def _fill(page: Any, sheet: Sheet, looks: "dict[ValueKind, Any]", head: object) -> None:  # noqa: ANN401  # the library ships no types
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.words, head)
    for number, row in enumerate(sheet.rows, start=1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _put(page, (number, place), column.kind, value, looks)


def _put(
    page: Any,  # noqa: ANN401  # the library ships no types
    place: tuple[int, int],
    kind: ValueKind,
    value: Value,
    looks: "dict[ValueKind, Any]",
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(*place, value, looks[kind])
    elif isinstance(value, int):
        page.write_number(*place, _number(kind, value), looks[kind])
    else:
        page.write_string(*place, value)


def _number(kind: ValueKind, value: int) -> Decimal | int:
    if kind is ValueKind.MONEY:
        return Decimal(value) / PAISE_PER_RUPEE
    if kind is ValueKind.INDEX:
        return Decimal(value) / PPM
    return Decimal(value) / _PPM_PER_PERCENT if kind is ValueKind.PERCENT else value


def _as_text(kind: ValueKind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        as_text = {
            ValueKind.MONEY: rupees_text,
            ValueKind.PERCENT: percent_text,
            ValueKind.INDEX: _index_text,
        }
        return as_text.get(kind, str)(value)
    return value


def _index_text(value: int) -> str:
    """A pure number, every place of it.

    >>> _index_text(54_130)
    '0.054130'
    """
    return f"{Decimal(value) / PPM:.6f}"
