"""Pages of a report as data: tables of typed values, and lines or heat beside them.

A workbook takes the tables as they are; a PDF takes their words. Money in paise, shares in parts
per million, unknown is None and stays empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.file_formats.table_out import Sheet, TableColumn, Value, ValueKind
from app.rules.dates import date_shown
from app.rules.money import PPM, PPM_PER_PERCENT, ppm_of_percent, rupees
from app.services.steps.axis_scale import scale_to

MOST_PRINTED = 40  # lines of one table in a PDF; the workbook has them all
_TITLE = 31  # the longest name of a worksheet
_UNKNOWN = "—"
_CENT = Decimal("0.01")
_THOUSANDTH = Decimal("0.001")
_LAST_STEP = 6
_RIGHT = frozenset({ValueKind.MONEY, ValueKind.PERCENT, ValueKind.COUNT, ValueKind.INDEX})


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table; its title is the name of its worksheet.

    Attributes:
        heat: for each row, whether its cells from the third column on stand on a ramp in print;
            empty for a plain table.
        most: lines that are printed.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    heat: tuple[bool, ...] = ()
    most: int = MOST_PRINTED


@dataclass(frozen=True, slots=True)
class ReportLines:
    """Lines over months, drawn in print; their numbers stand in a table of the page."""

    title: str
    months: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    limits: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page a tab.

    Attributes:
        aside: so many of the last tables stand in a second column in print.
    """

    title: str
    note: str
    tables: tuple[ReportTable, ...]
    lines: tuple[ReportLines, ...] = ()
    aside: int = 0


def share(value: Decimal | None) -> int | None:
    """A ratio in per cent as the tables carry it."""
    return None if value is None else ppm_of_percent(value)


def sheets_of(pages: Sequence[ReportPage]) -> Iterator[Sheet]:
    """Every table as a worksheet."""
    for page in pages:
        for table in page.tables:
            yield Sheet(table.title[:_TITLE], table.columns, table.rows)


def about_sheet(facts: Sequence[tuple[str, str]], pages: Sequence[ReportPage]) -> Sheet:
    """What paper says beside its tables: the facts of the whole report, then each page's note."""
    columns = (TableColumn("about", "About", width=20), TableColumn("words", "Words", width=120))
    notes = [(page.title, page.note) for page in pages]
    return Sheet("About", columns, [row for row in (*facts, *notes) if row[1]])


def page_values(pages: Sequence[ReportPage]) -> list[dict[str, Any]]:
    """Every page as the template takes it."""
    return [
        {
            "title": page.title,
            "note": page.note,
            "tables": [_table(table) for table in page.tables],
            "lines": [_lines(lines) for lines in page.lines],
            "aside": page.aside,
        }
        for page in pages
    ]


def cell_words(kind: ValueKind, value: Value) -> str:
    """A value as it is printed; a dash when unknown."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, date):
        return date_shown(value)
    if isinstance(value, int):
        shown = {
            ValueKind.MONEY: _money_words,
            ValueKind.PERCENT: _percent_words,
            ValueKind.COUNT: _count_words,
            ValueKind.INDEX: _index_words,
        }
        return shown[kind](value)
    return value


def _percent_words(value_ppm: int) -> str:
    """Parts per million in per cent with two places, as screens show a ratio.

    >>> _percent_words(130_764)
    '13.08'
    """
    return f"{(Decimal(value_ppm) / PPM_PER_PERCENT).quantize(_CENT, ROUND_HALF_UP)}"


def _money_words(paise: int) -> str:
    """Rupees for a column whose head carries the sign; all with paise, so that they line up.

    >>> _money_words(123_456_700), _money_words(-5)
    ('12,34,567.00', '-0.05')
    """
    return rupees(paise).replace("₹", "")


def _count_words(count: int) -> str:
    return f"{count:,}"


def _index_words(millionths: int) -> str:
    """A pure number with three places, as screens show an index.

    >>> _index_words(54_130)
    '0.054'
    """
    return f"{(Decimal(millionths) / PPM).quantize(_THOUSANDTH, ROUND_HALF_UP)}"


def _table(table: ReportTable) -> Mapping[str, Any]:
    kinds = [column.kind for column in table.columns]
    printed = table.rows[: table.most]
    more = len(table.rows) - len(printed)
    return {
        "title": table.title,
        "columns": [
            {"label": column.words, "right": column.kind in _RIGHT, "width": column.width}
            for column in table.columns
        ],
        "rows": [
            [cell_words(kind, value) for kind, value in zip(kinds, row, strict=True)]
            for row in printed
        ],
        "heat": _steps(table) if table.heat else [],
        "more": f"{more:,} further lines stand in the workbook" if more else "",
    }


def _steps(table: ReportTable) -> list[list[int | None]]:
    """The step of each cell from the third column on, 0 to 6; None where none is coloured."""
    rows = zip(table.heat, table.rows[: table.most], strict=False)
    cells = [[v if warm and isinstance(v, int) else None for v in row[2:]] for warm, row in rows]
    highest = max((v for row in cells for v in row if v is not None), default=0) or 1
    return [[None if v is None else v * _LAST_STEP // highest for v in row] for row in cells]


def _lines(lines: ReportLines) -> Mapping[str, Any]:
    known = [v for _, values in lines.series for v in values if v is not None]
    scale = scale_to(max((*known, *(limit for _, limit in lines.limits)), default=0.0))
    return {
        "title": lines.title,
        "months": list(lines.months),
        "series": [{"label": label, "values": list(values)} for label, values in lines.series],
        "limits": [{"label": label, "value": value} for label, value in lines.limits],
        "top": scale.top,
        "steps": [
            {"value": value, "words": words}
            for value, words in zip(scale.steps, scale.words, strict=True)
        ],
        "known": bool(known),
    }
