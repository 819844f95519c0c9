"""Papers attached to applications, sealed."""

from alembic import op

from db.migrations import frozen_ddl

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Drop it; the papers are lost."""
    frozen_ddl.drop(op.get_bind(), revision)
