"""The words of customers' names, found by word and by fragment; filled from the customers."""

import sqlalchemy as sa
from alembic import op

from db.migrations import frozen_ddl

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHUNK = 5_000
_LEAST_ENDING = 3
_WORDS = sa.table("name_words", *map(sa.column, ("branch_id", "word", "search_name", "customer_id")))
_ENDINGS = sa.table("name_endings", *map(sa.column, ("branch_id", "ending", "word")))


def upgrade() -> None:
    """Create the tables and write the words of every name."""
    connection = op.get_bind()
    frozen_ddl.create(connection, revision)
    known: set[tuple[int, str]] = set()
    found = connection.exec_driver_sql("SELECT branch_id, customer_id, search_name FROM customers")
    while rows := found.fetchmany(_CHUNK):
        words = [
            {
                "branch_id": branch_id,
                "word": word,
                "search_name": search_name,
                "customer_id": customer_id,
            }
            for branch_id, customer_id, search_name in rows
            for word in sorted(set(search_name.split()))
        ]
        new = {(one["branch_id"], one["word"]) for one in words} - known
        known |= new
        endings = [
            {"branch_id": branch_id, "ending": word[start:], "word": word}
            for branch_id, word in sorted(new)
            for start in range(max(len(word) - _LEAST_ENDING, 0) + 1)
        ]
        op.bulk_insert(_WORDS, words)
        op.bulk_insert(_ENDINGS, endings)


def downgrade() -> None:
    """Drop the tables."""
    frozen_ddl.drop(op.get_bind(), revision)
