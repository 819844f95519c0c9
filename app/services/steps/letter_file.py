"""A letter is written to a file whole or not at all; verb and screen share it."""

from pathlib import Path

from app.services.steps.refusal import RefusalKind, Refused

_ENDING = ".pdf"


def check_target(target: Path, ending: str = _ENDING) -> None:
    """Refuse a place where no file with that ending can be written, before anything else is done.

    Raises:
        Refused: another ending, a folder of that name, or no folder for it.
    """
    if target.suffix.lower() != ending or target.is_dir():
        raise Refused(RefusalKind.BAD_INPUT, f"Name a file that ends in {ending}")
    if not target.absolute().parent.is_dir():
        raise Refused(RefusalKind.BAD_INPUT, "The folder of the file is not there")


def write_letter(target: Path, pdf: bytes) -> None:
    """Write beside the file and rename, so that no half letter is ever left.

    Raises:
        Refused: the place cannot be written.
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(pdf)
        beside.replace(target)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Refused(
            RefusalKind.BAD_INPUT, "The letter cannot be written there: check the folder"
        ) from fault
