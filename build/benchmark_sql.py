"""How a benchmark fills a book set-based, and how each engine says numbers, ids and dates."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

Driver = Any
"""What SQLAlchemy or a driver hands over; neither is imported before it is needed."""


@dataclass(frozen=True)
class Words:
    """How an engine says what both mean."""

    server: bool

    def series(self, last: str, name: str) -> str:
        """Numbers from 0 on as the column `n` of a table."""
        if self.server:
            return f"generate_series(0, {last}) AS {name}(n)"
        more = f"VALUES (0) UNION ALL SELECT n + 1 FROM s WHERE n < {last}"  # noqa: S608  # our own words
        return f"(WITH RECURSIVE s(n) AS ({more}) SELECT n FROM s) AS {name}"  # noqa: S608  # our own words

    def key(self, kind: int, number: str) -> str:
        """The id of a record."""
        if self.server:
            text = f"'0{kind}000000-0000-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0')"
            return f"({text})::uuid"
        return f"key_of({kind}, {number})"

    def months(self, day: str, number: str) -> str:
        """A day some months later."""
        if self.server:
            return f"({day} + make_interval(months => ({number})::int))::date"
        return f"date({day}, ({number}) || ' months')"

    def days(self, day: str, number: str) -> str:
        """A day some days later."""
        return (
            f"({day} + ({number})::int)" if self.server else f"date({day}, ({number}) || ' days')"
        )

    def day(self, day: date) -> str:
        """A day as a value."""
        return f"DATE '{day.isoformat()}'" if self.server else f"'{day.isoformat()}'"

    def moment(self, day: str) -> str:
        """The morning of a day."""
        return day if self.server else f"{day} || ' 06:00:00.000000'"

    @property
    def no(self) -> str:
        """What is not so."""
        return "false" if self.server else "0"

    @property
    def now(self) -> str:
        """Some moment."""
        return "now()" if self.server else "'2026-09-30 12:00:00.000000'"


def pick(words: Sequence[str], number: str) -> str:
    """One of the words, by the remainder of a number."""
    steps = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {steps} END"


def insert(table: str, values: Mapping[str, object], source: str) -> str:
    """Rows of a table from expressions over a source."""
    names, each = ", ".join(values), ", ".join(str(one) for one in values.values())
    return f"INSERT INTO {table} ({names}) SELECT {each} FROM {source}"  # noqa: S608  # our own words


_FILLED = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0
    AND relnamespace = 'public'::regnamespace
"""


def fill(engine: Driver, say: Words, tables: Iterable[str], statements: Iterable[str]) -> None:
    """Run what fills these tables of a migrated book; indexes are made once the rows are in."""
    with _unindexed(engine, say, tables) as run:
        for statement in statements:
            run(statement.replace("%", "%%") if say.server else statement)
    if say.server:
        with engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            # Not of all tables: one known to be empty is read whole by every guard of a new row.
            filled = plain.exec_driver_sql(_FILLED).scalars().all()
            plain.exec_driver_sql(f"VACUUM ANALYZE {', '.join(filled)}")


@contextmanager
def _unindexed(engine: Driver, say: Words, tables: Iterable[str]) -> Iterator[Driver]:
    """Take indexes and checks away and bring them back."""
    named = ", ".join(f"'{name}'" for name in tables)
    with engine.begin() as connection:
        run = connection.exec_driver_sql
        if say.server:
            found = run(
                "SELECT indexname, indexdef FROM pg_indexes WHERE indexname NOT LIKE 'pk_%%' "  # noqa: S608  # our own words
                f"AND tablename IN ({named})"
            ).all()
            run("SET LOCAL session_replication_role = replica")
            run("SET LOCAL maintenance_work_mem = '512MB'")
        else:
            driver = connection.connection.driver_connection
            driver.create_function("key_of", 2, _key_of, deterministic=True)
            found = run(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "  # noqa: S608  # our own words
                f"AND tbl_name IN ({named})"
            ).all()
            run("PRAGMA defer_foreign_keys = ON")
        for name, _ in found:
            run(f"DROP INDEX {name}")
        yield run
        for _, statement in found:
            run(statement)
        if not say.server:
            run("ANALYZE")


def _key_of(kind: int, number: int) -> bytes:
    return UUID(int=(kind << 120) + (0x7000_8000 << 48) + number).bytes


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
