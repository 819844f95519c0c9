"""Customers by their names: which words a typed fragment means, and who has them.

Source: data-and-sync.md 2, screens.md A11. Measured on PostgreSQL at 700,000 customers: one sorted
pass over all who match takes 25 to 60 ms, the first few of each word 1 to 8 ms. A fragment that
stands in very many words (`esh`) is met so often that walking the list by name is faster still.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
)

from db.repositories.identity_columns import search_name
from db.repositories.keyset_paging import Ordering, after_place
from db.repositories.session import Session
from db.tables.customers import customers
from db.tables.name_search import LEAST_ENDING, name_endings, name_words

MANY_WORDS = 150
MANY_CUSTOMERS = 2_000
_LAST_LETTER = "\U0010ffff"
_PAIRS: dict[str, Any] = {"words": name_words, "list": customers}


class Found(NamedTuple):
    """A condition on `customers` and what it binds."""

    condition: ColumnElement[bool]
    values: dict[str, object]


class NameShape(NamedTuple):
    """What the statement of a page by name depends on.

    Attributes:
        way: "each" takes the first few of each word, "words" all of them, "list" walks the list.
        others: for each other word typed, whether it is long enough to stand anywhere.
    """

    way: str
    others: tuple[bool, ...]


@dataclass(frozen=True)
class Typed:
    """The words of a search text in their order; the longest leads, the others narrow it."""

    in_order: tuple[str, ...]

    @cached_property
    def longest(self) -> str:
        """The word that is looked up; the first of equally long ones."""
        return max(self.in_order, key=len)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The words beside it."""
        place = self.in_order.index(self.longest)
        return self.in_order[:place] + self.in_order[place + 1 :]

    @property
    def indexed(self) -> bool:
        """Whether the longest word has the letters that the index of endings needs."""
        return _is_long(self.longest)

    def values(self) -> dict[str, object]:
        """Return what the conditions of this module bind."""
        found: dict[str, object] = {"start": self.longest, "end": self.longest + _LAST_LETTER}
        named = {"longest": self.longest}
        named |= {f"other_{place}": word for place, word in enumerate(self.others)}
        for name, word in named.items():
            plain = word
            for special in ("\\", "%", "_"):
                plain = plain.replace(special, "\\" + special)
            found[f"{name}_inside"] = f"%{plain}%" if _is_long(word) else f"% {plain}%"
            found[f"{name}_first"] = f"{plain}%"
        return found


def typed(search: str) -> Typed | None:
    """Return the words of a search text; None without any.

    >>> typed("r  Reddy")
    Typed(in_order=('r', 'reddy'))
    """
    # Control characters stand in no name, and PostgreSQL takes no NUL.
    visible = "".join(letter if letter.isprintable() else " " for letter in search)
    words = search_name(visible).split()
    return Typed(tuple(words)) if words else None


def name_matches(session: Session, branch_id: int, search: str) -> Found:
    """Return the condition on `customers` that every word typed stands in the name.

    Words of one or two letters start a word of the name; alone they start the name itself.
    """
    words = typed(search)
    if words is None:
        return Found(false(), {})
    values = words.values() | {"branch": branch_id}
    shape = NameShape("words", tuple(map(_is_long, words.others)))
    if not words.indexed:
        name = customers.c.search_name
        condition = and_(_in_range(name), *_narrowed(name, shape))
    else:
        found = _conditions(shape)
        capped = select(name_words.c.word).where(*found).limit(MANY_CUSTOMERS + 1).subquery()
        counted = select(func.count()).select_from(capped)
        if session.connection.execute(counted, values).scalar_one() > MANY_CUSTOMERS:
            # Met so often that a list in any order soon comes upon it.
            condition = and_(*_conditions(shape._replace(way="list"))[1:])
        else:
            condition = customers.c.customer_id.in_(select(name_words.c.customer_id).where(*found))
    return Found(condition, values)


def all_named(branch_id: int, search: str) -> "Select[Any] | None":
    """Return the query for name and id of all who match; None if the words are too short."""
    words = typed(search)
    if words is None or not words.indexed:
        return None
    shape = NameShape("words", tuple(map(_is_long, words.others)))
    pair = name_words.c.search_name, name_words.c.customer_id
    query = select(*pair).where(*_conditions(shape)).distinct()
    return query.params(**words.values(), branch=branch_id)


def name_shape(session: Session, branch_id: int, words: Typed) -> NameShape:
    """Choose how a page of customers by these words is best read: one look at the endings."""
    found = session.connection.execute(
        _COUNTED, words.values() | {"branch": branch_id, "many": MANY_WORDS + 1}
    )
    way = "each" if session.connection.dialect.name == "postgresql" else "words"
    if found.scalar_one() > MANY_WORDS:
        way = "list"
    return NameShape(way, tuple(map(_is_long, words.others)))


def first_named(shape: NameShape, ordering: Ordering, *, later: bool) -> "Select[Any]":
    """Return the query for name and id of one page in the order of names.

    It binds `branch`, `most`, what `Typed.values` has and, if `later`, the place before the page.
    """
    if shape.way != "each":
        return _page(shape, ordering, _conditions(shape), later=later)
    means = select(name_endings.c.word).where(*_ENDINGS).distinct().subquery()
    own = name_words.c.branch_id == bindparam("branch"), name_words.c.word == means.c.word
    narrowed = _narrowed(name_words.c.search_name, shape)
    each = _page(shape._replace(way="words"), ordering, [*own, *narrowed], later=later).lateral()
    pairs = select(*each.c).select_from(means.join(each, true())).distinct()
    return _in_order(pairs, ordering, tuple(each.c)).limit(bindparam("most"))


def starts_with(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Say that a text starts so, as a range of its index on both engines."""
    return and_(column >= start, column < start + _LAST_LETTER)


def _page(
    shape: NameShape, ordering: Ordering, where: list[ColumnElement[bool]], *, later: bool
) -> "Select[Any]":
    table = _PAIRS[shape.way]
    columns = (table.c.search_name, table.c.customer_id)
    query = select(*columns).where(*where)
    if later:
        here, there = tuple_(*columns), after_place(table.c.search_name)
        query = query.where(here < there if ordering.descending else here > there)
    if table is name_words:
        query = query.distinct()
    return _in_order(query, ordering, columns).limit(bindparam("most"))


def _in_order(query: "Select[Any]", ordering: Ordering, columns: tuple[Any, ...]) -> "Select[Any]":
    return query.order_by(*(one.desc() if ordering.descending else one.asc() for one in columns))


def _conditions(shape: NameShape) -> list[ColumnElement[bool]]:
    """Conditions on the words, or on the customers' names; the branch comes first."""
    if shape.way == "list":
        name = customers.c.search_name
        inside = _stands_in(name, "longest", long=True)
        return [customers.c.branch_id == bindparam("branch"), inside, *_narrowed(name, shape)]
    means = select(name_endings.c.word).where(*_ENDINGS)
    return [
        name_words.c.branch_id == bindparam("branch"),
        name_words.c.word.in_(means),
        *_narrowed(name_words.c.search_name, shape),
    ]


def _narrowed(column: ColumnElement[str], shape: NameShape) -> list[ColumnElement[bool]]:
    return [
        _stands_in(column, f"other_{place}", long=long) for place, long in enumerate(shape.others)
    ]


def _stands_in(column: ColumnElement[str], name: str, *, long: bool) -> ColumnElement[bool]:
    """Say that a word typed stands in a name; a short one has to start a word of it."""
    inside = column.like(bindparam(f"{name}_inside"), escape="\\")
    if long:
        return inside
    return or_(column.like(bindparam(f"{name}_first"), escape="\\"), inside)


def _in_range(column: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(column >= bindparam("start"), column < bindparam("end"))


def _is_long(word: str) -> bool:
    return len(word) >= LEAST_ENDING


_ENDINGS = (name_endings.c.branch_id == bindparam("branch"), _in_range(name_endings.c.ending))
_COUNTED = select(func.count()).select_from(
    select(name_endings.c.word).where(*_ENDINGS).limit(bindparam("many")).subquery()
)
