"""Figures of single loans are kept between acts: security, class moves and sizes of every branch.

They take the place of the security cells of revision 0014. A book that comes from there has none
that hold: the next day-end, or the first look, counts them.
"""

from alembic import op

from db.migrations import frozen_ddl

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BEFORE, _GONE = "0014", "security_cells"
_BRANCHES = "INSERT INTO counted_positions (branch_id) SELECT DISTINCT branch_id FROM loans"


def upgrade() -> None:
    """Make the tables and the mark of a cell that has moved."""
    connection = op.get_bind()
    connection.exec_driver_sql(f"DROP TABLE {_GONE}")
    connection.exec_driver_sql(
        "ALTER TABLE portfolio_cells ADD COLUMN counted INTEGER DEFAULT '0' NOT NULL"
    )
    frozen_ddl.create(connection, revision)
    connection.exec_driver_sql(_BRANCHES)


def downgrade() -> None:
    """Bring the security cells back, empty: the day-end counts them."""
    connection = op.get_bind()
    frozen_ddl.drop(connection, revision)
    connection.exec_driver_sql("DROP INDEX ix_portfolio_cells_uncounted")
    connection.exec_driver_sql("ALTER TABLE portfolio_cells DROP COLUMN counted")
    for statement in frozen_ddl.statements(_BEFORE, connection.dialect.name):
        if f" {_GONE} " in statement:
            connection.exec_driver_sql(statement.rstrip(";"))
