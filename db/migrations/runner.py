"""Bring a book's schema up or down, and say where it stands.

Alembic as package data, driven from code: no ini file, no command line. The revisions' DDL stands
in `sql/`, frozen per engine, so a later change of the tables never changes an old revision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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
    known = {script.revision for script in _scripts(Config()).walk_revisions()}
    raise SchemaTooOld if found in known else SchemaTooNew


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
