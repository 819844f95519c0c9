"""Where the words of customers' names are found: an index of our own, the same on both engines.

A trigram extension would have to be there, walks every match before it can sort, and is of no use
under row-level security (its operators may leak); an equality on words has none of these faults.
Both tables follow from `customers.search_name` and are written in the same transaction.
"""

from sqlalchemy import Column, Index, Table

from db.tables.columns import METADATA, PLAIN_TEXT, Key, branch, parent

LEAST_ENDING = 3
"""Shorter endings are not kept: fewer letters are looked for at the start of a name only."""

# One row a word of a name. The name stands in the key, so that a word's customers come sorted.
name_words = Table(
    "name_words",
    METADATA,
    branch(),
    Column("word", PLAIN_TEXT, primary_key=True),
    Column("search_name", PLAIN_TEXT, primary_key=True),
    Column("customer_id", Key(), primary_key=True),
    parent("customer_id", "customers"),
    Index("ix_name_words_customer", "branch_id", "customer_id"),
    sqlite_with_rowid=False,
)

# The branch's different words, each by every ending: a fragment is the start of an ending.
name_endings = Table(
    "name_endings",
    METADATA,
    branch(),
    Column("ending", PLAIN_TEXT, primary_key=True),
    Column("word", PLAIN_TEXT, primary_key=True),
    sqlite_with_rowid=False,
)
