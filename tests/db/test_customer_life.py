"""Notes on customers and corrections of their facts, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.guards import correction_withdrawal, customer_life
from db.migrations import frozen_ddl, runner
from db.records.customer_life import (
    CorrectionVerdict,
    CustomerNote,
    FactCorrection,
    TimelineKind,
)
from db.records.refusals import BookDamaged, ImportInUse, NotFound, VersionConflict
from db.unit_of_work import UnitOfWork
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource

BRANCH = 412
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_MOMENT = "version = 2, decided_at = now()"
EVERY = frozenset(TimelineKind)


@pytest.fixture
def asha(book: UnitOfWork, samples):
    """A customer in the book, written down by anita."""
    new = samples.customer()
    book.customers.add(new)
    book.users.add(samples.user("anita"))
    return new.customer


def note(samples, customer, words: str, minutes: int = 0) -> CustomerNote:
    at = AT + timedelta(minutes=minutes)
    return CustomerNote(samples.new_id(), customer.customer_id, words, "ANITA", at)


def correction(samples, customer, **changes) -> FactCorrection:
    plain = FactCorrection(
        correction_id=samples.new_id(),
        customer_id=customer.customer_id,
        fact="full_name",
        old_value="Ravi Reddy",
        new_value="Ravi Redy",
        source=FactSource.DOCUMENT,
        document="passport",
        reason="spelling",
        two_persons=True,
        state=RuleState.PROPOSED,
        proposed_by="anita",
        proposed_at=AT,
        customer_version=1,
    )
    return replace(plain, **changes)


def test_notes_come_back_newest_first_by_pages_with_their_writer(book, samples, asha):
    for number in range(5):
        book.notes.add(BRANCH, note(samples, asha, f"note {number}", number))
    first = book.notes.of_customer(BRANCH, asha.customer_id, 2)
    second = book.notes.of_customer(BRANCH, asha.customer_id, 2, first.next)
    third = book.notes.of_customer(BRANCH, asha.customer_id, 2, second.next)
    told = [each.text for page in (first, second, third) for each in page.rows]
    assert told == ["note 4", "note 3", "note 2", "note 1", "note 0"]
    assert third.next is None
    assert {each.author for each in first.rows} == {book.users.by_staff_id("anita").full_name}
    assert book.notes.count(BRANCH, asha.customer_id) == 5
    assert book.notes.of_customer(413, asha.customer_id, 2).rows == ()


def test_words_of_people_are_sealed_in_the_database(book, samples, asha):
    book.notes.add(BRANCH, note(samples, asha, "saw the shop"))
    book.corrections.add_many(BRANCH, [correction(samples, asha)])
    connection = book.notes._session.connection
    rows = connection.execute(text("SELECT text_sealed FROM customer_notes")).all()
    rows += connection.execute(text("SELECT old_sealed, new_sealed FROM fact_corrections")).all()
    stored = b"".join(bytes(value) for row in rows for value in row)
    assert stored
    assert b"shop" not in stored
    assert b"Red" not in stored


def test_a_correction_is_read_back_and_decided_once(book, samples, asha):
    made = correction(samples, asha)
    at_once = correction(
        samples,
        asha,
        fact="city",
        old_value=None,
        two_persons=False,
        state=RuleState.APPROVED,
        proposed_at=AT + timedelta(hours=1),
    )
    book.corrections.add_many(BRANCH, [made, at_once])
    assert book.corrections.get(BRANCH, made.correction_id) == made
    assert book.corrections.of_customer(BRANCH, asha.customer_id) == (at_once, made)
    assert book.corrections.of_customer(BRANCH, asha.customer_id, RuleState.PROPOSED) == (made,)
    verdict = CorrectionVerdict(RuleState.APPROVED, "bela", AT, "seen")
    book.corrections.decide(BRANCH, made.correction_id, 1, verdict)
    stored = book.corrections.get(BRANCH, made.correction_id)
    assert (stored.state, stored.decided_by, stored.version) == (RuleState.APPROVED, "bela", 2)
    with pytest.raises(VersionConflict):
        book.corrections.decide(BRANCH, made.correction_id, 2, verdict)
    with pytest.raises(NotFound):
        book.corrections.get(413, made.correction_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": RuleState.APPROVED},
        {"decided_by": "anita", "decided_at": AT, "state": RuleState.APPROVED},
    ],
)
def test_the_database_refuses_what_one_person_decides(open_book, samples, changes):
    with open_book() as book:
        new = samples.customer()
        book.customers.add(new)
        book.commit()
    with pytest.raises(BookDamaged), open_book() as book:
        book.corrections.add_many(BRANCH, [correction(samples, new.customer, **changes)])


def test_postgresql_refuses_to_rewrite_notes_and_corrections(engine, open_book, samples):
    if engine.dialect.name != "postgresql":
        return  # SQLite has CHECK constraints only: the services refuse there
    with open_book() as book:
        new = samples.customer()
        book.customers.add(new)
        book.notes.add(BRANCH, note(samples, new.customer, "kept"))
        book.corrections.add_many(BRANCH, [correction(samples, new.customer)])
        book.commit()
    at_once = (
        "INSERT INTO fact_corrections SELECT branch_id, gen_random_uuid(), customer_id, fact,"
        " old_sealed, new_sealed, source, document, reason, false, 'Approved', proposed_by,"
        " proposed_at, customer_version, NULL, NULL, note, version FROM fact_corrections"
    )
    for statement in (
        "UPDATE customer_notes SET author_staff_id = 'bela'",
        "DELETE FROM customer_notes",
        "DELETE FROM fact_corrections",
        "UPDATE fact_corrections SET reason = 'another'",
        "UPDATE fact_corrections SET state = 'Approved', decided_by = 'bela'",
        # A withdrawal is nobody's decision, a decision somebody's, and neither lacks its moment.
        "UPDATE fact_corrections SET state = 'Closed', version = 2",
        f"UPDATE fact_corrections SET state = 'Closed', {_MOMENT}, decided_by = 'bela'",
        f"UPDATE fact_corrections SET state = 'Approved', {_MOMENT}",
        f"UPDATE fact_corrections SET state = 'Closed', {_MOMENT}, reason = 'another'",
        at_once,
    ):
        with engine.connect() as connection, pytest.raises(IntegrityError):
            connection.exec_driver_sql(statement)


def test_a_withdrawn_correction_is_nobodys_decision_and_ends_there(open_book, samples):
    with open_book() as book:
        new = samples.customer()
        book.customers.add(new)
        made = correction(samples, new.customer)
        book.corrections.add_many(BRANCH, [made])
        book.commit()
    for wrong in (
        CorrectionVerdict(RuleState.CLOSED, "bela", AT, ""),
        CorrectionVerdict(RuleState.APPROVED, None, AT, ""),
    ):
        with pytest.raises(BookDamaged), open_book() as book:
            book.corrections.decide(BRANCH, made.correction_id, 1, wrong)
    with open_book() as book:
        withdrawn = CorrectionVerdict(RuleState.CLOSED, None, AT, "")
        book.corrections.decide(BRANCH, made.correction_id, 1, withdrawn)
        book.commit()
    verdict = CorrectionVerdict(RuleState.APPROVED, "bela", AT, "")
    with open_book() as book, pytest.raises(VersionConflict):
        book.corrections.decide(BRANCH, made.correction_id, 2, verdict)
    again = correction(samples, new.customer, state=RuleState.CLOSED, two_persons=False)
    with pytest.raises(BookDamaged), open_book() as book:
        book.corrections.add_many(BRANCH, [again])


def test_corrections_outlive_the_change_of_their_table(engine, open_book, samples, shipped):
    with open_book() as book:
        new = samples.customer()
        book.customers.add(new)
        waits, gone = (correction(samples, new.customer) for _ in range(2))
        book.corrections.add_many(BRANCH, [waits, gone])
        book.corrections.decide(
            BRANCH, gone.correction_id, 1, CorrectionVerdict(RuleState.CLOSED, None, AT, "")
        )
        book.commit()
    runner.downgrade(engine, "0008")
    runner.upgrade(engine, shipped)
    with open_book() as book:
        # The older table had no place for what was withdrawn.
        assert book.corrections.of_customer(BRANCH, new.customer.customer_id) == (waits,)


def test_the_frozen_guards_are_the_declared_ones():
    later = frozen_ddl.statements("0009", "postgresql")
    assert [one.rstrip(";") for one in later[-1:]] == list(correction_withdrawal.CREATE)
    first = [one.rstrip(";") for one in frozen_ddl.statements("0003", "postgresql")]
    (replaced,) = (one for one in first if "FUNCTION guard_fact_corrections()" in one[:50])
    kept = [one for one in first if one != replaced]
    assert kept[-len(customer_life.CREATE) :] == list(customer_life.CREATE)


def test_an_import_with_a_note_stays(book, samples):
    from db.records.book import ImportBatch

    batch = ImportBatch(samples.new_id(), "a.csv", "f" * 64, "customers", 1, 1, "x 80", AT)
    book.imports.add(BRANCH, batch)
    new = samples.customer(import_id=batch.import_id)
    book.customers.add(new)
    book.notes.add(BRANCH, note(samples, new.customer, "called"))
    with pytest.raises(ImportInUse):
        book.imports.undo(BRANCH, batch.import_id)
