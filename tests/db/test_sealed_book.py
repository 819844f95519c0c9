"""Nothing that identifies a person stands readable in the stored book."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from db.records.book import Draft
from db.records.people import IdentityNumbers
from db.records.refusals import NotFound, SealBroken
from db.tables.schema import tables_in_order
from db.unit_of_work import UnitOfWork

BRANCH = 412
NUMBERS = IdentityNumbers("ACUPR7085K", "234123412346", "KA0120110012345", "000111222333")
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def dump(engine: Engine) -> bytes:
    """Every value of every table, as bytes."""
    parts = []
    with engine.connect() as connection:
        for table in tables_in_order():
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):
                parts += [
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for value in row
                ]
    return b"|".join(parts)


def draft(samples, **fields: object) -> Draft:
    values = {
        "draft_id": samples.new_id(),
        "user_id": samples.officer,
        "form": "customer_form",
        "record_id": None,
        "base_version": 0,
        "title": "New customer Ravi Planted",
        "content": '{"pan_number": "ACUPR7085K", "full_name": "Ravi Planted"}',
        "updated_at": AT,
    }
    return Draft(**(values | fields))


def test_a_dump_holds_no_number_and_no_draft(
    open_book: Callable[[], UnitOfWork], engine: Engine, samples
) -> None:
    new = samples.customer(numbers=NUMBERS)
    with open_book() as book:
        book.customers.add(new)
        book.applications.add(samples.application(new.customer))
        book.drafts.put(BRANCH, draft(samples))
        book.commit()
    stored = dump(engine).upper()
    assert b"RAVI REDDY" in stored  # the dump sees what is there
    for planted in ("ACUPR7085K", "234123412346", "KA0120110012345", "000111222333", "ABCPE1234F"):
        assert planted.encode() not in stored
    assert b"PLANTED" not in stored
    assert "ACUPR7085K" not in repr(new)


def test_a_sealed_value_moved_to_another_row_does_not_open(
    open_book: Callable[[], UnitOfWork], engine: Engine, samples
) -> None:
    owner, thief = samples.customer(numbers=NUMBERS), samples.customer(1002)
    with open_book() as book:
        book.customers.add_many([owner, thief])
        book.commit()
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE customers SET pan_sealed = (SELECT pan_sealed FROM customers "
                "WHERE number = 1001) WHERE number = 1002"
            )
        )
    with open_book() as book:
        assert book.customers.reveal_pan(BRANCH, owner.customer.customer_id) == "ACUPR7085K"
        for read in (book.customers.reveal_pan, book.customers.get):
            with pytest.raises(SealBroken):
                read(BRANCH, thief.customer.customer_id)


def test_drafts_come_back_to_their_person(book: UnitOfWork, samples) -> None:
    first = draft(samples)
    second = draft(samples, updated_at=AT.replace(hour=10), record_id=samples.new_id())
    other = draft(samples, user_id=samples.new_id())
    for one in (first, second, other):
        book.drafts.put(BRANCH, one)
    assert book.drafts.of_user(BRANCH, samples.officer) == (second, first)
    newer = draft(samples, draft_id=first.draft_id, content="{}")
    book.drafts.put(BRANCH, newer)
    assert book.drafts.get(BRANCH, first.draft_id) == newer
    book.drafts.delete(BRANCH, first.draft_id)
    for branch_id, draft_id in ((BRANCH, first.draft_id), (413, second.draft_id)):
        with pytest.raises(NotFound):
            book.drafts.get(branch_id, draft_id)
