"""A small sample book as real programs use it: a file in a folder, or a database of a server."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import create_engine, text

from app.book_ports import BookPorts
from tests.conftest import PROJECT, PostgresServer

SMALL = ("--customers", "40", "--applications", "60")
WRITERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_xid IS NOT NULL"
)


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
        return BookPorts(self.address or f"sqlite:///{self._file}", self.folder, self.folder)

    @property
    def _file(self) -> Path:
        [file] = self.folder.glob("*.sqlite3")
        return file

    def kill(self, process: subprocess.Popen) -> bool:
        """End a program of this book as a power cut does; whether it had begun to write.

        It is stopped first, so that what is found of its transaction is what the kill meets.
        """
        process.send_signal(signal.SIGSTOP)
        if process.returncode is not None:  # it had come to its end
            return False
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        inside = self._is_being_written()
        process.kill()
        return inside

    def _is_being_written(self) -> bool:
        """Whether some program has the file's write lock, or has written to the database."""
        if self.address is None:
            with closing(sqlite3.connect(self._file, timeout=0, isolation_level=None)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error):
                        raise
                    return True
                other.execute("ROLLBACK")
                return False
        engine = create_engine(self.address)
        with engine.connect() as connection:
            writers = connection.execute(WRITERS).scalar()
        engine.dispose()
        return bool(writers)

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
