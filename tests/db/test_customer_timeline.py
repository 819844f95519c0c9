"""The timeline of a customer from the audit chain and the records, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.records.book import AuditAct
from db.records.customer_life import (
    CustomerNote,
    TimelineEvent,
    TimelineKind,
)
from db.records.loans import Disbursement, LoanBatch, NpaEntry, Repayment
from db.records.refusals import BadCursor
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import AssetClass, DisbursementMode, PaymentMethod

BRANCH = 412
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
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


def life_of(samples, loan) -> LoanBatch:
    """A loan paid out, late, paid and standard again; day-ends without a move say nothing."""
    moves = (
        (date(2026, 2, 6), AssetClass.SMA_0),
        (date(2026, 2, 7), AssetClass.SMA_0),
        (date(2026, 2, 9), AssetClass.STANDARD),
    )
    return LoanBatch(
        loans=(replace(loan, closed_on=date(2026, 3, 1)),),
        disbursements=(
            Disbursement(
                samples.new_id(), loan.loan_id, 100_000, date(2026, 1, 5),
                DisbursementMode.ACCOUNT_CREDIT,
            ),
        ),
        repayments=(
            Repayment(
                samples.new_id(), loan.loan_id, date(2026, 2, 9), AT, 9_000, 1_000, 8_000, 0, 0,
                82_000, PaymentMethod.UPI, "", AppropriationOrder.FIFO_IPC,
            ),
        ),
        npa_entries=tuple(
            NpaEntry(samples.new_id(), loan.loan_id, day, AT, standing, None, None, 0, "dues")
            for day, standing in moves
        ),
    )  # fmt: skip


@pytest.fixture
def lived(unguarded: UnitOfWork, book: UnitOfWork, samples, make_loan, asha):
    """A customer with an application, a score, a loan with a payout, a note and audit entries."""
    application = samples.application(asha)
    book.applications.add(application)
    book.applications.add_assessment(BRANCH, samples.assessment(application))
    loan = make_loan(application)
    unguarded.loans.add_many(BRANCH, life_of(samples, loan))
    book.notes.add(BRANCH, note(samples, asha, "called", 5))
    details = {"to": "Pending", "note": "walked in"}
    acts = [
        AuditAct("register_customer", "customer", asha.customer_id, "anita", AT, {}),
        AuditAct("propose_correction", "customer", asha.customer_id, "anita", AT, {"fact": "city"}),
        AuditAct("submit_application", "application", application.application_id, "x", AT, details),
        AuditAct("score_application", "application", application.application_id, "x", AT, {}),
        AuditAct("add_note", "customer", asha.customer_id, "anita", AT, {}),
        AuditAct("register_customer", "customer", samples.new_id(), "anita", AT, {}),
    ]
    book.audit.append_many(BRANCH, acts)
    return asha, application, loan


def pages(book, customer, size: int, kinds=EVERY) -> list[TimelineEvent]:
    found, after = [], None
    while True:
        page = book.timeline.page((BRANCH, customer.customer_id), kinds, size, after)
        found += page.rows
        after = page.next
        if after is None:
            return found


def test_a_timeline_tells_each_event_once_newest_first(book, lived):
    asha, application, _loan = lived
    events = pages(book, asha, 500)
    acts = [each.act for each in events]
    assert sorted(acts) == [
        "add_note",
        "assess_application",
        "class_changed",
        "class_changed",
        "disburse_loan",
        "loan_closed",
        "post_repayment",
        "propose_correction",
        "register_customer",
        "submit_application",
    ]
    assert [each.at for each in events] == sorted((each.at for each in events), reverse=True)
    by_act = {each.act: each for each in events}
    entered = by_act["submit_application"]
    assert (entered.subject, entered.record_id) == (
        application.reference,
        application.application_id,
    )
    assert (entered.to_status, entered.text, entered.by) == ("Pending", "walked in", "x")
    assert by_act["propose_correction"].detail == "city"
    assert by_act["add_note"].text == "called"
    assert by_act["register_customer"].by == book.users.by_staff_id("anita").full_name
    assert by_act["assess_application"].model_id
    assert (by_act["post_repayment"].amount_paise, by_act["post_repayment"].detail) == (
        9_000,
        "UPI",
    )
    assert by_act["disburse_loan"].subject == "L-1001"
    moves = [(e.from_status, e.to_status) for e in events if e.act == "class_changed"]
    assert moves == [("SMA-0", "Standard"), ("Standard", "SMA-0")]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_any_size_give_the_same_timeline(book, lived, size):
    assert pages(book, lived[0], size) == pages(book, lived[0], 500)


def test_the_kinds_of_a_timeline(book, lived):
    asha = lived[0]
    notes = pages(book, asha, 10, frozenset({TimelineKind.NOTE}))
    assert [each.act for each in notes] == ["add_note"]
    own = pages(book, asha, 10, frozenset({TimelineKind.CUSTOMER}))
    assert {each.kind for each in own} == {TimelineKind.CUSTOMER}
    with pytest.raises(BadCursor):
        book.timeline.page((BRANCH, asha.customer_id), EVERY, 10, "no cursor")


def test_a_customer_of_an_older_book_begins_on_the_day_they_came(book, asha):
    (event,) = pages(book, asha, 10)
    assert (event.act, event.timed, event.at.date()) == (
        "customer_since",
        False,
        asha.customer_since,
    )


def test_statements_do_not_grow_with_the_events(book, samples, asha, statements):
    counts = []
    for _round in range(2):
        for number in range(10):
            book.notes.add(BRANCH, note(samples, asha, "called", number))
        statements.clear()
        book.timeline.page((BRANCH, asha.customer_id), EVERY, 5)
        counts.append(len(statements))
    assert counts == [8, 8]
