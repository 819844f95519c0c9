"""Word that an act was committed, at this desk or another, for those who show the book.

Source: data-and-sync.md 8: PostgreSQL tells branch, aggregate, id and sequence at commit; what was
told while nobody listened is lost, so whoever listens again compares the ends of the audit chains.
A SQLite file tells nobody: its ends are read again twice a second.
"""

import json
import select as readiness
import socket
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Engine, select

from db.engine import open_connection, translated_errors
from db.guards.monitor import CHANNEL
from db.records.refusals import BookUnreachable
from db.tables.desk import audit_heads

Heads = dict[int, int]
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Notice:
    """That a branch's audit chain has grown; what was told of its newest act, where it was told.

    Attributes:
        version: the sequence of the chain's newest entry.
        aggregate, aggregate_id: of the act told; empty and None after a silence.
    """

    branch_id: int
    version: int
    aggregate: str = ""
    aggregate_id: UUID | None = None


class Notices(Protocol):
    """What tells of acts; one thread waits, any thread may stop it."""

    def wait(self, seconds: float) -> tuple[Notice, ...]:
        """Wait for acts, at most so long; nothing where none was told or `stop` was called.

        Raises:
            BookUnreachable: the book cannot be reached; wait again to try again.
        """

    def stop(self) -> None:
        """End the waiting, now and for good."""


def open_notices(engine: Engine) -> Notices:
    """Listen to a book from now on; nothing is opened before the first `wait`."""
    if engine.dialect.name == "postgresql":
        return ServerNotices(engine)
    return FileNotices(engine)


def heads_of(engine: Engine) -> Heads:
    """Where each branch's audit chain ends."""
    with open_connection(engine, reading=True) as connection:
        rows = connection.execute(select(audit_heads.c.branch_id, audit_heads.c.sequence))
        return {row.branch_id: row.sequence for row in rows}


def _grown(before: Heads | None, after: Heads) -> tuple[Notice, ...]:
    """Nothing the first time: what stood before the waiting is no news."""
    if before is None:
        return ()
    return tuple(
        Notice(branch_id, sequence)
        for branch_id, sequence in sorted(after.items())
        if before.get(branch_id) != sequence
    )


class ServerNotices:
    """PostgreSQL's own notices, on a connection of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._driver: Any = None
        self._heads: Heads | None = None
        self._woken, self._waker = socket.socketpair()

    def wait(self, seconds: float) -> tuple[Notice, ...]:
        """See `Notices.wait`."""
        with translated_errors():
            if self._driver is None:
                self._listen()
                missed = self._compare()
                if missed:
                    return missed
            return self._told(seconds)

    def stop(self) -> None:
        """See `Notices.stop`."""
        self._waker.send(b"x")

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()
        driver.autocommit = True
        with driver.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self._driver = driver

    def _compare(self) -> tuple[Notice, ...]:
        now = heads_of(self._engine)
        missed, self._heads = _grown(self._heads, now), now
        return missed

    def _told(self, seconds: float) -> tuple[Notice, ...]:
        driver, until = self._driver, monotonic() + seconds
        while not driver.notifies:
            left = max(until - monotonic(), 0)
            ready, _, _ = readiness.select([driver, self._woken], [], [], left)
            if self._woken in ready:
                driver.close()
            if not ready or self._woken in ready:
                return ()
            self._poll()
        told = tuple(_notice(one.payload) for one in driver.notifies)
        driver.notifies.clear()
        self._heads = {**(self._heads or {}), **{one.branch_id: one.version for one in told}}
        return told

    def _poll(self) -> None:
        try:
            self._driver.poll()
        except Exception as error:
            self._driver = None
            # The driver's own error does not come through SQLAlchemy here.
            raise BookUnreachable from error


class FileNotices:
    """A SQLite file, looked at now and then: reading the ends takes no lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._heads: Heads | None = None
        self._woken, self._waker = socket.socketpair()

    def wait(self, seconds: float) -> tuple[Notice, ...]:
        """See `Notices.wait`."""
        until = monotonic() + seconds
        while True:
            now = heads_of(self._engine)
            grown, self._heads = _grown(self._heads, now), now
            left = until - monotonic()
            if grown or left <= 0:
                return grown
            woken, _, _ = readiness.select([self._woken], [], [], min(_LOOK_SECONDS, left))
            if woken:
                return ()

    def stop(self) -> None:
        """See `Notices.stop`."""
        self._waker.send(b"x")


def _notice(payload: str) -> Notice:
    told = json.loads(payload)
    whose = told["id"]
    return Notice(
        told["branch"], told["version"], told["aggregate"], None if whose is None else UUID(whose)
    )
