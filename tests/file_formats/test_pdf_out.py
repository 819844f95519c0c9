"""PDF from a template: tagged, the same bytes anywhere, values never as source, faults refused."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app.file_formats.font_coverage import ScriptMissingError
from app.file_formats.pdf_out import (
    LetterNotMadeError,
    pages_in,
    render_pages,
    render_pdf,
    template_hash,
)
from app.resource_files import resource
from db.vocabulary.loan_life import Language, LetterKind
from tests.file_formats.letter_reading import pages_of, tags_of
from tests.services.letter_samples import page

LETTERS, FONTS = resource("letters"), resource("fonts")
PROJECT = Path(__file__).resolve().parents[2]
NAME = 'Ravi #panic("x") *b* _i_ $x$ <a> @b \\ // `c` रवि'


def rejection(**changes: Any) -> dict[str, Any]:
    content = {"opening": ["Dear,"], "reasons": ["One"], "closing": ["Bye"]}
    return page(LetterKind.REJECTION, Language.EN, content) | changes


def made(values: dict[str, Any], kind: str = "rejection", letters: Path = LETTERS) -> bytes:
    return render_pdf(kind, values, letters, FONTS).pdf


def template(folder: Path, source: str) -> Path:
    (folder / "letter.typ").write_bytes((LETTERS / "letter.typ").read_bytes())
    (folder / "one.typ").write_text(source, encoding="utf-8")
    return folder


def test_source_in_a_name_prints_as_its_characters() -> None:
    values = rejection(customer={"name": NAME, "address": ["*12* #let x = 1", "= Street"]})
    text = pages_of(made(values))[0]
    for each in (NAME, "*12* #let x = 1", "= Street"):
        assert each.replace(" ", "") in text


def test_the_same_values_give_the_same_bytes_in_another_process_folder_and_zone(
    tmp_path: Path,
) -> None:
    values = rejection()
    program = (
        "import json, sys, hashlib; from pathlib import Path\n"
        "from app.file_formats.pdf_out import render_pdf\n"
        "values = json.load(sys.stdin)\n"
        f"pdf = render_pdf('rejection', values, Path({str(LETTERS)!r}), Path({str(FONTS)!r})).pdf\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(values),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "TZ": zone, "LC_ALL": "C"},
            text=True,
            capture_output=True,
            check=True,
        ).stdout.strip()
        for folder, zone in ((tmp_path, "Pacific/Auckland"), (PROJECT, "America/Lima"))
    }
    assert told == {render_pdf("rejection", values, LETTERS, FONTS).sha256}


def test_templates_and_fonts_in_another_folder_give_the_same_bytes(tmp_path: Path) -> None:
    for name, folder in (("letters", LETTERS), ("fonts", FONTS)):
        (tmp_path / name).mkdir()
        for file in folder.iterdir():
            (tmp_path / name / file.name).write_bytes(file.read_bytes())
    values = rejection()
    elsewhere = render_pdf("rejection", values, tmp_path / "letters", tmp_path / "fonts")
    assert elsewhere == render_pdf("rejection", values, LETTERS, FONTS)


def test_the_file_is_tagged_and_says_so() -> None:
    for language, code in ((Language.EN, b"en"), (Language.HI, b"hi")):
        values = rejection(lang=language.value)
        pdf = made(values)
        document = pypdfium2.PdfDocument(pdf)
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == values["title"]
        assert document.get_metadata_value("CreationDate") == ""
        document.close()
        assert re.search(rb"/MarkInfo\s*<<\s*/Marked\s+true", pdf)
        assert re.search(rb"/Lang\s*\(" + code, pdf)
        assert re.search(rb"/DisplayDocTitle\s+true", pdf)
        assert re.search(rb"pdfuaid:part[^1]{1,3}1", pdf)
        tags = tags_of(pdf)
        assert tags["H1"] == 1
        assert tags["H2"] == 2
        assert {"P", "L", "LI"} <= set(tags)


def test_tables_have_heading_cells_and_every_font_is_inside() -> None:
    columns = [{"label": each, "right": False, "width": 1} for each in ("No.", "Due")]
    content = {"terms": [], "schedule": {"columns": columns, "rows": [["1", "क"], ["2", "ಕ"]]}}
    pdf = made(page(LetterKind.SCHEDULE, Language.EN, content), "schedule")
    tags = tags_of(pdf)
    assert (tags["TH"], tags["TD"]) == (4, 4)
    names = re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", pdf)
    assert {name.split(b"-")[0] for name in names} >= {
        b"NotoSans", b"NotoSansDevanagari", b"NotoSansKannada",
    }  # fmt: skip
    assert pdf.count(b"/FontFile") >= len(set(names))


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('#set document(title: "T")\n#image(bytes(sys.inputs.svg), format: "svg")', "alt"),
        ("No title", "title"),
        ("#panic()", "panic"),
        ('#set document(title: "T")\n#set text(font: "No Such Font")\nText', "font"),
        ('#set document(title: "T")\n#image("nowhere.png", alt: "x")', "nowhere"),
    ],
)
def test_what_a_reader_could_not_use_is_refused(tmp_path: Path, source: str, fault: str) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0L9 9'/></svg>"
    source = source.replace("sys.inputs.svg", json.dumps(svg))
    with pytest.raises(LetterNotMadeError) as refused:
        made({}, "one", template(tmp_path, source))
    assert fault in str(refused.value)
    assert "template or a font" in refused.value.sentence
    assert str(tmp_path) not in refused.value.sentence


def test_a_character_without_a_font_is_refused_wherever_it_stands() -> None:
    for values in (
        rejection(customer={"name": "Selvi தமிழ்", "address": []}),
        rejection(reasons=["fine", "😀"]),
    ):
        for render in (render_pdf, render_pages):
            with pytest.raises(ScriptMissingError):
                render("rejection", values, LETTERS, FONTS)


def test_pages_are_counted_and_pictured() -> None:
    long = rejection(reasons=[f"Reason {number}" for number in range(120)])
    pdf = made(long)
    document = pypdfium2.PdfDocument(pdf)
    assert pages_in(pdf) == len(document) > 1
    document.close()
    pictures = render_pages("rejection", long, LETTERS, FONTS)
    assert len(pictures) == pages_in(pdf)
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    sharp = render_pages("rejection", rejection(), LETTERS, FONTS, ppi=300)
    assert len(sharp[0]) > len(render_pages("rejection", rejection(), LETTERS, FONTS)[0])


def test_a_watermark_is_set_behind_the_text() -> None:
    plain, marked = rejection(), rejection(watermark="COPY 2")
    assert "COPY2" not in pages_of(made(plain))[0]
    assert "COPY2" in pages_of(made(marked))[0]


def test_two_threads_at_once_both_get_their_letter() -> None:
    wanted = [rejection(reasons=[f"Reason {number}"]) for number in range(8)]
    alone = [made(values) for values in wanted]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(made, wanted)) == alone


def test_the_hash_of_a_template_covers_the_shared_page(tmp_path: Path) -> None:
    before = template_hash("one", template(tmp_path, "x"))
    assert template_hash("one", template(tmp_path, "y")) != before
    template(tmp_path, "x")
    assert template_hash("one", tmp_path) == before
    with (tmp_path / "letter.typ").open("a", encoding="utf-8") as shared:
        shared.write("// changed")
    assert template_hash("one", tmp_path) != before


def test_templates_call_no_network_and_paste_no_value() -> None:
    for file in LETTERS.glob("*.typ"):
        source = file.read_text(encoding="utf-8")
        assert "@preview" not in source
        assert not re.search(r"\beval\(|https?:", source)
        for name in re.findall(r'#import "([^"]+)"', source):
            assert name == "letter.typ"
