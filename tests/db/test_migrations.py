"""Migrated equals declared, up, down and up again, on both engines."""

from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from db.engine import make_engine
from db.migrations import runner
from db.records.refusals import SchemaTooNew, SchemaTooOld
from db.tables.schema import METADATA_OF_THE_BOOK, tables_in_order

VERSION_TABLE = "alembic_version"


def test_migrated_equals_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA_OF_THE_BOOK) == []


def _index(one: dict) -> str:
    options = {name: str(value) for name, value in one.get("dialect_options", {}).items()}
    return str({**one, "dialect_options": options})


def structure(engine: Engine) -> dict:
    """Everything the engine's catalogue knows of the schema, checks included."""
    found = inspect(engine)
    return {
        table: {
            "columns": [
                (one["name"], str(one["type"]), one["nullable"]) for one in found.get_columns(table)
            ],
            "key": found.get_pk_constraint(table),
            "parents": sorted(map(str, found.get_foreign_keys(table))),
            "indexes": sorted(map(_index, found.get_indexes(table))),
            "unique": sorted(map(str, found.get_unique_constraints(table))),
            "checks": sorted(map(str, found.get_check_constraints(table))),
        }
        for table in found.get_table_names()
        if table != VERSION_TABLE
    }


def test_checks_and_keys_equal_the_declared_ones(
    engine: Engine, request: pytest.FixtureRequest, tmp_path
) -> None:
    if engine.dialect.name == "sqlite":
        declared = make_engine(f"sqlite:///{tmp_path / 'declared.sqlite'}")
    else:
        declared = make_engine(request.getfixturevalue("postgres_url"))
    METADATA_OF_THE_BOOK.create_all(declared)
    assert structure(engine) == structure(declared)
    declared.dispose()


def test_up_down_up(empty_engine: Engine, shipped: runner.ShippedData) -> None:
    assert runner.current(empty_engine) is None
    with pytest.raises(SchemaTooOld):
        runner.ensure_current(empty_engine)
    runner.upgrade(empty_engine, shipped)
    first = structure(empty_engine)
    assert runner.current(empty_engine) == runner.head()
    runner.ensure_current(empty_engine)
    runner.upgrade(empty_engine, shipped)  # safe to repeat
    runner.downgrade(empty_engine)
    assert structure(empty_engine) == {}
    assert runner.current(empty_engine) is None
    runner.upgrade(empty_engine, shipped)
    assert structure(empty_engine) == first


def functions(engine: Engine) -> dict[str, str]:
    """Every function of the book and what it does."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT p.proname, p.prosrc FROM pg_proc p WHERE p.prokind = 'f' "
                "AND p.pronamespace = current_schema()::regnamespace"
            )
        )
        return {row.proname: row.prosrc for row in rows}


def test_every_step_back_leaves_the_guards_of_that_step(
    empty_engine: Engine, shipped: runner.ShippedData
) -> None:
    if empty_engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no functions")
    steps = [f"{number:04}" for number in range(1, int(runner.head()) + 1)]
    seen = {}
    for step in steps:
        runner.upgrade(empty_engine, shipped, step)
        seen[step] = functions(empty_engine)
    changed = {
        name
        for before, after in pairwise(seen.values())
        for name in before.keys() & after.keys()
        if before[name] != after[name]
    }
    assert {"guard_fact_corrections", "guard_loan_acts", "guard_disbursements"} <= changed
    for step in reversed(steps[:-1]):
        runner.downgrade(empty_engine, step)
        assert functions(empty_engine) == seen[step], step


def test_a_half_done_migration_leaves_nothing(
    empty_engine: Engine, shipped: runner.ShippedData
) -> None:
    broken = runner.ShippedData(shipped.rule_rows, {"products": [{}]})
    with pytest.raises(KeyError):
        runner.upgrade(empty_engine, broken)
    assert inspect(empty_engine).get_table_names() == []


def test_a_newer_book_is_left_alone(engine: Engine, shipped: runner.ShippedData) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        runner.ensure_current(engine)
    with pytest.raises(SchemaTooNew):
        runner.upgrade(engine, shipped)


GLOBAL_TABLES = {
    "rule_values",
    "rule_proposals",
    "products",
    "users",
    "models",
    "book",
    "user_branches",
    "user_authorities",
}


def test_branch_is_first_everywhere() -> None:
    for table in tables_in_order():
        if table.name in GLOBAL_TABLES:
            continue
        keys = [list(table.primary_key.columns), *(list(i.columns) for i in table.indexes)]
        keys += [list(one.columns) for one in table.foreign_key_constraints]
        for columns in keys:
            assert columns[0].name == "branch_id", table.name
        assert all(constraint.name for constraint in table.constraints), table.name


def test_an_older_book_is_lifted_and_a_server_waits_for_migrate(
    empty_engine: Engine, shipped: runner.ShippedData, tmp_path
) -> None:
    runner.upgrade(empty_engine, shipped, "0001")
    sqlite = empty_engine.dialect.name == "sqlite"
    if not sqlite:
        with pytest.raises(SchemaTooOld):
            runner.bring_current(empty_engine, shipped, lift=False)
        assert runner.current(empty_engine) == "0001"
    assert runner.bring_current(empty_engine, shipped, lift=not sqlite) == "0001"
    assert runner.current(empty_engine) == runner.head()
    assert runner.bring_current(empty_engine, shipped, lift=False) == runner.head()
    if sqlite:
        kept = make_engine(f"sqlite:///{tmp_path / 'book.sqlite.before-0001'}")
        assert runner.current(kept) == "0001"
        kept.dispose()


def test_a_copy_made_before_is_not_written_over(
    empty_engine: Engine, shipped: runner.ShippedData, tmp_path
) -> None:
    if empty_engine.dialect.name != "sqlite":
        return  # a server's book is copied by the server's own tools
    older = tmp_path / "book.sqlite.before-0001"
    older.write_bytes(b"kept")
    runner.upgrade(empty_engine, shipped, "0001")
    runner.bring_current(empty_engine, shipped, lift=False)
    assert older.read_bytes() == b"kept"
