"""Run the frozen DDL of a revision: one file an engine, statements parted by a blank line.

No per cent signs in them: one of the drivers would read those as parameters.
"""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

_FOLDER = Path(__file__).resolve().parent / "sql"
_CREATE_TABLE = "CREATE TABLE "


def statements(revision: str, engine_name: str) -> list[str]:
    """Return the statements of a revision's file in their order."""
    text = (_FOLDER / f"{revision}_{engine_name}.sql").read_text(encoding="utf-8")
    return [part.strip() for part in text.split(";\n\n") if part.strip().rstrip(";")]


def create(connection: Connection, revision: str) -> None:
    """Run the revision's file."""
    for statement in statements(revision, connection.dialect.name):
        connection.exec_driver_sql(statement.rstrip(";"))


def restore_functions(connection: Connection, revision: str, names: Iterable[str]) -> None:
    """Put functions of PostgreSQL back as an earlier revision wrote them."""
    for name in names:
        start = f"CREATE FUNCTION {name}("
        (made,) = (each for each in statements(revision, "postgresql") if each.startswith(start))
        connection.exec_driver_sql(made.rstrip(";").replace("CREATE", "CREATE OR REPLACE", 1))


def drop(connection: Connection, revision: str) -> None:
    """Drop the tables that the revision's file creates, children first."""
    made = [
        statement.removeprefix(_CREATE_TABLE).split()[0]
        for statement in statements(revision, connection.dialect.name)
        if statement.startswith(_CREATE_TABLE)
    ]
    for table in reversed(made):
        connection.exec_driver_sql(f"DROP TABLE {table}")
