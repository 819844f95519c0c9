"""The tests' own PostgreSQL: real, fresh for each test, copied from a template once filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy

if TYPE_CHECKING:
    from tests.conftest import PostgresServer


def _run(url: str, *statements: str) -> list[tuple[object, ...]]:
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements[:-1]:
                connection.execute(sqlalchemy.text(statement))
            return [tuple(row) for row in connection.execute(sqlalchemy.text(statements[-1]))]
    finally:
        engine.dispose()


def test_a_fresh_database_answers_as_postgresql(postgres_url: str) -> None:
    (row,) = _run(postgres_url, "SELECT version(), current_setting('server_encoding')")
    assert str(row[0]).startswith("PostgreSQL ")
    assert row[1] == "UTF8"


def test_databases_do_not_share_rows(postgres_server: PostgresServer, postgres_url: str) -> None:
    _run(postgres_url, "CREATE TABLE t (n int)", "SELECT 1")
    other = postgres_server.fresh()
    count = _run(postgres_server.url(other), "SELECT count(*) FROM pg_tables WHERE tablename='t'")
    postgres_server.drop(other)
    assert count == [(0,)]


def test_a_template_is_filled_once_and_copied(postgres_server: PostgresServer) -> None:
    fills: list[str] = []

    def fill(url: str) -> None:
        fills.append(url)
        _run(url, "CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)", "SELECT 1")

    for _ in range(2):
        copy = postgres_server.fresh(postgres_server.template("fixture-test", fill))
        assert _run(postgres_server.url(copy), "SELECT n FROM t") == [(7,)]
        postgres_server.drop(copy)
    assert len(fills) == 1
