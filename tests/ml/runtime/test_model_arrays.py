"""Arrays are read as numpy wrote them; anything else is refused, never guessed."""

import io
import pickle
import zipfile
from typing import Any

import numpy as np
import pytest

from ml.runtime.model_arrays import read_arrays
from ml.runtime.model_refused import ModelRefused

LARGEST = 1_000_000
ARRAYS = {
    "links": np.arange(-1, 40, dtype=np.int32),
    "rows": np.linspace(0.0, 1.0, 60).reshape(20, 3),
    "marks": np.float32([0.5, -2.5]),
    "none": np.zeros((0, 3)),
}


def _member(array: Any, version: tuple[int, int] = (1, 0)) -> bytes:
    target = io.BytesIO()
    np.lib.format.write_array(target, array, version=version)
    return target.getvalue()


def _archive(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return target.getvalue()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_arrays_come_back_as_they_were_and_read_only(packing: int) -> None:
    content = _archive({name: _member(array) for name, array in ARRAYS.items()}, packing)
    found = read_arrays(content, tuple(ARRAYS), LARGEST)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)
        assert not found[name].flags.writeable


def test_what_savez_writes_is_read() -> None:
    target = io.BytesIO()
    np.savez_compressed(target, **ARRAYS)
    assert np.array_equal(
        read_arrays(target.getvalue(), ("rows",), LARGEST)["rows"], ARRAYS["rows"]
    )


@pytest.mark.parametrize(
    "member",
    [
        _member(np.zeros(3), (2, 0)),
        _member(np.asfortranarray(np.zeros((3, 2)))),
        _member(np.zeros((2, 2, 2))),
        _member(np.array(["text"])),
        _member(np.array([1 + 2j])),
        _member(np.arange(3).astype(">i4")),
        _member(np.zeros(3))[:-1],
        _member(np.zeros(3)) + b"\0",
        _member(np.zeros(3)).replace(b"(3,)", b"(4,)"),
        b"\x93NUMPY\x01\x00\xff\xff" + _member(np.zeros(3))[10:],
        b"",
        pickle.dumps([1, 2]),
        _member(np.array([[1], None], dtype=object)),
    ],
)
def test_other_members_are_refused(member: bytes) -> None:
    with pytest.raises(ModelRefused, match="damaged"):
        read_arrays(_archive({"rows": member}), ("rows",), LARGEST)


def test_a_missing_array_and_an_unknown_packing_are_refused() -> None:
    for content in (
        _archive({"rows": _member(np.zeros(3))}),
        _archive({"marks": _member(np.zeros(3))}, zipfile.ZIP_BZIP2),
        b"PK",
    ):
        with pytest.raises(ModelRefused, match="damaged"):
            read_arrays(content, ("marks",), LARGEST)


def test_an_archive_that_unpacks_to_more_is_refused_before_it_is_unpacked() -> None:
    content = _archive({"rows": _member(np.zeros(200_000))})
    assert len(content) < 10_000
    with pytest.raises(ModelRefused, match="larger"):
        read_arrays(content, ("rows",), LARGEST)


def test_a_directory_that_lies_about_the_size_is_refused() -> None:
    """The member unpacks to more than its directory says: no more than that is ever unpacked."""
    content = bytearray(_archive({"rows": _member(np.zeros(200_000))}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    with pytest.raises(ModelRefused, match="damaged"):
        read_arrays(bytes(content), ("rows",), LARGEST)


def test_every_changed_byte_of_a_member_is_seen() -> None:
    content = _archive({"rows": _member(ARRAYS["rows"])}, zipfile.ZIP_STORED)
    start = content.index(b"\x93NUMPY")
    for place in range(start, start + len(_member(ARRAYS["rows"]))):
        changed = bytearray(content)
        changed[place] ^= 0x01
        with pytest.raises(ModelRefused):
            read_arrays(bytes(changed), ("rows",), LARGEST)
