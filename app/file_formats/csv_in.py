"""CSV files read row by row: encoding and delimiter are found, memory does not grow.

Source: screens.md S100. What a file holds is data: nothing in it is ever acted on.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

DELIMITERS = ",;\t|"
SAMPLE_CHARACTERS = 65_536
LONGEST_FIELD = 131_072
MOST_COLUMNS = 1_000
_HASH_BLOCK = 1 << 20


class CsvFileError(ValueError):
    """The file cannot be read as a table. The message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How a file is written, and its column names."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


class CsvRow(NamedTuple):
    """One record; the header is row 1. `values` is None when the record has another width."""

    number: int
    values: dict[str, str] | None
    width: int


def file_sha256(path: Path) -> str:
    """The hash that tells whether the very same file was read before.

    Raises:
        CsvFileError: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source:
            while block := source.read(_HASH_BLOCK):
                digest.update(block)
    except OSError as fault:
        raise CsvFileError(f"The file {path.name} cannot be read") from fault
    return digest.hexdigest()


def find_shape(path: Path) -> CsvShape:
    """Find encoding, delimiter and column names from the beginning of a file.

    Raises:
        CsvFileError: not readable, empty, not text, or without a usable header.
    """
    encoding = _encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as source:
            delimiter = _delimiter(source.read(SAMPLE_CHARACTERS))
            source.seek(0)
            columns = next(csv.reader(source, delimiter=delimiter), [])
    except csv.Error as fault:
        raise CsvFileError(f"The file {path.name} is not a table of text") from fault
    return CsvShape(encoding, delimiter, _checked(columns, path.name))


def read_rows(path: Path, shape: CsvShape) -> Iterator[CsvRow]:
    """Yield the records below the header, one at a time.

    Raises:
        CsvFileError: the text breaks off or is not text any more.
    """
    csv.field_size_limit(LONGEST_FIELD)
    try:
        with path.open(encoding=shape.encoding, newline="") as source:
            yield from _records(source, shape)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise CsvFileError(f"The file {path.name} cannot be read to its end") from fault


def _records(source: TextIO, shape: CsvShape) -> Iterator[CsvRow]:
    reader = csv.reader(source, delimiter=shape.delimiter)
    next(reader, None)
    names, width = shape.columns, len(shape.columns)
    for number, values in enumerate(reader, start=2):
        if not values:
            continue  # a blank line says nothing
        whole = dict(zip(names, values, strict=True)) if len(values) == width else None
        yield CsvRow(number, whole, len(values))


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, else Windows-1252, the usual export of spreadsheets."""
    try:
        with path.open(encoding="utf-8-sig") as source:
            while block := source.read(_HASH_BLOCK):
                if "\x00" in block:
                    raise CsvFileError(f"The file {path.name} is not text")
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as fault:
        raise CsvFileError(f"The file {path.name} cannot be read") from fault
    return "utf-8-sig"


def _delimiter(sample: str) -> str:
    """The candidate that the header line holds most often; a comma when it holds none."""
    header = sample.splitlines()[0] if sample.strip() else ""
    return max(DELIMITERS, key=header.count)


def _checked(columns: list[str], name: str) -> tuple[str, ...]:
    cleaned = tuple(column.strip() for column in columns)
    if not any(cleaned):
        raise CsvFileError(f"The file {name} is empty or its first line has no column names")
    if len(cleaned) > MOST_COLUMNS:
        raise CsvFileError(f"The file {name} has more than {MOST_COLUMNS:,} columns")
    doubled = sorted({column for column in cleaned if cleaned.count(column) > 1})
    if doubled:
        raise CsvFileError(
            f"The file {name} names a column twice: {', '.join(doubled) or 'no name'}"
        )
    return cleaned
