"""The same table as CSV and as XLSX: numbers stay numbers, text is never run."""

import csv
import io
from datetime import date

import pytest

from app.file_formats.table_out import Sheet, TableColumn, ValueKind, write_csv, write_xlsx
from tests.file_formats.sheet_reading import sheet_of

COLUMNS = (
    TableColumn("full_name", "Customer"),
    TableColumn("amount", "Amount ₹", ValueKind.MONEY),
    TableColumn("rate", "Rate %", ValueKind.PERCENT),
    TableColumn("days", "Days", ValueKind.COUNT),
    TableColumn("due", "Due", ValueKind.DATE),
    TableColumn("index", "Index", ValueKind.INDEX),
)
ROWS = [
    ("=HYPERLINK(1)", 12_34_567_50, 122_500, 3, date(2026, 9, 30), 54_130),
    ("आशा", -5_00, 0, 0, None, None),
    ("https://x.in", 0, 90_000, 12, date(2026, 1, 1), 0),
]


def as_csv(rows) -> list[list[str]]:
    out = io.BytesIO()
    write_csv(out, Sheet("One", COLUMNS, rows))
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_a_csv_has_the_names_and_forms_of_the_verbs() -> None:
    assert as_csv(ROWS) == [
        ["full_name", "amount", "rate", "days", "due", "index"],
        ["'=HYPERLINK(1)", "1234567.50", "12.25", "3", "2026-09-30", "0.054130"],
        ["आशा", "-5.00", "0.00", "0", "", ""],
        ["https://x.in", "0.00", "9.00", "12", "2026-01-01", "0.000000"],
    ]


@pytest.mark.parametrize("scratch", [True, False])
def test_an_xlsx_has_words_numbers_and_dates(tmp_path, scratch) -> None:
    file = tmp_path / "table.xlsx"
    sheets = [Sheet("One", COLUMNS, iter(ROWS)), Sheet("Two", COLUMNS[:1], [("Ravi",)])]
    with file.open("wb") as out:
        write_xlsx(out, sheets, tmp_path if scratch else None)
    assert [each.name for each in tmp_path.iterdir()] == ["table.xlsx"]
    days = [(day - date(1899, 12, 30)).days for day in (date(2026, 9, 30), date(2026, 1, 1))]
    assert sheet_of(file, "One") == [
        ["Customer", "Amount ₹", "Rate %", "Days", "Due", "Index"],
        ["=HYPERLINK(1)", "1234567.5", "12.25", "3", str(days[0]), "0.05413"],
        ["आशा", "-5", "0", "0"],
        ["https://x.in", "0", "9", "12", str(days[1]), "0"],
    ]
    assert sheet_of(file, "Two") == [["Customer"], ["Ravi"]]


def test_rows_that_break_off_leave_no_scratch_behind(tmp_path) -> None:
    def rows():
        yield ROWS[0]
        raise ValueError

    file = tmp_path / "table.xlsx"
    with pytest.raises(ValueError), file.open("wb") as out:  # noqa: PT011  # our own, without words
        write_xlsx(out, [Sheet("One", COLUMNS, rows())], tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["table.xlsx"]


def test_rows_are_written_as_they_are_read() -> None:
    seen: list[int] = []

    class Counting(io.BytesIO):
        def write(self, data) -> int:
            seen.append(len(data))
            return super().write(data)

    out = Counting()
    many = (("Asha", 1_00, 0, number, None, None) for number in range(20_000))
    write_csv(out, Sheet("One", COLUMNS, many))
    assert len(seen) > 10  # in pieces, not in one
