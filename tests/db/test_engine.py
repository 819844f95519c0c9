"""The engine's promises: durable, checked SQLite; time-limited PostgreSQL in UTC."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.engine import make_engine, open_connection, translated_errors
from db.records.refusals import BookBusy


def test_settings_of_a_connection(engine: Engine) -> None:
    with open_connection(engine) as connection:

        def setting(statement: str) -> object:
            return connection.execute(text(statement)).scalar()

        if engine.dialect.name == "sqlite":
            assert setting("PRAGMA journal_mode") == "wal"
            assert setting("PRAGMA synchronous") == 2
            assert setting("PRAGMA foreign_keys") == 1
            assert setting("PRAGMA busy_timeout") == 5000
        else:
            assert setting("SHOW statement_timeout") == "5s"
            assert setting("SHOW timezone") == "UTC"
            assert setting("SHOW transaction_isolation") == "read committed"


def test_errors_hide_what_was_bound(engine: Engine) -> None:
    assert engine.hide_parameters
    assert make_engine("postgresql://x/y").driver == "psycopg2"


def test_an_exhausted_pool_is_busy() -> None:
    with pytest.raises(BookBusy), translated_errors():
        raise PoolTimeoutError
