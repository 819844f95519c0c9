"""A file is read carefully: what may not be attached is refused with one clear sentence."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.services.steps.attached_file import FIELD, read_attached_file
from app.services.steps.file_kinds import BUILT_IN_LIMITS
from app.services.steps.refusal import RefusalKind, Refused
from tests.services.steps.test_file_kinds import JPEG, PDF, PNG


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("payslip.pdf", PDF, "application/pdf"),
        ("payslip.exe", JPEG, "image/jpeg"),  # the name says nothing
        ("वेतन पर्ची", PNG, "image/png"),
    ],
)
def test_a_paper_is_read_whole_with_its_hash(tmp_path, name, content, media_type):
    (tmp_path / name).write_bytes(content)
    file = read_attached_file(tmp_path / name, BUILT_IN_LIMITS)
    assert (file.name, file.media_type, file.content) == (name, media_type, content)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert "content" not in repr(file)


def refused(path: Path, limits=BUILT_IN_LIMITS) -> str:
    with pytest.raises(Refused) as answer:
        read_attached_file(path, limits)
    assert answer.value.kind is RefusalKind.BAD_INPUT
    assert answer.value.fields == {FIELD: answer.value.sentence}
    assert str(path.parent) not in answer.value.sentence
    return answer.value.sentence


def test_what_is_no_readable_paper_is_refused(tmp_path):
    paper = tmp_path / "paper.pdf"
    assert "could not be read" in refused(paper)
    paper.write_bytes(b"")
    assert "is empty" in refused(paper)
    paper.write_bytes(b"MZ" + PDF)
    assert refused(paper).startswith("Only PDF, JPEG and PNG files")
    paper.write_bytes(PDF[:-8])
    assert "not whole" in refused(paper)
    paper.write_bytes(PDF)
    assert "may have 1 kB" in refused(paper, replace(BUILT_IN_LIMITS, most_bytes=len(PDF) - 1))
    assert "a folder" in refused(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_and_pipes_are_refused_and_never_waited_for(tmp_path):
    (tmp_path / "paper.pdf").write_bytes(PDF)
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "paper.pdf")
    assert "a link to a file" in refused(link)
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert "no ordinary file" in refused(pipe)


def test_a_name_is_shown_without_tricks(tmp_path):
    path = tmp_path / ("pay\N{RIGHT-TO-LEFT OVERRIDE}" + "x" * 200 + ".pdf")
    path.write_bytes(PDF)
    name = read_attached_file(path, BUILT_IN_LIMITS).name
    assert name.startswith("payxxx")
    assert name.endswith("….pdf")
    assert len(name) == 120
