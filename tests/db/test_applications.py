"""Applications with their children, assessments and decisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from db.records.applications import CoApplicant, DecisionRecord, Guarantor, StatusChange
from db.records.lists import ApplicationFilter, Viewer
from db.records.people import BureauReport
from db.records.refusals import BookDamaged, NotFound, VersionConflict
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Relationship

BRANCH = 412


@pytest.fixture
def customer(book: UnitOfWork, samples):
    new = samples.customer()
    book.customers.add(new)
    return new.customer


def test_read_back_equals_written(book: UnitOfWork, samples, customer) -> None:
    other = samples.customer(1002)
    book.customers.add(other)
    application = samples.application(
        customer,
        co_applicants=(CoApplicant(other.customer.customer_id, Relationship.SPOUSE, True),),
        closed_obligations=(customer.obligations[1].obligation_id,),
        bureau=BureauReport(score=700),
        remarks="'; DROP TABLE loans; --",
        digital_loan=True,
    )
    book.applications.add(application)
    read = book.applications.get(BRANCH, application.application_id)
    guarantor = replace(application.guarantors[0], pan_number=None, pan_masked="ABCPEXXXXF")
    assert read == replace(application, guarantors=(guarantor,))
    assert book.applications.by_reference(BRANCH, " a-1001 ") == read


def test_update_keeps_a_sealed_guarantor_pan(book: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    book.applications.add(application)
    read = book.applications.get(BRANCH, application.application_id)
    people = (*read.guarantors, Guarantor(samples.new_id(), "Asha", Relationship.FRIEND))
    edit = replace(read, amount_paise=5, collateral=(), guarantors=people)
    assert book.applications.update(edit, 1) == 2
    again = book.applications.get(BRANCH, application.application_id)
    assert [one.pan_masked for one in again.guarantors] == ["ABCPEXXXXF", None]
    assert (again.amount_paise, again.collateral, again.version) == (5, (), 2)
    with pytest.raises(VersionConflict):
        book.applications.update(read, 1)


def test_status_moves_once(book: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    book.applications.add(application)
    later = application.status_since + timedelta(hours=1)
    change = StatusChange(BRANCH, application.application_id, ApplicationStatus.WITHDRAWN, later, 1)
    assert book.applications.set_status(change) == 2
    read = book.applications.get(BRANCH, application.application_id)
    assert (read.status, read.status_since) == (ApplicationStatus.WITHDRAWN, later)
    with pytest.raises(VersionConflict):
        book.applications.set_status(change)


def test_assessments_are_linked_and_listed(book: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    book.applications.add(application)
    assert book.applications.unscored(BRANCH) == (application.application_id,)
    first = samples.assessment(application)
    second = samples.assessment(
        application, assessed_at=first.assessed_at + timedelta(days=1), risk_probability=0.1
    )
    assert book.applications.add_assessment(BRANCH, first) == 2
    assert book.applications.add_assessment(BRANCH, second) == 3
    assert book.applications.unscored(BRANCH) == ()
    assert book.applications.get(BRANCH, application.application_id).assessment_id == (
        second.assessment_id
    )
    assert book.applications.assessment(BRANCH, first.assessment_id) == first
    assert book.applications.assessments_of(BRANCH, application.application_id) == (second, first)
    customer_id = customer.customer_id
    assert book.applications.scores_of_customer(BRANCH, customer_id) == (first, second)
    with pytest.raises(NotFound):
        book.applications.assessment(BRANCH, application.application_id)
    with pytest.raises(NotFound):
        book.applications.add_assessment(413, samples.assessment(application))


def test_probability_keeps_every_bit(book: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    book.applications.add(application)
    exact = samples.assessment(application, risk_probability=0.1 + 0.2)
    book.applications.add_assessment(BRANCH, exact)
    read = book.applications.assessment(BRANCH, exact.assessment_id)
    assert read.risk_probability.hex() == (0.1 + 0.2).hex()


def decision(samples, application, **fields: object) -> DecisionRecord:
    made = DecisionRecord(
        samples.new_id(),
        application.application_id,
        Decision.APPROVE,
        UUID(int=1),
        UUID(int=2),
        application.status_since,
        "MEETS_POLICY",
    )
    return replace(made, **fields)


def test_decisions_are_kept(unguarded: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    unguarded.applications.add(application)
    made = decision(samples, application, note="ok", amount_paise=7)
    unguarded.applications.add_decision(BRANCH, made)
    assert unguarded.applications.decisions_of(BRANCH, application.application_id) == (made,)


@pytest.mark.parametrize(
    "fault", [{"checker_id": UUID(int=1)}, {"checker_id": None}, {"decision": "grant"}]
)
def test_the_database_refuses_a_decision_of_one_person(
    open_book: Callable[[], UnitOfWork], samples, fault: dict
) -> None:
    new = samples.customer()
    application = samples.application(new.customer)

    def write() -> None:
        with open_book() as book:
            book.customers.add(new)
            book.applications.add(application)
            book.applications.add_decision(BRANCH, decision(samples, application, **fault))

    with pytest.raises(BookDamaged) as caught:
        write()
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert "decisions" not in caught.value.sentence


def test_a_return_needs_no_checker(unguarded: UnitOfWork, samples, customer) -> None:
    application = samples.application(customer)
    unguarded.applications.add(application)
    made = decision(samples, application, decision=Decision.HOLD, checker_id=None)
    unguarded.applications.add_decision(BRANCH, made)


def test_unscored_rows_and_unknown_officers_still_stand_in_the_list(
    book: UnitOfWork, samples, customer
) -> None:
    application = samples.application(customer)
    book.applications.add(application)
    viewer = Viewer(BRANCH, samples.officer, application.application_date)
    (row,) = book.applications.find(viewer, ApplicationFilter(), 10).rows
    assert (row.full_name, row.officer_name, row.risk_level) == ("Ravi Reddy", "", None)
    book.users.add(samples.user())
    book.applications.add_assessment(BRANCH, samples.assessment(application))
    (row,) = book.applications.of_customer(BRANCH, customer.customer_id)
    assert (row.officer_name, row.credit_score_hundredths) == ("Anita Desai", 61_234)


def test_to_do_and_counts(book: UnitOfWork, samples, customer) -> None:
    statuses = (ApplicationStatus.PENDING, ApplicationStatus.RETURNED, ApplicationStatus.REJECTED)
    batch = [
        samples.application(customer, 1001 + n, status=status) for n, status in enumerate(statuses)
    ]
    foreign = samples.application(customer, 1009, officer_id=UUID(int=9))
    book.applications.add_many([*batch, foreign])
    viewer = Viewer(BRANCH, samples.officer, foreign.application_date)
    wanted = (ApplicationStatus.RETURNED, ApplicationStatus.PENDING)
    mine = book.applications.to_do(viewer, wanted)
    assert [row.reference for row in mine] == ["A-1002", "A-1001"]
    branch = replace(viewer, user_id=None)
    assert len(book.applications.to_do(branch, wanted)) == 3
    assert book.applications.to_do(viewer, ()) == ()
    assert book.applications.counts_by_status(viewer) == dict.fromkeys(statuses, 1)
    everyone = book.applications.counts_by_status(viewer, mine=False)
    assert everyone[ApplicationStatus.PENDING] == 2
    assert set(book.applications.ids(BRANCH, wanted)) == {
        batch[0].application_id,
        batch[1].application_id,
        foreign.application_id,
    }


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow_with_the_rows(
    open_book: Callable[[], UnitOfWork], samples, statements: list[str], count: int
) -> None:
    new = samples.customer()
    batch = [samples.application(new.customer, 1001 + n) for n in range(count)]
    with open_book() as book:
        book.customers.add(new)
        statements.clear()
        book.applications.add_many(batch)
        assert len(statements) == 3  # applications, collateral, guarantors
        statements.clear()
        assert len(book.applications.get_many(BRANCH, [b.application_id for b in batch])) == count
        assert len(statements) == 5
        statements.clear()
        book.applications.add_assessments(BRANCH, [samples.assessment(one) for one in batch])
        assert len(statements) == 1


def test_missing_ones_are_said(book: UnitOfWork, samples) -> None:
    with pytest.raises(NotFound):
        book.applications.get(BRANCH, samples.new_id())
    for reference in ("A-9999", "C-1001", "nonsense"):
        with pytest.raises(NotFound):
            book.applications.by_reference(BRANCH, reference)
    book.applications.link_assessments(BRANCH, [])
