"""Bring a book's schema up or down, and say where it stands.

Alembic as package data, driven from code: no ini file, no command line. The revisions' DDL stands
in `sql/`, frozen per engine, so a later change of the tables never changes an old revision.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from db.engine import translated_errors
from db.records.refusals import SchemaTooNew, SchemaTooOld
from db.tables.shipped_rows import ShippedData

_HERE = Path(__file__).resolve().parent
SHIPPED_ATTRIBUTE = "shipped"
CONNECTION_ATTRIBUTE = "connection"


def upgrade(engine: Engine, shipped: ShippedData, to: str = "head") -> None:
    """Bring the schema up and write the shipped rows; safe to repeat.

    Raises:
        SchemaTooNew: the book was made by a newer version.
        BookUnreachable, BookBusy: no connection, or another writer.
    """
    with _configuration(engine, shipped) as configuration, _known_revision():
        command.upgrade(configuration, to)


def bring_current(engine: Engine, shipped: ShippedData, *, lift: bool) -> str | None:
    """Make an empty book, lift an older one, and refuse any other that is not this program's.

    A SQLite file is lifted at opening, after a copy of it was laid beside it: the desk it belongs
    to has nobody else to do it. A server's book is lifted only where `lift` says so (`migrate`).

    Returns:
        The revision found, None for an empty database.

    Raises:
        SchemaTooOld, SchemaTooNew: the book stays as it is.
    """
    found = current(engine)
    if found is None:
        upgrade(engine, shipped)
    elif found != head() and found in _known() and (lift or engine.dialect.name == "sqlite"):
        if engine.dialect.name == "sqlite":
            _keep_copy(engine, found)
        upgrade(engine, shipped)
    ensure_current(engine)
    return found


def _keep_copy(engine: Engine, revision: str) -> None:
    """Copy a SQLite file beside itself, whole whatever its journal holds; an older copy stays."""
    copy = Path(f"{engine.url.database}.before-{revision}")
    if copy.exists():
        return
    with translated_errors(), closing(engine.raw_connection()) as connection:
        # The driver's own connection: SQLAlchemy would begin, and VACUUM works outside only.
        connection.cursor().execute("VACUUM INTO ?", (str(copy),))


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the schema down; what its tables held is lost."""
    with _configuration(engine, None) as configuration, _known_revision():
        command.downgrade(configuration, to)


def current(engine: Engine) -> str | None:
    """Return the revision of a book, None for an empty database."""
    with translated_errors(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Return the revision of this program."""
    found = _scripts(Config()).get_current_head()
    return found or ""


def ensure_current(engine: Engine) -> None:
    """Refuse a book whose schema is not this program's.

    Raises:
        SchemaTooOld: it is empty or of an older version.
        SchemaTooNew: it is of a newer version.
    """
    found = current(engine)
    if found == head():
        return
    if found is None:
        message = "This book has no tables yet: run migrate once"
        raise SchemaTooOld(message)
    raise SchemaTooOld if found in _known() else SchemaTooNew


def _known() -> set[str]:
    return {script.revision for script in _scripts(Config()).walk_revisions()}


@contextmanager
def _configuration(engine: Engine, shipped: ShippedData | None) -> Iterator[Config]:
    """One transaction for the whole way: both engines roll DDL back."""
    with translated_errors(), engine.begin() as connection:
        yield _config(connection, shipped)


def _config(connection: Connection, shipped: ShippedData | None) -> Config:
    configuration = Config()
    _scripts(configuration)
    configuration.attributes[CONNECTION_ATTRIBUTE] = connection
    configuration.attributes[SHIPPED_ATTRIBUTE] = shipped
    return configuration


def _scripts(configuration: Config) -> ScriptDirectory:
    # A per cent sign in the path would be read as interpolation.
    configuration.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return ScriptDirectory.from_config(configuration)


@contextmanager
def _known_revision() -> Iterator[None]:
    """Alembic says of a revision it does not know only that it cannot be located."""
    try:
        yield
    except CommandError as error:
        raise SchemaTooNew from error
