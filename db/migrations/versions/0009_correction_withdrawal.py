"""A correction that waits may be withdrawn by its maker: checks of both engines and the guard.

SQLite cannot change a CHECK, so the table is written anew there.
"""

from alembic import op

from db.migrations import frozen_ddl

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FIRST = "0003"  # the revision that made the table
_CHECK = "ck_fact_corrections_decided_by_somebody"
_NEW_CHECK = "ck_fact_corrections_withdrawn_by_its_maker"


def upgrade() -> None:
    """Allow the withdrawal, and nothing else."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Forbid it again; withdrawn proposals are lost, the older checks have no place for them."""
    connection = op.get_bind()
    run = connection.exec_driver_sql
    if connection.dialect.name == "postgresql":
        run("ALTER TABLE fact_corrections DISABLE TRIGGER guard_fact_corrections")
        run("DELETE FROM fact_corrections WHERE state = 'Closed'")
        run("ALTER TABLE fact_corrections ENABLE TRIGGER guard_fact_corrections")
        run(f"ALTER TABLE fact_corrections DROP CONSTRAINT {_NEW_CHECK}")
        run(f"ALTER TABLE fact_corrections DROP CONSTRAINT {_CHECK}")
        run(
            f"ALTER TABLE fact_corrections ADD CONSTRAINT {_CHECK} CHECK "
            "(state = 'Proposed' OR decided_by IS NOT NULL OR NOT two_persons)"
        )
        frozen_ddl.restore_functions(connection, _FIRST, ["guard_fact_corrections"])
        return
    run("ALTER TABLE fact_corrections RENAME TO corrections_withdrawn")
    run("DROP INDEX ix_fact_corrections_customer")
    run("DROP INDEX ix_fact_corrections_state")
    for statement in frozen_ddl.statements(_FIRST, "sqlite"):
        if "fact_corrections" in statement:
            run(statement.rstrip(";"))
    run(
        "INSERT INTO fact_corrections SELECT * FROM corrections_withdrawn WHERE state <> 'Closed'"
    )
    run("DROP TABLE corrections_withdrawn")
