"""What may be attached is told by the content, never by the name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.steps.file_kinds import (
    BUILT_IN_LIMITS,
    FileKind,
    content_fault,
    is_whole,
    kind_of,
    limits_of,
    size_shown,
)
from app.settings import SettingsError, read_settings

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 9 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"chunks" + b"\0\0\0\0IEND\xaeB`\x82"
WHOLE = {FileKind.PDF: PDF, FileKind.JPEG: JPEG, FileKind.PNG: PNG}


@pytest.mark.parametrize("kind", FileKind)
def test_each_kind_is_recognised_and_taken(kind):
    assert kind_of(WHOLE[kind]) is kind
    assert content_fault(WHOLE[kind]) == ""
    assert content_fault(WHOLE[kind] + b"\0" * 20) == ""


@pytest.mark.parametrize("kind", FileKind)
def test_a_copy_that_broke_off_is_refused(kind):
    broken = WHOLE[kind][:-8]
    assert not is_whole(broken, kind)
    assert content_fault(broken).endswith("file is not whole: scan or copy it again")


@pytest.mark.parametrize(
    "content", [b"MZ\x90", b"PK\x03\x04", b"<html>", b" %PDF-1.7 %%EOF", b"%PD"]
)
def test_other_files_are_refused_whatever_they_are_called(content):
    assert content_fault(content) == (
        "Only PDF, JPEG and PNG files can be attached: this is none of them"
    )


def test_size_and_kinds_come_from_the_limits():
    small = replace(BUILT_IN_LIMITS, most_bytes=len(PDF) - 1)
    assert content_fault(PDF, small) == (
        "A file may have 1 kB: this one has 1 kB. Scan it in grey or in parts"
    )
    assert content_fault(PDF, replace(BUILT_IN_LIMITS, most_bytes=len(PDF))) == ""
    only = replace(BUILT_IN_LIMITS, kinds=(FileKind.PDF,))
    assert content_fault(PNG, only) == "Only PDF files can be attached: this is none of them"
    assert content_fault(b"").startswith("This file is empty")


def test_sizes_are_told_in_kilobytes_then_megabytes():
    assert [size_shown(n) for n in (1, 1024, 1025, 1024**2 - 1, 1024**2)] == [
        "1 kB", "1 kB", "2 kB", "1024 kB", "1.0 MB",
    ]  # fmt: skip
    assert size_shown(BUILT_IN_LIMITS.most_bytes) == "5.0 MB"


@given(st.binary(max_size=64))
def test_any_bytes_are_taken_or_refused_with_a_sentence(content):
    kind = kind_of(content)
    fault = content_fault(content)
    assert (fault == "") == (kind is not None and is_whole(content, kind))
    assert not any(word in fault.lower() for word in ("invalid", "please", "sorry", "required"))


def test_the_limits_are_settings_of_the_desk():
    given = {"attachment_max_kb": "2", "attachment_max_papers": "3", "attachment_kinds": "png pdf"}
    limits = limits_of(read_settings({}, given))
    assert (limits.most_bytes, limits.most_papers) == (2048, 3)
    assert limits.kinds == (FileKind.PNG, FileKind.PDF)


@pytest.mark.parametrize(
    ("name", "value"),
    [("attachment_max_kb", "0"), ("attachment_max_papers", "many"), ("attachment_kinds", "exe")],
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingsError) as refused:
        limits_of(read_settings({}, {name: value}))
    assert name in refused.value.sentence
