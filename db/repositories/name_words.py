"""The words of customers' names in the book: written with the customer, found by fragment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, delete
from sqlalchemy.dialects import postgresql, sqlite

from db.repositories.session import Session
from db.tables.name_search import LEAST_ENDING, name_endings, name_words

Values = Mapping[str, Any]


def write_words(session: Session, rows: Sequence[Values]) -> None:
    """Write the words of new customers in two statements.

    Args:
        session: the open book.
        rows: values of `customers`; branch_id, customer_id and search_name are read.
    """
    session.write(name_words, [value for row in rows for value in _words_of(row)])
    pairs = {(row["branch_id"], word) for row in rows for word in str(row["search_name"]).split()}
    endings = [
        {"branch_id": branch_id, "ending": ending, "word": word}
        for branch_id, word in sorted(pairs, key=str)
        for ending in endings_of(word)
    ]
    if endings:
        on_engine = postgresql if session.connection.dialect.name == "postgresql" else sqlite
        # Two desks may bring the same word: whoever comes second has nothing to add.
        statement = on_engine.insert(name_endings).on_conflict_do_nothing()
        session.connection.execute(statement, endings)


def rewrite_words(session: Session, before: RowMapping, after: Values) -> None:
    """Write the words of a customer whose name may have changed.

    Words that nobody has any more stay known to the branch: they find nobody.
    """
    if before["search_name"] == after["search_name"]:
        return
    session.change(
        delete(name_words).where(
            name_words.c.branch_id == before["branch_id"],
            name_words.c.word.in_(str(before["search_name"]).split()),
            name_words.c.search_name == before["search_name"],
            name_words.c.customer_id == before["customer_id"],
        )
    )
    write_words(session, [after])


def endings_of(word: str) -> Iterable[str]:
    """Return a word and its endings of at least three letters, longest first.

    >>> list(endings_of("reddy"))
    ['reddy', 'eddy', 'ddy']
    >>> list(endings_of("a"))
    ['a']
    """
    return (word[start:] for start in range(max(len(word) - LEAST_ENDING, 0) + 1))


def _words_of(row: Values) -> list[Values]:
    same = {name: row[name] for name in ("branch_id", "search_name", "customer_id")}
    return [same | {"word": word} for word in sorted(set(str(row["search_name"]).split()))]
