"""The unit of work: rolled back unless committed, references under a lock, errors translated."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, text

from db.engine import make_engine
from db.records.refusals import BookBusy, BookDamaged, BookUnreachable, NotFound
from db.security.key_store import FixedKeys
from db.unit_of_work import UnitOfWork, open_unit_of_work

BRANCH = 412
KEYS = FixedKeys().keys()


def test_rolled_back_unless_committed(open_book: Callable[[], UnitOfWork], samples) -> None:
    new = samples.customer()
    with open_book() as book:
        book.customers.add(new)
    with open_book() as book, pytest.raises(NotFound):
        book.customers.get(BRANCH, new.customer.customer_id)
    with pytest.raises(AttributeError), open_book() as book:
        assert book.customers.add(new).oops
    with open_book() as book:
        book.customers.add(new)
        book.commit()
    with open_book() as book:
        assert book.customers.get(BRANCH, new.customer.customer_id).reference == "C-1001"


def test_references_count_on(open_book: Callable[[], UnitOfWork], samples) -> None:
    with open_book() as book:
        assert book.next_reference("C", BRANCH) == "C-1001"
        assert book.next_references("C", BRANCH, 3) == ("C-1002", "C-1003", "C-1004")
        assert book.next_reference("A", BRANCH) == "A-1001"
        book.customers.add(samples.customer(1004))
        book.commit()
    with open_book() as book:
        assert book.next_reference("C", BRANCH) == "C-1005"
        assert book.next_reference("C", 413) == "C-1001"
        assert book.next_reference("L", BRANCH) == "L-1001"
        book.refresh_statistics()


def test_a_reader_does_not_write(engine: Engine, samples) -> None:
    with open_unit_of_work(engine, KEYS, reading=True) as book:
        assert not book.users.any()
    for reader in (
        open_unit_of_work(engine, KEYS, reading=True),
        open_unit_of_work(engine, KEYS).for_reading(),
    ):
        with pytest.raises(BookDamaged), reader as book:
            book.users.add(samples.user())
    with open_unit_of_work(engine, KEYS) as book:  # the connection writes again
        assert not book.users.any()
        book.users.add(samples.user())


def test_readers_do_not_wait_for_a_writer(engine: Engine, samples) -> None:
    with open_unit_of_work(engine, KEYS) as writer:
        writer.users.add(samples.user())
        with open_unit_of_work(engine, KEYS, reading=True) as reader:
            assert not reader.users.any()
        writer.commit()


def test_two_writers_of_one_branch_do_not_cross(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        second = make_engine(str(engine.url))
        # Not five seconds of patience: nothing will be let go meanwhile.
        event.listen(second, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))
    else:
        second = make_engine(engine.url.render_as_string(), statement_timeout_ms=200)
    with open_unit_of_work(engine, KEYS) as first:
        first.next_reference("C", BRANCH)
        first.commit()
    with open_unit_of_work(engine, KEYS) as first:
        first.next_reference("C", BRANCH)
        # SQLite refuses at its BEGIN IMMEDIATE, PostgreSQL at the head row's lock.
        with pytest.raises(BookBusy), open_unit_of_work(second, KEYS) as other:
            other.next_reference("C", BRANCH)
    second.dispose()


def test_sql_never_reaches_a_person(open_book: Callable[[], UnitOfWork]) -> None:
    with pytest.raises(BookDamaged) as caught, open_book() as book:
        book._connection.execute(text("SELECT nothing FROM nowhere"))
    assert "SELECT" not in str(caught.value)
    with pytest.raises(KeyError), open_book():
        raise KeyError


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/book.sqlite",
        "postgresql://kasauti@127.0.0.1:1/none",
    ],
)
def test_no_connection_is_said(url: str) -> None:
    engine = make_engine(url)
    with pytest.raises(BookUnreachable) as caught, open_unit_of_work(engine, KEYS):
        pass
    assert "sqlite" not in caught.value.sentence
    engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(BookUnreachable):
        make_engine(url)


def test_a_file_that_is_no_book(tmp_path) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Dear Sir" * 1000)
    engine = make_engine(f"sqlite:///{path}")
    with pytest.raises(BookUnreachable), open_unit_of_work(engine, KEYS) as book:
        book.users.any()
    engine.dispose()
