"""How alembic runs a revision of the book: on the connection it is handed."""

from alembic import context

from db.migrations.runner import CONNECTION_ATTRIBUTE
from db.tables.schema import METADATA_OF_THE_BOOK

context.configure(
    connection=context.config.attributes[CONNECTION_ATTRIBUTE],
    target_metadata=METADATA_OF_THE_BOOK,
    transactional_ddl=False,  # the caller's transaction spans every revision
)
context.run_migrations()
