"""One engine a book: SQLite for a desk, PostgreSQL for a branch network.

SQLite: WAL, synchronous FULL, foreign keys on, BEGIN IMMEDIATE, five seconds of patience.
PostgreSQL: a small pool, READ COMMITTED, a statement timeout (data-and-sync.md 2).
Who only reads takes no lock on either, and the database itself refuses what they would write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.records.refusals import (
    BookBusy,
    BookDamaged,
    BookError,
    BookSlow,
    BookStopped,
    BookUnreachable,
)
from db.running_work import interruptible, refuse_if_stopped, was_stopped

BookEngine = Engine
"""What opens the book, for those who may not import the SQL library."""

READING = "kasauti_reading"
SCREEN_TIMEOUT_MS = 5_000
JOB_TIMEOUT_MS = 60_000
_BUSY_SECONDS = 5
_LOOK_MS = 50  # how long SQLite waits for a lock before it is asked whether to go on
_POOL_SIZE = 3
_RETRY_STATES = frozenset({"40001", "40P01", "55P03"})  # serialisation, deadlock, lock
_TIMED_OUT = "57014"
_LOCKED = "database is locked"


def make_engine(url: str, statement_timeout_ms: int = SCREEN_TIMEOUT_MS) -> Engine:
    """Make the engine of a book; nothing is opened yet.

    Raises:
        BookUnreachable: the address cannot be read, or names another kind of database.
    """
    try:
        address = make_url(url)
    except SQLAlchemyError as error:
        raise BookUnreachable from error
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg2")
    if address.get_backend_name() == "postgresql":
        engine = create_engine(
            address,
            pool_size=_POOL_SIZE,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": _BUSY_SECONDS,
                "options": f"-c statement_timeout={statement_timeout_ms} -c timezone=UTC",
            },
        )
        event.listen(engine, "before_cursor_execute", _look_before)
        return engine
    if address.get_backend_name() != "sqlite":
        raise BookUnreachable
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _look_before)
    return engine


def _look_before(*_call: object) -> None:
    """No statement begins for work that was stopped between two of them."""
    refuse_if_stopped()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer later could not wait for it.

    The pool hands the same connection to readers and writers, so each says which it is.
    """
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # a transaction begins on an open connection
    reading = bool(connection.get_execution_options().get(READING))
    driver.execute(f"PRAGMA query_only={int(reading)}")
    if reading:
        # Waits for nobody and so cannot fail: the driver is asked directly, pages are read often.
        driver.execute("BEGIN")
        return
    patience_ms = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute(f"PRAGMA busy_timeout={min(_LOOK_MS, patience_ms)}")
    try:
        _begin_patiently(connection, monotonic() + patience_ms / 1000)
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience_ms}")


def _begin_patiently(connection: Connection, until: float) -> None:
    """Wait for the lock in short steps: SQLite's own wait cannot be interrupted."""
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if _LOCKED not in str(error.orig) or monotonic() > until:
                raise
        else:
            return


@contextmanager
def open_connection(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """Open one connection with one transaction, rolled back unless it is committed.

    Raises:
        BookUnreachable: no connection.
        BookBusy: another writer holds the book.
        BookStopped: the thread's work was asked to stop; nothing is kept.
    """
    with translated_errors(), engine.connect() as connection:
        connection.execution_options(**{READING: reading})
        if engine.dialect.name == "postgresql" and reading:
            connection.execution_options(postgresql_readonly=True)
        with _stoppable(connection):
            connection.begin()
            yield connection


@contextmanager
def _stoppable(connection: Connection) -> Iterator[None]:
    """Let a cancel reach the statement that runs; a stopped connection is not used again.

    A server's cancel may arrive a moment after the statement ended, and would hit the next one.
    """
    refuse_if_stopped()
    driver: Any = connection.connection.driver_connection
    on_server = connection.dialect.name == "postgresql"
    try:
        with interruptible(driver.cancel if on_server else driver.interrupt):
            yield
    finally:
        if on_server and was_stopped():
            connection.invalidate()


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the driver's errors into ours, so that no SQL reaches a person.

    Raises:
        BookError: the kind that fits; errors that are not the database's pass unchanged.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise BookBusy from error
    except IntegrityError as error:
        raise BookDamaged from error
    except DBAPIError as error:
        raise _kind_of(error) from error


def _kind_of(error: DBAPIError) -> BookError:
    if was_stopped():
        return BookStopped()
    state = getattr(error.orig, "pgcode", None)
    words = str(error.orig)
    if state == _TIMED_OUT:
        return BookSlow()
    if state in _RETRY_STATES or _LOCKED in words:
        return BookBusy()
    unopened = "unable to open" in words or "not a database" in words or "disk I/O" in words
    lost = error.connection_invalidated or (state is None and error.statement is None)
    return BookUnreachable() if unopened or lost else BookDamaged()
