"""Names by fragment, in pages, and what a misspelt one may have meant; on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from db.migrations import runner
from db.records.lists import CustomerFilter, Viewer
from db.repositories import name_search
from db.repositories.name_words import endings_of
from db.repositories.near_names import distance
from db.security.key_store import FixedKeys
from db.unit_of_work import UnitOfWork, open_unit_of_work

BRANCH = 412
VIEWER = Viewer(BRANCH, None, date(2026, 11, 23))
NAMES = ["Ravi Reddy", "Ravindra Rao", "Sita Ram Ram", "Ramesh Ram", "Zoya Khan", "Asha Rao"]


@pytest.fixture
def people(book: UnitOfWork, samples) -> UnitOfWork:
    made = [samples.customer(1001 + n, full_name=name) for n, name in enumerate(NAMES * 5)]
    book.customers.add_many(made)
    return book


def found(book: UnitOfWork, search: str, **fields: object) -> list[str]:
    """Walk the list in small pages, and hold its count and keys against it."""
    wanted, rows, after = CustomerFilter(search=search, **fields), [], None
    while True:
        page = book.customers.find(VIEWER, wanted, 4, after)
        rows += page.rows
        if page.next is None:
            break
        after = page.next
    assert len({row.customer_id for row in rows}) == len(rows)
    assert book.customers.count(VIEWER, wanted) == len(rows)
    keys = book.customers.keys_every(VIEWER, wanted, 4)
    assert len(keys) == len(rows) // 4
    for place, key in enumerate(keys, start=1):
        jumped = book.customers.find(VIEWER, wanted, 4, key).rows
        assert list(jumped) == rows[place * 4 : place * 4 + 4]
    return [row.full_name for row in rows]


@pytest.fixture(params=[0, 150], ids=["walked", "by word"])
def both_ways(request: pytest.FixtureRequest, monkeypatch) -> None:
    """A fragment of very many words is looked for by walking the list."""
    monkeypatch.setattr(name_search, "MANY_WORDS", request.param)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("rav", ["Ravi Reddy", "Ravindra Rao"]),
        ("ram", ["Ramesh Ram", "Sita Ram Ram"]),
        ("ram sit", ["Sita Ram Ram"]),
        ("rao a", ["Asha Rao"]),
        ("ra", ["Ramesh Ram", "Ravi Reddy", "Ravindra Rao"]),
        ("nobody", []),
    ],
)
def test_pages_by_name(people: UnitOfWork, both_ways, search: str, names, descending: bool) -> None:
    seen = found(people, search, descending=descending)
    assert seen == sorted(names * 5, reverse=descending)


@pytest.mark.parametrize("most_customers", [0, 2_000])
def test_a_name_with_filters_and_in_another_order(
    people: UnitOfWork, samples, monkeypatch, most_customers: int
) -> None:
    monkeypatch.setattr(name_search, "MANY_CUSTOMERS", most_customers)
    people.customers.add(samples.customer(2001, full_name="Ravi Kumar", city="Mysuru"))
    assert found(people, "ravi", city="Mysuru") == ["Ravi Kumar"]
    newest = found(people, "ravi", sort="reference", descending=True)
    assert newest == ["Ravi Kumar", *["Ravindra Rao", "Ravi Reddy"] * 5]


def test_a_new_name_is_found_and_the_old_one_is_not(book: UnitOfWork, samples) -> None:
    new = samples.customer(full_name="Ravi Reddy")
    book.customers.add(new)
    renamed = replace(new, customer=replace(new.customer, full_name="Ravi Shastri"))
    book.customers.update(renamed, 1)
    assert found(book, "shast") == found(book, "ravi") == ["Ravi Shastri"]
    assert found(book, "reddy") == []
    assert book.customers.suggested_name(BRANCH, "redy") is None


def test_another_branch_shares_no_words(people: UnitOfWork, samples) -> None:
    there = replace(VIEWER, branch_id=413)
    assert people.customers.find(there, CustomerFilter(search="ravi"), 5).rows == ()
    assert people.customers.suggested_name(413, "redy") is None


@pytest.mark.parametrize(
    ("search", "meant"),
    [
        ("redy", "Reddy"),
        ("rvai redyd", "Ravi Reddy"),
        ("zooya", "Zoya"),
        ("khna", "Khan"),
        ("ravi reddy", None),
        ("ravi khna", None),
        ("wolfgang", None),
        ("x", None),
        ("98765", None),
        ("\x00", None),
    ],
)
def test_what_a_misspelt_name_may_have_meant(people: UnitOfWork, search: str, meant) -> None:
    assert people.customers.suggested_name(BRANCH, search) == meant


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("reddy", "reddy", 0),
        ("redy", "reddy", 1),
        ("reddi", "reddy", 1),
        ("rvai", "ravi", 1),
        ("kumaar", "kumr", 2),
        ("asha", "usha", 1),
        ("ab", "ba", 1),
        ("khan", "reddy", 3),
        ("", "abc", 3),
    ],
)
def test_slips_between_words(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == slips


def test_short_words_keep_one_ending() -> None:
    assert list(endings_of("rao")) == ["rao"]
    assert list(endings_of("xu")) == ["xu"]


def test_an_older_book_learns_the_words_of_its_names(
    empty_engine, shipped: runner.ShippedData, samples
) -> None:
    runner.upgrade(empty_engine, shipped)
    with open_unit_of_work(empty_engine, FixedKeys().keys()) as book:
        book.customers.add_many(
            [samples.customer(1001 + n, full_name=name) for n, name in enumerate(NAMES)]
        )
        book.commit()
    runner.downgrade(empty_engine, "0004")
    runner.upgrade(empty_engine, shipped)
    with open_unit_of_work(empty_engine, FixedKeys().keys(), reading=True) as book:
        assert found(book, "ind") == ["Ravindra Rao"]
        assert book.customers.suggested_name(BRANCH, "redy") == "Reddy"
