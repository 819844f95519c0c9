"""A CSV comes back as it went out, and nothing in it is run by a spreadsheet."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.file_formats.csv_out import csv_bytes

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_rows_come_back(rows) -> None:
    head, *back = read(csv_bytes(("one", "two"), rows))
    assert head == ["one", "two"]
    for row, found in zip(rows, back, strict=True):
        for cell, shown in zip(row, found, strict=True):
            assert shown in {cell, f"'{cell}"}
            assert not shown.startswith(("=", "+", "@", "\t"))


def test_a_formula_is_quoted_and_a_number_is_not() -> None:
    rows = [("=HYPERLINK(1)", "-12.50"), ("-1+1", "ऋण"), ("+91", "@x")]
    assert read(csv_bytes(("a", "b"), rows))[1:] == [
        ["'=HYPERLINK(1)", "-12.50"], ["'-1+1", "ऋण"], ["'+91", "'@x"],
    ]  # fmt: skip
    assert csv_bytes(("a",), []).startswith(b"\xef\xbb\xbf")
