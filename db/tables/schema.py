"""Every table of the book, known to one metadata."""

from sqlalchemy import Table

from db.tables import (
    applications,
    attachments,
    cases,
    customer_life,
    customers,
    desk,
    documents,
    follow_up,
    loan_account,
    loans,
    monitor,
    name_search,
    reference,
)
from db.tables.columns import METADATA

# Named here so that importing this module is what declares the schema.
TABLE_MODULES = (
    customers,
    name_search,
    customer_life,
    applications,
    attachments,
    cases,
    documents,
    loans,
    loan_account,
    follow_up,
    monitor,
    reference,
    desk,
)
METADATA_OF_THE_BOOK = METADATA


def tables_in_order() -> list[Table]:
    """All tables, parents before children."""
    return METADATA.sorted_tables
