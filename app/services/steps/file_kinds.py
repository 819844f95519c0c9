"""What may be attached as a paper: kinds of file told by their content, and the largest size.

A file's name says nothing of what it holds, so its first and last bytes are read: PDF (ISO 32000-2
7.5: header and end-of-file marker), JPEG (ISO 10918-1: SOI and EOI), PNG (ISO 15948: signature and
IEND chunk).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.settings import Settings, SettingsError, read_settings

_PDF_TAIL = 2_048  # writers put padding after the marker, seldom more than a page
_PNG_END = b"IEND\xaeB`\x82"
_KIBIBYTE = 1024
_MEBIBYTE = _KIBIBYTE * _KIBIBYTE


class FileKind(StrEnum):
    """A kind of file by its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


KIND_WORDS = {FileKind.PDF: "PDF", FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
_STARTS = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """What a desk takes, as its settings say.

    Attributes:
        most_bytes: largest file.
        most_papers: largest number of papers of one application.
        kinds: kinds of file taken.
    """

    most_bytes: int
    most_papers: int
    kinds: tuple[FileKind, ...]


def limits_of(settings: Settings) -> AttachmentLimits:
    """The limits of a desk.

    Raises:
        SettingsError: a limit is no whole number above zero, or no known kind of file is named.
    """
    by_word = {words.lower(): kind for kind, words in KIND_WORDS.items()}
    kinds = tuple(by_word.get(word) for word in settings.text("attachment_kinds").split())
    if not kinds or None in kinds:
        raise SettingsError(f"Setting attachment_kinds names some of: {' '.join(by_word)}")
    return AttachmentLimits(
        most_bytes=_whole(settings, "attachment_max_kb") * _KIBIBYTE,
        most_papers=_whole(settings, "attachment_max_papers"),
        kinds=tuple(kind for kind in kinds if kind is not None),
    )


def _whole(settings: Settings, name: str) -> int:
    text = settings.text(name)
    if not (text.isascii() and text.isdigit() and int(text)):
        raise SettingsError(f"Setting {name} must be a whole number above 0: {text} is not one")
    return int(text)


BUILT_IN_LIMITS = limits_of(read_settings({}, {}))


def kind_of(content: bytes) -> FileKind | None:
    """The kind of a file by how it begins, None for any other.

    >>> kind_of(b"%PDF-1.7 ...").name
    'PDF'
    """
    found = (kind for kind, start in _STARTS.items() if content.startswith(start))
    return next(found, None)


def is_whole(content: bytes, kind: FileKind) -> bool:
    """Whether a file of that kind ends as it must; a copy that broke off does not."""
    if kind is FileKind.PDF:
        return b"%%EOF" in content[-_PDF_TAIL:]
    if kind is FileKind.JPEG:
        return b"\xff\xd9" in content[-_PDF_TAIL:]
    return content.rstrip(b"\0").endswith(_PNG_END)


def size_shown(size_bytes: int) -> str:
    """A size for people.

    >>> size_shown(512), size_shown(3_500_000)
    ('1 kB', '3.3 MB')
    """
    if size_bytes < _MEBIBYTE:
        return f"{-(-size_bytes // _KIBIBYTE)} kB"
    return f"{size_bytes / _MEBIBYTE:.1f} MB"


def content_fault(content: bytes, limits: AttachmentLimits = BUILT_IN_LIMITS) -> str:
    """The sentence why a file cannot be attached; empty if it can."""
    if not content:
        return "This file is empty: choose the file that holds the paper"
    if len(content) > limits.most_bytes:
        return too_big(len(content), limits)
    kind = kind_of(content)
    if kind is None or kind not in limits.kinds:
        return f"Only {_either(limits)} files can be attached: this is none of them"
    if not is_whole(content, kind):
        return f"This {KIND_WORDS[kind]} file is not whole: scan or copy it again"
    return ""


def too_big(size_bytes: int, limits: AttachmentLimits = BUILT_IN_LIMITS) -> str:
    """The sentence for a file that is too large."""
    most, has = size_shown(limits.most_bytes), size_shown(size_bytes)
    return f"A file may have {most}: this one has {has}. Scan it in grey or in parts"


def _either(limits: AttachmentLimits) -> str:
    *most, last = [KIND_WORDS[kind] for kind in limits.kinds]
    return f"{', '.join(most)} and {last}" if most else last
