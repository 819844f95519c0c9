"""Reads the arrays of an npz archive: no pickle, no copy, no more than a model can hold.

Source: machine-learning.md section 6. `numpy.load` and `zipfile` copy each array three times; here
a member is unpacked once, into bytes of its own size, and these bytes are the array. Only what
`write_array` makes of plain numbers is read: version 1 of the format, in C order, at most two
dimensions; its header is matched, not evaluated.
"""

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.model_refused import ModelRefused

LOCAL_HEADER: Final = 30  # bytes before a member's name, zip format (APPNOTE 4.3.7)
NAME_LENGTHS: Final = 26  # where in it the lengths of the name and of the extra field stand
RAW_DEFLATE: Final = -15
NPY_HEADER: Final = re.compile(
    rb"\x93NUMPY\x01\x00(..){'descr': '([<|][iuf][1248])', 'fortran_order': False, "
    rb"'shape': \((\d{1,9}),(?: (\d{1,9}))?\), } *\n",
    re.DOTALL,
)


def read_arrays(content: bytes, names: Sequence[str], largest: int) -> dict[str, NDArray[Any]]:
    """Return the named arrays, read-only.

    Args:
        content: the archive.
        names: arrays to read; others are left alone.
        largest: most bytes that all members may unpack to.

    Raises:
        ModelRefused: an array is missing or damaged, or the archive unpacks to more.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > largest:
                message = "The model file is larger than a model can be"
                raise ModelRefused(message)
            members = {name: archive.getinfo(f"{name}.npy") for name in names}
        return {name: _array(_unpacked(content, item)) for name, item in members.items()}
    except (ValueError, KeyError, struct.error, zlib.error, zipfile.BadZipFile) as error:
        message = "The model's numbers are damaged. Install Kasauti again"
        raise ModelRefused(message) from error


def _unpacked(content: bytes, item: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes.

    Raises:
        ValueError: packed in another way, or its size or checksum is wrong.
        struct.error, zlib.error: cut off or damaged.
    """
    name, extra = struct.unpack_from("<HH", content, item.header_offset + NAME_LENGTHS)
    start = item.header_offset + LOCAL_HEADER + name + extra
    packed = memoryview(content)[start : start + item.compress_size]
    if item.compress_type == zipfile.ZIP_DEFLATED:
        member = _inflated(packed, item.file_size)
    elif item.compress_type == zipfile.ZIP_STORED:
        member = bytes(packed)
    else:
        message = "packed in a way that models do not use"
        raise ValueError(message)
    if len(member) != item.file_size or zlib.crc32(member) != item.CRC:
        message = "not the size or the checksum of its directory"
        raise ValueError(message)
    return member


def _inflated(packed: memoryview, size: int) -> bytes:
    """Return at most one byte more than a member may have, whatever it would unpack to."""
    unpacking = zlib.decompressobj(RAW_DEFLATE)
    return unpacking.decompress(packed, size + 1)


def _array(member: bytes) -> NDArray[Any]:
    """Return an array over a member's own bytes.

    Raises:
        ValueError: not plain numbers in C order, or another size than the header says.
    """
    header = NPY_HEADER.match(member)
    if header is None or int.from_bytes(header[1], "little") != header.end() - header.end(1):
        message = "not plain numbers in C order"
        raise ValueError(message)
    kind = np.dtype(header[2].decode())
    shape = tuple(int(size) for size in header.groups()[2:] if size is not None)
    if len(member) != header.end() + math.prod(shape) * kind.itemsize:
        message = "another size than its header says"
        raise ValueError(message)
    return np.frombuffer(member, kind, math.prod(shape), header.end()).reshape(shape)
