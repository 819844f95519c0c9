"""Words of names that are spelled nearly as typed: "redy" means Reddy.

The branch's different words are few beside its customers, so that the candidates are read by the
index of endings and measured here; no engine needs an extension for it.
"""

from typing import Any

from sqlalchemy import Select, func, or_, select

from db.repositories.name_search import all_named, starts_with, typed
from db.repositories.session import Session
from db.tables.name_search import LEAST_ENDING, name_endings, name_words

LEAST_LETTERS = 3
_SHORT = 4
_MOST_CANDIDATES = 4_000
_MOST_NEAR = 12


def near_words(session: Session, branch_id: int, word: str) -> tuple[str, ...]:
    """Return the words of the branch that one slip (two from five letters on) makes of a word.

    The nearest come first, the word itself among them if it is one.
    """
    slips = _slips(word)
    if not slips:
        return ()
    rows = session.connection.execute(_candidates(branch_id, word, slips)).all()
    measured = ((distance(word, one, slips), one) for (one,) in rows)
    return tuple(one for far, one in sorted(measured) if far <= slips)[:_MOST_NEAR]


def suggestion(session: Session, branch_id: int, search: str) -> str | None:
    """Return what a search text that finds nobody may have meant; None without a guess.

    Only words that nobody's name has are replaced, and only by what then finds somebody.
    """
    words = typed(search)
    if words is None:
        return None
    chosen = [_meant(session, branch_id, word) for word in words.in_order]
    meant = [word for word in chosen if word is not None]
    if len(meant) < len(chosen) or tuple(meant) == words.in_order:
        return None
    found = _found(session, branch_id, meant)
    return " ".join(word.capitalize() for word in meant) if found else None


def near_named(branch_id: int, groups: list[tuple[str, ...]]) -> "Select[Any]":
    """Return the query for customers who have a word of each group."""
    first, *others = groups
    query = select(name_words.c.customer_id).where(
        name_words.c.branch_id == branch_id, name_words.c.word.in_(first)
    )
    for place, group in enumerate(others):
        other = name_words.alias(f"other_{place}")
        query = query.where(
            name_words.c.customer_id.in_(
                select(other.c.customer_id).where(
                    other.c.branch_id == branch_id, other.c.word.in_(group)
                )
            )
        )
    return query


def distance(one: str, other: str, most: int) -> int:
    """Count the slips between two words: a letter more, less, wrong, or two swapped.

    Counting stops at `most` + 1.

    >>> distance("redy", "reddy", 2), distance("rvai", "ravi", 2), distance("khan", "reddy", 2)
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, there in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != there))
            swapped = at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == there
            row.append(min(cost, earlier[place - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _slips(word: str) -> int:
    if len(word) < LEAST_LETTERS:
        return 0
    return 1 if len(word) <= _SHORT else 2


def _candidates(branch_id: int, word: str, slips: int) -> "Select[Any]":
    """Words with the same first letter, or with three letters in a row of the typed word."""
    ending, whole = name_endings.c.ending, name_endings.c.word
    pieces = {word[at : at + LEAST_ENDING] for at in range(len(word) - LEAST_ENDING + 1)}
    same_start = (ending == whole) & starts_with(ending, word[0])
    shared = [starts_with(ending, piece) for piece in sorted(pieces)]
    near_length = func.length(whole).between(len(word) - slips, len(word) + slips)
    found = select(whole).where(
        name_endings.c.branch_id == branch_id, or_(same_start, *shared), near_length
    )
    return found.distinct().limit(_MOST_CANDIDATES)


def _meant(session: Session, branch_id: int, word: str) -> str | None:
    """The word itself if it finds somebody, else the nearest that most people have."""
    if len(word) < LEAST_LETTERS or _found(session, branch_id, [word]):
        return word
    near = near_words(session, branch_id, word)
    nearest = [one for one in near if distance(word, one, 2) == distance(word, near[0], 2)]
    own = (name_words.c.branch_id == branch_id, name_words.c.word.in_(nearest))
    frequent = (
        select(name_words.c.word)
        .where(*own)
        .group_by(name_words.c.word)
        .order_by(func.count().desc(), name_words.c.word)
        .limit(1)
    )
    return session.connection.execute(frequent).scalar() if nearest else None


def _found(session: Session, branch_id: int, words: list[str]) -> bool:
    query = all_named(branch_id, " ".join(words))
    return query is None or session.first(query.limit(1)) is not None
