"""What a spreadsheet would read from a workbook, by its XML alone; the writer is not trusted."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = ord("A")


def sheet_of(file: Path, title: str) -> list[list[str]]:
    """The rows of a sheet, every value as its text, empty cells as ""; it may hold no formula."""
    with zipfile.ZipFile(file) as parts:
        book = _parsed(parts.read("xl/workbook.xml"))
        titles = [sheet.get("name") for sheet in book.iter(f"{_MAIN}sheet")]
        page = _parsed(parts.read(f"xl/worksheets/sheet{titles.index(title) + 1}.xml"))
        shared = _shared(parts)
    assert page.find(f".//{_MAIN}f") is None, "a formula"
    return [_cells(row, shared) for row in page.iter(f"{_MAIN}row")]


def _shared(parts: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    table = _parsed(parts.read("xl/sharedStrings.xml"))
    return ["".join(entry.itertext()) for entry in table.iter(f"{_MAIN}si")]


def _cells(row: ET.Element, shared: list[str]) -> list[str]:
    found: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        place = ord(cell.get("r", "A")[0]) - _A  # no table of ours is wider than Z
        found += [""] * (place - len(found))
        text = "".join(cell.itertext())
        found.append(shared[int(text)] if cell.get("t") == "s" else text)
    return found


def _parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314  # our own writer made it
