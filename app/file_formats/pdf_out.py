"""Letters as PDF: a template of resources/letters filled with JSON; the only importer of typst.

Source: desktop.md 10. Tagged for PDF/UA-1, own fonts only, no date of making inside, so the same
values give the same bytes anywhere. Values enter as JSON alone, never as source of the template. A
warning of the typesetter is a fault, and so is a character without a font: a letter has no holes.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock  # noqa: TID251  # a lock between two threads, not a thread
from typing import TYPE_CHECKING, Any, NamedTuple

from app.file_formats.font_coverage import check_shown
from app.file_formats.heavy_import import heavy_import

if TYPE_CHECKING:
    import typst

_TAGGED = {"pdf_standards": ["ua-1"]}
_PICTURES = frozenset({"svg"})  # values that are drawings, not text
# A compiler may be asked by one thread at a time, and lanes and window share it.
_ONE_AT_A_TIME = Lock()
PREVIEW_PPI = 110.0


class LetterNotMadeError(RuntimeError):
    """The typesetter refused; its text is for the log, the sentence for people.

    Attributes:
        sentence: what a person reads.
    """

    sentence = "The letter could not be made: its template or a font is damaged"


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter.

    Attributes:
        engine: name and version of the typesetter.
        template_sha256: of the template and everything it shares with others.
    """

    pdf: bytes
    engine: str
    template_sha256: str

    @property
    def sha256(self) -> str:
        """Hash of the PDF."""
        return hashlib.sha256(self.pdf).hexdigest()


def render_pdf(kind: str, values: Mapping[str, Any], letters: Path, fonts: Path) -> Letter:
    """Fill the template of a kind.

    Args:
        kind: name of the template without its ending.
        values: plain JSON values.
        letters: folder of the templates.
        fonts: folder of the fonts; no other font is used.

    Raises:
        LetterNotMadeError: the template is wrong, or a font is missing.
        ScriptMissingError: a value has a character that no font can show.
    """
    pdf = _compile(kind, values, Folders(letters, fonts), {"format": "pdf", **_TAGGED})
    return Letter(pdf, f"typst {version('typst')}", template_hash(kind, letters))


def render_pages(
    kind: str, values: Mapping[str, Any], letters: Path, fonts: Path, ppi: float = PREVIEW_PPI
) -> tuple[bytes, ...]:
    """The pages as PNG pictures, for the preview.

    Raises:
        LetterNotMadeError, ScriptMissingError: as `render_pdf`.
    """
    pages = _compile(kind, values, Folders(letters, fonts), {"format": "png", "ppi": ppi})
    return tuple(pages) if isinstance(pages, list) else (pages,)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def template_hash(kind: str, letters: Path) -> str:
    """The sha256 of a template with the page it shares."""
    digest = hashlib.sha256()
    for name in (f"{kind}.typ", "letter.typ"):
        digest.update((letters / name).read_bytes())
    return digest.hexdigest()


class Folders(NamedTuple):
    """Where templates and fonts are."""

    letters: Path
    fonts: Path


@cache
def _compiler(folders: Folders) -> "typst.Compiler":
    with heavy_import():
        import typst  # 34 MB: loaded with the first letter

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folders.fonts)]
    )
    return typst.Compiler(root=str(folders.letters), font_paths=found)


def _compile(
    kind: str, values: Mapping[str, Any], folders: Folders, wanted: Mapping[str, Any]
) -> Any:  # noqa: ANN401  # bytes, or a list of them for pictures
    import typst

    check_shown(tuple(_texts(values)), folders.fonts)
    try:
        with _ONE_AT_A_TIME:
            made, warnings = _compiler(folders).compile_with_warnings(
                input=str(folders.letters / f"{kind}.typ"),
                sys_inputs={"data": json.dumps(values, ensure_ascii=False, sort_keys=True)},
                **wanted,
            )
    except typst.TypstError as fault:
        raise LetterNotMadeError(str(fault)) from fault
    if warnings:
        raise LetterNotMadeError("; ".join(str(each) for each in warnings))
    return made


def _texts(value: object, name: str = "") -> Iterator[str]:
    """Every text among the values."""
    if isinstance(value, str) and name not in _PICTURES:
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, str(key))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner, name)
