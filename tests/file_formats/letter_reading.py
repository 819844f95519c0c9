"""What stands in a letter: its text as pypdfium2 reads it, and the text of its values in order.

Spaces are left out on both sides: the reader guesses them from gaps between the letters.
"""

import ctypes
import re
from itertools import chain
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\ufffe", "-"))


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [without_spaces(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def body_of(pdf: bytes, values: dict[str, Any]) -> str:
    """The text without footers and without the heading rows that a new page repeats."""
    pages = pages_of(pdf)
    words = values["words"]
    headings = [without_spaces(words["item"] + words["value"])] + [
        without_spaces("".join(column["label"] for column in table["columns"]))
        for table in values.values()
        if isinstance(table, dict) and "columns" in table
    ]
    body = ""
    for number, text in enumerate(pages, start=1):
        footer = without_spaces(f"{values['footer']}{number}/{len(pages)}")
        assert text.endswith(footer), (number, text[-80:], footer)
        shown = text.removesuffix(footer)
        repeated = next((each for each in headings if shown.startswith(each)), "")
        body += shown.removeprefix(repeated)
    return body


def source_of(kind: str, values: dict[str, Any]) -> str:
    """Everything the values of a letter say, in the order of its template."""
    said, words = values, values["words"]
    head = [
        said["bank"]["name"], said["bank"]["branch"], said["bank"]["address"],
        words["number"], said["number"], words["date"], said["date"], said["title"],
    ]  # fmt: skip
    to = [said["customer"]["name"], *said["customer"]["address"]]
    return without_spaces("".join(head + _BODY[kind](values, words, to)))


def _facts(rows: list[dict[str, str]], words: dict[str, str]) -> list[str]:
    said = [text for row in rows for text in (row["label"], row["value"])]
    return [words["item"], words["value"], *said]


def _table(spec: dict[str, Any]) -> list[str]:
    return [column["label"] for column in spec["columns"]] + list(chain(*spec["rows"]))


def _numbered(texts: list[str]) -> list[str]:
    return [f"{number}.{text}" for number, text in enumerate(texts, start=1)]


def _kfs(said: dict[str, Any], words: dict[str, str], to: list[str]) -> list[str]:
    return [
        *to, said["intro"],
        words["part_one"], *_facts(said["part_one"], words),
        words["fees"], *_table(said["fees"]),
        words["contingent"], *_table(said["contingent"]),
        words["part_two"], *_facts(said["part_two"], words),
        words["apr_table"], *_table(said["apr_table"]),
        said["acceptance"], words["borrower_signs"], words["bank_signs"],
        words["schedule"], *_table(said["schedule"]),
    ]  # fmt: skip


def _sanction(said: dict[str, Any], words: dict[str, str], to: list[str]) -> list[str]:
    conditions = said["conditions"]
    head = [words["conditions"], *_numbered(conditions)] if conditions else []
    signed = [words["for_bank"], said["signatory"]]
    return [*to, *said["opening"], *_facts(said["terms"], words), *head, *said["closing"], *signed]


def _rejection(said: dict[str, Any], words: dict[str, str], to: list[str]) -> list[str]:
    return [
        *to, *said["opening"], words["reasons"], *_numbered(said["reasons"]),
        words["what_you_can_do"], *said["closing"], words["for_bank"], said["signatory"],
    ]  # fmt: skip


def _schedule(said: dict[str, Any], words: dict[str, str], to: list[str]) -> list[str]:
    return [*to, *_facts(said["terms"], words), words["schedule"], *_table(said["schedule"])]


def _file_note(said: dict[str, Any], words: dict[str, str], _to: list[str]) -> list[str]:
    labels = [] if said["waterfall"] is None else said["waterfall"]["labels"]
    return [
        *_facts(said["case"], words), words["facts"], *_table(said["facts"]),
        words["policy"], *_table(said["policy"]),
        words["estimate"], *_facts(said["estimate"], words), *labels,
        words["reasons"], *_numbered(said["reasons"]), words["trail"], *_table(said["trail"]),
    ]  # fmt: skip


_BODY = {
    "kfs": _kfs,
    "sanction": _sanction,
    "rejection": _rejection,
    "schedule": _schedule,
    "file-note": _file_note,
}


def tags_of(pdf: bytes) -> dict[str, int]:
    """How often each structure tag stands in the file, by its name."""
    counts: dict[str, int] = {}
    for elements in _elements(pdf):
        for name, _ in elements:
            counts[name] = counts.get(name, 0) + 1
    return counts


def tables_without_headings(pdf: bytes) -> int:
    """How many tables say nothing of what their columns mean.

    The first table of a later page may be the rest of one that has its headings before.
    """
    count = 0
    for number, elements in enumerate(_elements(pdf)):
        tables = [inner for name, inner in elements if name == "Table"]
        count += sum("TH" not in inner for inner in tables[1 if number else 0 :])
    return count


def _elements(pdf: bytes) -> list[list[tuple[str, list[str]]]]:
    """By page, every structure element with the names of all that stand inside it."""
    document, pages = pypdfium2.PdfDocument(pdf), []
    for page in document:
        tree, found = pdfium.FPDF_StructTree_GetForPage(page), []
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), found)
        pdfium.FPDF_StructTree_Close(tree)
        pages.append(found)
    document.close()
    return pages


def _walk(element: Any, found: list[tuple[str, list[str]]]) -> list[str]:
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetType(element, buffer, length)
    name = buffer.raw.decode("utf-16-le").rstrip("\0")
    inner: list[str] = []
    found.append((name, inner))
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            inner += _walk(child, found)
    return [name, *inner]
