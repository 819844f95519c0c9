"""Reads a file that somebody wants to attach: carefully, whole, and only what may be attached."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from app.services.steps.file_kinds import AttachmentLimits, content_fault, kind_of, too_big
from app.services.steps.refusal import RefusalKind, Refused

FIELD = "document"
_LONGEST_NAME = 120
# A link put in the file's place after the look at it is not followed; a pipe is not waited for.
_CAREFUL = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CAREFUL |= getattr(os, "O_BINARY", 0)
_UNREADABLE = "This file could not be read: check that it is still there and that you may open it"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as read: its shown name, kind by content, hash and bytes."""

    name: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False)


def read_attached_file(path: Path, limits: AttachmentLimits) -> AttachedFile:
    """Read a file that may be attached.

    Raises:
        Refused: BAD_INPUT with one sentence: a folder, a link, no ordinary file, empty, too big,
            of another kind, not whole, or not readable.
    """
    try:
        looked = path.lstat()
        _refuse_kind(looked)
        content = _read(path, limits)
    except OSError as fault:
        raise _refusal(_UNREADABLE) from fault
    if sentence := content_fault(content, limits):
        raise _refusal(sentence)
    return AttachedFile(
        name=_shown_name(path),
        media_type=str(kind_of(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def _refuse_kind(found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise _refusal("This is a link to a file: choose the file itself")
    if stat.S_ISDIR(found.st_mode):
        raise _refusal("This is a folder: choose one file in it")
    if not stat.S_ISREG(found.st_mode):
        raise _refusal("This is no ordinary file: choose a PDF or a picture of the paper")


def _read(path: Path, limits: AttachmentLimits) -> bytes:
    """The content; a file that is too big is refused by its size, without reading it."""
    with os.fdopen(os.open(path, _CAREFUL), "rb") as opened:
        found = os.fstat(opened.fileno())
        _refuse_kind(found)
        if found.st_size > limits.most_bytes:
            raise _refusal(too_big(found.st_size, limits))
        return opened.read(limits.most_bytes + 1)  # it may grow while it is read


def _shown_name(path: Path) -> str:
    """The file's name without what cannot be shown, not too long, with its ending."""
    plain = "".join(c for c in path.name if unicodedata.category(c)[0] != "C")
    if len(plain) <= _LONGEST_NAME:
        return plain or "paper"
    return plain[: _LONGEST_NAME - len(path.suffix) - 1] + "…" + path.suffix


def _refusal(sentence: str) -> Refused:
    return Refused(RefusalKind.BAD_INPUT, sentence, {FIELD: sentence})
