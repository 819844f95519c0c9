"""A file is written whole or not at all; verbs and screens share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.services.steps.refusal import RefusalKind, Refused

_ENDING = ".pdf"


def check_target(target: Path, *endings: str) -> None:
    """Refuse a place where no file with such an ending can be written, before all else is done.

    Raises:
        Refused: another ending, a folder of that name, or no folder for it.
    """
    wanted = endings or (_ENDING,)
    if target.suffix.lower() not in wanted or target.is_dir():
        words = f"Name a file that ends in {' or '.join(wanted)}"
        raise Refused(RefusalKind.BAD_INPUT, words)
    if not target.absolute().parent.is_dir():
        raise Refused(RefusalKind.BAD_INPUT, "The folder of the file is not there")


@contextmanager
def file_beside(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes the file once all went well, and goes away otherwise.

    Raises:
        Refused: the place cannot be written.
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        yield beside
        beside.replace(target)
    except OSError as fault:
        raise Refused(
            RefusalKind.BAD_INPUT, "The file cannot be written there: check the folder"
        ) from fault
    finally:
        beside.unlink(missing_ok=True)


def write_letter(target: Path, pdf: bytes) -> None:
    """Write beside the file and rename, so that no half letter is ever left.

    Raises:
        Refused: the place cannot be written.
    """
    with file_beside(target) as beside:
        beside.write_bytes(pdf)
