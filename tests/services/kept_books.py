"""Books that are filled once a session for each engine; every test that asks has its own copy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine

from app.services.steps.desk import Desk
from db.engine import make_engine

if TYPE_CHECKING:
    from pathlib import Path

Fill = Callable[..., Any]
_TOLD: dict[tuple[str, Fill], Any] = {}
_FILES: dict[Fill, bytes] = {}


@dataclass(frozen=True)
class KeptBooks:
    """Books of the engine that a test asks for.

    Attributes:
        migrate: makes the tables of an empty book.
        desk_at: a desk with nobody at it.
    """

    request: pytest.FixtureRequest
    migrate: Callable[[str], None]
    desk_at: Callable[[Engine], Desk]

    @contextmanager
    def copy(self, fill: Fill, words: tuple[object, ...]) -> Iterator[tuple[Desk, Any]]:
        """A desk at a copy of the book that was filled, and what was told of it."""
        sqlite = self.request.param == "sqlite"
        with self._file(fill, words) if sqlite else self._database(fill, words) as url:
            engine = make_engine(url)
            yield self.desk_at(engine), _TOLD[self.request.param, fill]
            engine.dispose()

    @contextmanager
    def _file(self, fill: Fill, words: tuple[object, ...]) -> Iterator[str]:
        folder: Path = self.request.getfixturevalue("tmp_path")
        file = folder / f"{fill.__qualname__}.sqlite3"
        url = f"sqlite:///{file}"
        if fill not in _FILES:
            file.write_bytes(self.request.getfixturevalue("empty_book").read_bytes())
            self._fill(url, fill, words)
            _FILES[fill] = file.read_bytes()
        file.write_bytes(_FILES[fill])
        yield url

    @contextmanager
    def _database(self, fill: Fill, words: tuple[object, ...]) -> Iterator[str]:
        server = self.request.getfixturevalue("postgres_server")
        name = f"{fill.__module__}.{fill.__qualname__}"
        filled = server.template(
            name,
            lambda url: self._fill(url, fill, words),
            server.template("book", self.migrate),
        )
        database = server.fresh(filled)
        yield server.url(database)
        server.drop(database)

    def _fill(self, url: str, fill: Fill, words: tuple[object, ...]) -> None:
        engine = make_engine(url)
        _TOLD[self.request.param, fill] = fill(self.desk_at(engine), *words)
        engine.dispose()
