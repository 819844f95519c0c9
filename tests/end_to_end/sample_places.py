"""A small sample book as real programs use it: a file in a folder, or a database of a server."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.book_ports import BookPorts
from tests.conftest import PROJECT, PostgresServer

SMALL = ("--customers", "40", "--applications", "60")


@dataclass(frozen=True)
class Place:
    """Where a book is.

    Attributes:
        folder: with its keys, and the book itself where there is no server.
        server, database: None for a file.
    """

    folder: Path
    server: PostgresServer | None = None
    database: str = ""

    @property
    def address(self) -> str | None:
        return None if self.server is None else self.server.url(self.database)

    @property
    def words(self) -> list[str]:
        """The options of a verb that name this book."""
        chosen = [] if self.address is None else ["--database", self.address]
        return ["--data-dir", str(self.folder), *chosen]

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(PROJECT / "main.py"), *words, *self.words, "--json"]

    def run(self, *words: str) -> None:
        subprocess.run(self.command(*words), check=True, capture_output=True)

    def ports(self) -> BookPorts:
        """The book, read by this process."""
        if self.address is not None:
            return BookPorts(self.address, self.folder, self.folder)
        [file] = self.folder.glob("*.sqlite3")
        return BookPorts(f"sqlite:///{file}", self.folder, self.folder)

    def copy(self, folder: Path) -> Self:
        """The same book again, for one run that is broken off."""
        shutil.copytree(self.folder, folder)
        if self.server is None:
            return type(self)(folder)
        return type(self)(folder, self.server, self.server.fresh(self.database))

    def remove(self) -> None:
        if self.server is not None:
            self.server.drop(self.database)


def sample_place(folder: Path, server: PostgresServer | None) -> Place:
    """A new sample book."""
    place = Place(folder, server, "" if server is None else server.fresh())
    if server is not None:
        place.run("migrate")
    place.run("sample-data", *SMALL)
    return place
