"""Users, models, receipts, imports, rule rows and the kind of the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from db.guards import rule_rows
from db.migrations import frozen_ddl, runner
from db.records.applications import DecisionRecord
from db.records.book import Book, CommandReceipt, ImportBatch, ModelRecord
from db.records.loans import LoanBatch
from db.records.refusals import BookDamaged, ImportInUse, NotFound, RuleOverlap, VersionConflict
from db.records.rules import ProposalVerdict, RuleProposal
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import Decision
from db.vocabulary.operations import ModelRole, RuleState
from db.vocabulary.people import Role

BRANCH = 412
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_users(book: UnitOfWork, samples) -> None:
    assert not book.users.any()
    user = samples.user("Maker1", password_hash=book.users.hash_password("a long pass phrase"))
    book.users.add(user)
    assert book.users.any()
    assert book.users.by_staff_id(" MAKER1 ") == book.users.get(user.user_id) == user
    assert book.users.by_staff_id("nobody") is None
    assert book.users.verify_password(user, "a long pass phrase")
    assert not book.users.verify_password(user, "another")
    assert not book.users.verify_password(None, "a long pass phrase")
    book.users.note_failed_try(user.user_id, 5, AT)
    failed = book.users.get(user.user_id)
    assert (failed.failed_tries, failed.locked_until) == (5, AT)
    book.users.note_sign_in(user.user_id, AT)
    signed = book.users.get(user.user_id)
    assert (signed.failed_tries, signed.locked_until, signed.last_sign_in_at) == (0, None, AT)
    book.users.set_password(user.user_id, "hash")
    assert book.users.get(user.user_id).password_hash == "hash"  # noqa: S105  # no secret
    second = samples.user("checker1", user_id=samples.new_id(), roles=frozenset({Role.SUPERVISOR}))
    book.users.add(second)
    assert [one.staff_id for one in book.users.list()] == ["checker1", "Maker1"]
    with pytest.raises(NotFound):
        book.users.get(samples.new_id())


def test_a_staff_id_stands_once_whatever_its_capitals(
    open_book: Callable[[], UnitOfWork], samples
) -> None:
    with open_book() as book:
        book.users.add(samples.user("Maker1"))
        book.commit()
    with pytest.raises(BookDamaged), open_book() as book:
        book.users.add(samples.user("mAKER1", user_id=samples.new_id()))


def test_one_champion(book: UnitOfWork) -> None:
    assert book.models.champion() is None
    first = ModelRecord("m1", "0" * 64, ModelRole.CHAMPION, date(2026, 6, 30), AT, "{}")
    second = replace(first, model_id="m2", registered_at=AT.replace(hour=10))
    book.models.register(first)
    book.models.register(second)
    assert book.models.champion() == second
    assert book.models.get("m1").role is ModelRole.RETIRED
    book.models.set_role("m1", ModelRole.CHAMPION)
    assert [(one.model_id, one.role) for one in book.models.list()] == [
        ("m2", ModelRole.RETIRED),
        ("m1", ModelRole.CHAMPION),
    ]
    book.models.set_role("m2", ModelRole.CHALLENGER)
    book.models.register(replace(first, model_id="m0", role=ModelRole.CHALLENGER))
    assert book.models.champion().model_id == "m1"
    with pytest.raises(NotFound):
        book.models.get("m3")


def test_a_receipt_stands_once(open_book: Callable[[], UnitOfWork], samples) -> None:
    receipt = CommandReceipt(samples.new_id(), "register", "0" * 64, "{}", samples.officer, AT)
    with open_book() as book:
        assert book.receipts.get(BRANCH, receipt.command_id) is None
        book.receipts.put(BRANCH, receipt)
        assert book.receipts.get(BRANCH, receipt.command_id) == receipt
        assert book.receipts.get(413, receipt.command_id) is None
        book.commit()
    with pytest.raises(BookDamaged), open_book() as book:
        book.receipts.put(BRANCH, receipt)


def test_the_kind_of_the_book(book: UnitOfWork) -> None:
    assert book.reference.book() == Book(sandbox=False, as_of=None, schema=runner.head())
    for sandbox in (True, False):
        book.reference.set_book(sandbox=sandbox, as_of=date(2026, 9, 30))
        assert book.reference.book() == Book(sandbox, date(2026, 9, 30), runner.head())


def test_shipped_rows_come_back_as_they_were(book: UnitOfWork, shipped) -> None:
    stored = {
        (row["code"], row["segment"], row["effective_from"]): row
        for row in book.reference.rule_rows_json()["rows"]
    }
    assert len(stored) == len(shipped.rule_rows["rows"]) == 430
    for row in shipped.rule_rows["rows"]:
        kept = stored[row["code"], row["segment"], row["effective_from"]]
        for name in ("value", "unit", "compare", "effective_to", "source", "confirm", "used_by"):
            assert kept[name] == row[name]
            assert type(kept[name]) is type(row[name])
    products = {one["product_code"]: one for one in book.reference.products_json()["products"]}
    for product in shipped.products["products"]:
        kept = dict(products[product["product_code"]])
        for name in ("row_id", "proposed_by", "approved_by"):
            kept.pop(name)
        assert kept == product


def rule(starts: str, ends: str | None) -> dict:
    return {
        "code": "new_rule",
        "segment": "ALL",
        "value": 7,
        "unit": "days",
        "effective_from": starts,
        "effective_to": ends,
    }


def test_overlapping_rule_rows_are_refused(book: UnitOfWork, samples) -> None:
    def add(starts: str, ends: str | None) -> None:
        approved(book, samples, starts, ends)
        book.rules.add_rule_row(rule(starts, ends), "anita", "bela")

    add("2026-01-01", "2026-06-30")
    for starts, ends in (("2026-06-30", None), ("2025-01-01", None), ("2026-02-01", "2026-03-01")):
        with pytest.raises(RuleOverlap):
            add(starts, ends)
    add("2026-07-01", None)
    rows = [r for r in book.reference.rule_rows_json()["rows"] if r["code"] == "new_rule"]
    approved(book, samples, "2027-01-01", None)
    book.rules.close_rule_row(UUID(rows[-1]["row_id"]), date(2026, 12, 31))
    book.rules.add_rule_row(rule("2027-01-01", None), "anita", "bela")


def approved(book: UnitOfWork, samples, starts: str, ends: str | None) -> RuleProposal:
    proposal = RuleProposal(
        proposal_id=samples.new_id(),
        code="new_rule",
        segment="ALL",
        product_code=None,
        value="7",
        effective_from=date.fromisoformat(starts),
        effective_to=None if ends is None else date.fromisoformat(ends),
        source="board",
        reason="",
        state=RuleState.PROPOSED,
        proposed_by="anita",
        proposed_at=AT,
    )
    book.rules.propose(proposal)
    book.rules.decide(
        proposal.proposal_id, 1, ProposalVerdict(RuleState.APPROVED, "bela", AT, "seen")
    )
    return proposal


def test_a_proposal_is_decided_once(book: UnitOfWork, samples) -> None:
    proposal = approved(book, samples, "2027-01-01", None)
    stored = book.rules.get(proposal.proposal_id)
    assert (stored.state, stored.decided_by, stored.version) == (RuleState.APPROVED, "bela", 2)
    assert stored in book.rules.proposals(RuleState.APPROVED)
    with pytest.raises(VersionConflict):
        book.rules.decide(
            proposal.proposal_id, 2, ProposalVerdict(RuleState.REFUSED, "bela", AT, "no")
        )
    with pytest.raises(NotFound):
        book.rules.get(samples.new_id())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rule_values SET value = '1'",
        "DELETE FROM rule_values",
        "UPDATE rule_values SET effective_to = '2026-12-31' WHERE code = 'dpd_class_from'",
        "INSERT INTO rule_values SELECT * FROM rule_values LIMIT 1",
        "UPDATE products SET definition = '{}'",
        "DELETE FROM products",
    ],
)
def test_postgresql_refuses_direct_writes_to_the_rules(lasting_engine, statement: str) -> None:
    if lasting_engine.dialect.name != "postgresql":
        return  # SQLite has CHECK constraints only: the services refuse there
    with lasting_engine.connect() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


def test_the_frozen_guards_are_the_declared_ones() -> None:
    frozen = frozen_ddl.statements("0002", "postgresql")
    assert [one.rstrip(";") for one in frozen[-len(rule_rows.CREATE) :]] == list(rule_rows.CREATE)


@pytest.fixture
def imported(book: UnitOfWork, samples):
    """One import of two customers and one application."""
    batch = ImportBatch(samples.new_id(), "a.csv", "f" * 64, "applications", 3, 2, "x 80", AT)
    book.imports.add(BRANCH, batch)
    people = [samples.customer(1001 + n, import_id=batch.import_id) for n in range(2)]
    book.customers.add_many(people)
    application = samples.application(people[0].customer, import_id=batch.import_id)
    book.applications.add(application)
    book.applications.add_assessment(BRANCH, samples.assessment(application))
    return batch, people[0].customer, application


def test_an_import_is_taken_back_whole(book: UnitOfWork, samples, imported) -> None:
    batch, customer, _ = imported
    own = samples.customer(1009)
    book.customers.add(own)
    assert book.imports.by_sha256(BRANCH, "f" * 64) == batch
    assert book.imports.by_sha256(BRANCH, "e" * 64) is None
    assert book.imports.get(BRANCH, batch.import_id) == batch
    assert book.imports.undo(BRANCH, batch.import_id) == 3
    assert book.imports.list(BRANCH) == ()
    with pytest.raises(NotFound):
        book.customers.get(BRANCH, customer.customer_id)
    with pytest.raises(NotFound):
        book.imports.get(BRANCH, batch.import_id)
    assert book.customers.get(BRANCH, own.customer.customer_id)


@pytest.mark.parametrize("later", ["application", "loan", "decision"])
def test_an_import_in_use_stays(
    unguarded: UnitOfWork, samples, make_loan, imported, later: str
) -> None:
    book = unguarded
    batch, customer, application = imported
    if later == "application":
        book.applications.add(samples.application(customer, 1002))
    elif later == "loan":
        book.loans.add_many(BRANCH, LoanBatch((make_loan(application),)))
    else:
        decision = DecisionRecord(
            samples.new_id(),
            application.application_id,
            Decision.HOLD,
            samples.officer,
            None,
            AT,
            "R",
        )
        book.applications.add_decision(BRANCH, decision)
    with pytest.raises(ImportInUse):
        book.imports.undo(BRANCH, batch.import_id)
