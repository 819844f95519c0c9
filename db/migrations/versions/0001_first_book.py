"""The first book: every table of step 1, with the shipped rule rows and products."""

from alembic import context, op

from db.migrations import frozen_ddl
from db.migrations.runner import SHIPPED_ATTRIBUTE
from db.tables.reference import products, rule_values
from db.tables.shipped_rows import product_values_of, rule_values_of

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and write the shipped rows once."""
    connection = op.get_bind()
    frozen_ddl.create(connection, revision)
    shipped = context.config.attributes[SHIPPED_ATTRIBUTE]
    connection.execute(rule_values.insert(), rule_values_of(shipped))
    connection.execute(products.insert(), product_values_of(shipped))


def downgrade() -> None:
    """Drop the tables."""
    frozen_ddl.drop(op.get_bind(), revision)
