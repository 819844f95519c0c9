"""Contacts, promises and snoozes on both engines, and what PostgreSQL refuses of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from db.guards import follow_up as guards
from db.migrations import frozen_ddl
from db.records.follow_up import Contact, ContactCounts, Promise, Snooze
from db.records.refusals import BookDamaged, NotFound, VersionConflict
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason
from tests.db.test_loan_guards import BRANCH, POSTGRESQL, PaidOut, paid_out

__all__ = ["paid_out"]  # the fixture of the loan that two people paid out
AT = datetime(2026, 9, 30, 9, tzinfo=UTC)
TODAY = date(2026, 9, 30)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0013", "postgresql")}
    assert set(guards.CREATE) <= frozen


def contact(of: PaidOut, **fields: object) -> Contact:
    made = Contact(
        of.samples.new_id(), of.loan.loan_id, of.loan.customer_id, ContactChannel.CALL,
        CallOutcome.PROMISE, "will pay from the bonus", None, of.maker, AT,
    )  # fmt: skip
    return replace(made, **fields)


def promise(of: PaidOut, made: Contact, **fields: object) -> Promise:
    due = TODAY + timedelta(days=5)
    plain = Promise(
        of.samples.new_id(), made.contact_id, made.loan_id, 50_000, TODAY, due, made.made_at
    )
    return replace(plain, **fields)


def snooze(of: PaidOut, **fields: object) -> Snooze:
    made = Snooze(
        of.samples.new_id(), of.loan.loan_id, TODAY + timedelta(days=3),
        SnoozeReason.CUSTOMER_AWAY, "in Goa", of.maker, AT,
    )  # fmt: skip
    return replace(made, **fields)


def write(of: PaidOut, made: Contact, *promised: Promise, put_off: tuple[Snooze, ...] = ()) -> None:
    with of.open_book() as book:
        book.contacts.add_many(BRANCH, [made], promised, put_off)
        book.commit()


def test_entries_come_back_newest_first_with_their_writer(paid_out: PaidOut) -> None:
    of = paid_out
    first = contact(of, override_reason=ContactOverrideReason.CUSTOMER_ASKED)
    later = contact(
        of, channel=ContactChannel.MESSAGE, outcome=None, note="", made_at=AT + timedelta(hours=1)
    )
    made, put_off = promise(of, first), snooze(of)
    write(of, first, made, put_off=(put_off,))
    write(of, later)
    with of.open_book() as book:
        name = {of.maker: "Asha Rao"} | book.users.names({of.maker})
        assert book.contacts.of_loan(BRANCH, of.loan.loan_id) == (
            replace(later, actor_name=name[of.maker]),
            replace(first, actor_name=name[of.maker]),
        )
        assert book.contacts.promises_of(BRANCH, of.loan.loan_id) == (made,)
        stored = book.contacts.snoozes_of(BRANCH, of.loan.loan_id)
        assert stored == (replace(put_off, actor_name=name[of.maker]),)
        assert book.contacts.of_loan(413, of.loan.loan_id) == ()
        with pytest.raises(NotFound):
            book.contacts.get(413, first.contact_id)


def test_words_of_people_are_sealed_in_the_database(paid_out: PaidOut) -> None:
    write(paid_out, contact(paid_out), put_off=(snooze(paid_out),))
    with paid_out.open_book() as book:
        rows = book._connection.execute(text("SELECT note_sealed FROM contacts")).all()
        rows += book._connection.execute(text("SELECT note_sealed FROM snoozes")).all()
    stored = b"".join(bytes(value) for row in rows for value in row)
    assert len(rows) == 2
    assert b"bonus" not in stored
    assert b"Goa" not in stored


def test_an_entry_is_corrected_by_its_version(paid_out: PaidOut) -> None:
    of, made = paid_out, contact(paid_out)
    promised = promise(of, made)
    write(of, made, promised)
    changed = replace(made, outcome=CallOutcome.REFUSED, note="will not", edited_at=AT, version=2)
    with of.open_book() as book:
        book.contacts.correct(BRANCH, changed)
        book.contacts.correct_promise(BRANCH, replace(promised, dropped_at=AT))
        book.commit()
    with of.open_book() as book:
        stored = book.contacts.get(BRANCH, made.contact_id)
        assert replace(stored, actor_name="") == changed
        assert book.contacts.promises_of(BRANCH, made.loan_id)[0].dropped_at == AT
        with pytest.raises(VersionConflict):
            book.contacts.correct(BRANCH, changed)


def test_contacts_are_counted_over_the_borrower(paid_out: PaidOut) -> None:
    of = paid_out
    for hours, channel in ((0, "Call"), (30, "Call"), (200, "Call"), (0, "Visit"), (400, "Visit")):
        write(
            of,
            contact(
                of,
                channel=ContactChannel(channel),
                outcome=CallOutcome.NO_ANSWER,
                made_at=AT - timedelta(hours=hours),
            ),
        )
    begins = tuple(AT - timedelta(days=days) for days in (1, 7, 30))
    with of.open_book() as book:
        counts = book.contacts.counts(BRANCH, of.loan.customer_id, begins)
        assert counts == ContactCounts(1, 2, 2)
        nobody = book.contacts.counts(BRANCH, of.samples.new_id(), begins)
        assert nobody == ContactCounts(0, 0, 0)


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contacts",
        "DELETE FROM promises",
        "DELETE FROM snoozes",
        "UPDATE snoozes SET until_on = '2027-01-01'",
        "UPDATE contacts SET made_at = now()",
        "UPDATE contacts SET edited_at = now(), version = 3",
        "UPDATE contacts SET edited_at = now(), version = 2, actor_id = loan_id",
        "UPDATE contacts SET outcome = 'Refused'",
        "UPDATE promises SET loan_id = contact_id",
        "UPDATE promises SET stored_at = now()",
    ],
)
def test_what_was_written_stays(paid_out: PaidOut, statement: str) -> None:
    made = contact(paid_out)
    write(paid_out, made, promise(paid_out, made), put_off=(snooze(paid_out),))
    with pytest.raises(BookDamaged):
        paid_out.run(statement)


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts SET note_sealed = 'x', edited_at = now(), version = 2",
        "UPDATE promises SET amount_paise = 1",
        "UPDATE promises SET dropped_at = now()",
    ],
)
def test_after_its_minutes_an_entry_is_only_added_to(paid_out: PaidOut, statement: str) -> None:
    made = contact(paid_out)
    write(paid_out, made, promise(paid_out, made))
    paid_out.run(statement)  # open
    for table in ("contacts", "promises"):
        paid_out.run(
            f"ALTER TABLE {table} DISABLE TRIGGER USER; "  # names of our own
            f"UPDATE {table} SET stored_at = now() - interval '16 minutes'; "
            f"ALTER TABLE {table} ENABLE TRIGGER USER"
        )
    with pytest.raises(BookDamaged):
        paid_out.run(statement.replace("version = 2", "version = 3"))
    with pytest.raises(BookDamaged):
        write_promise(paid_out, promise(paid_out, made))


def write_promise(of: PaidOut, made: Promise) -> None:
    with of.open_book() as book:
        book.contacts.add_many(BRANCH, [], [made])
        book.commit()


@POSTGRESQL
def test_the_desk_does_not_say_when_an_entry_was_stored(paid_out: PaidOut) -> None:
    write(paid_out, contact(paid_out))
    with paid_out.open_book() as book:
        query = "SELECT count(*) FROM contacts WHERE stored_at > now() - interval '1 minute'"
        assert book._connection.execute(text(query)).scalar() == 1


@POSTGRESQL
def test_who_does_not_follow_up_and_whose_loan_it_is_not(paid_out: PaidOut) -> None:
    of = paid_out
    stranger = of.samples.new_id()
    for fields in ({"actor_id": stranger}, {"version": 2}, {"edited_at": AT}):
        with pytest.raises(BookDamaged):
            write(of, contact(of, **fields))
    with of.open_book() as book:
        other = of.samples.customer(1002)
        book.customers.add(other)
        book.commit()
    with pytest.raises(BookDamaged):
        write(of, contact(of, customer_id=other.customer.customer_id))
    with pytest.raises(BookDamaged):
        write(of, contact(of), put_off=(snooze(of, actor_id=stranger),))
    refused = contact(of, outcome=CallOutcome.REFUSED)
    with pytest.raises(BookDamaged):
        write(of, refused, promise(of, refused))


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": None},
        {"channel": ContactChannel.LETTER},
    ],
)
def test_what_is_spoken_has_an_outcome(paid_out: PaidOut, fields) -> None:
    with pytest.raises(BookDamaged):
        write(paid_out, contact(paid_out, **fields))


def test_a_promise_lies_ahead(paid_out: PaidOut) -> None:
    made = contact(paid_out)
    with pytest.raises(BookDamaged):
        write(paid_out, made, promise(paid_out, made, due_on=TODAY - timedelta(days=1)))
