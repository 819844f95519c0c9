"""What a verb is: name, arguments, and the function that answers; and who must be there for it."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.services.steps.desk import Desk


class Access(StrEnum):
    """Who must be known before a verb runs.

    NO_BOOK opens nothing; OPEN needs nobody; MIGRATES needs nobody and may lift an older book;
    READS and WRITES need a person (the sandbox has its own); SANDBOX works on the sandbox book,
    which may have nobody yet.
    """

    NO_BOOK = "no book"
    OPEN = "open"
    MIGRATES = "migrates"
    READS = "reads"
    WRITES = "writes"
    SANDBOX = "sandbox"


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. `name` may have two words; `run` returns plain JSON values or an Answered."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Desk], object]
    access: Access = Access.READS


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with an exit code of its own, such as 10 when a check fails."""

    answer: object
    exit_code: int


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """Which desk a verb works on, as given on the command line; None = not given."""

    data_dir: str | None = None
    database: str | None = None
    branch: str | None = None
    as_of: date | None = None
    config: str | None = None
    lang: str | None = None
    sandbox: bool = False
    opens_book: bool = True
    migrates: bool = False


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing."""


def day_of(text: str) -> date:
    """A date given on the command line.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        message = f"a date looks like 2026-09-30: this one is {text[:20]!r}"
        raise argparse.ArgumentTypeError(message) from fault
