"""What PostgreSQL refuses to whoever writes past the services."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine, text, update

from app.services.steps.automatic_policy import POLICY_ID
from db.guards import case_steps as guards
from db.migrations import frozen_ddl
from db.records.applications import DecisionRecord
from db.records.cases import CaseStepRecord
from db.records.refusals import BookDamaged
from db.tables.applications import applications
from db.tables.cases import case_steps
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority
from tests.db.case_book import APPROVED, BRANCH, PENDING, PROPOSED, Case


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0004", "postgresql")}
    assert set(guards.CREATE) <= frozen


@pytest.fixture
def postgres_case(engine: Engine, open_book: Callable[[], UnitOfWork], samples) -> Case:
    """A committed case on PostgreSQL; SQLite has no guards."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has CHECK constraints only: the services refuse there")
    with open_book() as book:
        made = Case(book, samples)
        book.commit()
    return made


def written(open_book: Callable[[], UnitOfWork], *steps: CaseStepRecord) -> None:
    with open_book() as book:
        for step in steps:
            book.cases.add_steps(BRANCH, [step])
        book.commit()


FORBIDDEN = {
    "a first step that is no proposal": lambda c: [c.claim(1)],
    "a number left out": lambda c: [c.proposal(), c.claim(3)],
    "a proposal by a supervisor": lambda c: [c.proposal(who=c.checker)],
    "a proposal by a stranger": lambda c: [c.proposal(who=UUID(int=9))],
    "a proposal that approves at once": lambda c: [c.proposal(to_status=APPROVED)],
    "a second proposal": lambda c: [c.proposal(), replace(c.proposal(), number=2)],
    "a proposal to return": lambda c: [c.proposal(decision=Decision.RETURN)],
    "a claim by the maker": lambda c: [c.proposal(who=c.both), c.claim(who=c.both)],
    "a claim by who entered it": lambda c: [c.proposal(who=c.both), c.claim(who=c.maker)],
    "a claim by an officer": lambda c: [c.proposal(who=c.both), c.claim(who=c.maker)],
    "a claim that approves": lambda c: [c.proposal(), replace(c.claim(), to_status=APPROVED)],
    "a decision without a claim": lambda c: [c.proposal(), c.decision(2)],
    "a decision in another's hands": lambda c: [c.proposal(), c.claim(), c.decision(who=c.other)],
    "a larger amount": lambda c: [c.proposal(), c.claim(), c.decision(amount_paise=100_000_01)],
    "a longer tenure": lambda c: [c.proposal(), c.claim(), c.decision(tenure_months=61)],
    "a lower rate": lambda c: [c.proposal(), c.claim(), c.decision(rate_ppm=122_499)],
    "no terms": lambda c: [c.proposal(), c.claim(), c.decision(amount_paise=None)],
    "an approval of a rejection": lambda c: [
        c.proposal(decision=Decision.REJECT),
        c.claim(),
        c.decision(),
    ],
    "a rejection that approves": lambda c: [
        c.proposal(),
        c.claim(),
        c.decision(decision=Decision.REJECT),
    ],
    "a decision by hold": lambda c: [c.proposal(), c.claim(), c.decision(decision=Decision.HOLD)],
    "an automatic decision": lambda c: [
        c.proposal(),
        c.claim(),
        replace(c.decision(), step=CaseStep.DECIDE_AUTOMATICALLY),
    ],
    "a second decision": lambda c: [c.proposal(), c.claim(), c.decision(), c.decision(4)],
    "another's release": lambda c: [
        c.proposal(),
        c.claim(),
        c.step(3, CaseStep.RELEASE, c.other),
    ],
    "a withdrawal by another": lambda c: [
        c.proposal(),
        c.step(2, CaseStep.WITHDRAW, c.both, to_status=PENDING),
    ],
    "a withdrawal in a checker's hands": lambda c: [
        c.proposal(),
        c.claim(),
        c.step(3, CaseStep.WITHDRAW, c.maker, to_status=PENDING),
    ],
    "another's recall": lambda c: [
        c.proposal(),
        c.claim(),
        c.decision(),
        c.step(4, CaseStep.RECALL, c.other, from_status=APPROVED),
    ],
}


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses(
    name: str, postgres_case: Case, open_book: Callable[[], UnitOfWork]
) -> None:
    *before, last = FORBIDDEN[name](postgres_case)
    written(open_book, *before)
    with pytest.raises(BookDamaged):
        written(open_book, last)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_allows_the_way_of_two_people(
    postgres_case: Case, open_book: Callable[[], UnitOfWork]
) -> None:
    case = postgres_case
    recall = case.step(4, CaseStep.RECALL, case.checker, from_status=APPROVED)
    written(open_book, case.proposal(), case.claim(), case.decision(), recall)
    sent_on = case.step(
        6, CaseStep.FORWARD, case.checker, forward_to=SanctionAuthority.REGIONAL_CREDIT_DESK
    )
    with open_book() as book:
        for step in (case.claim(5), sent_on, case.claim(7, case.other)):
            book.cases.add_steps(BRANCH, [step])
        decided = case.decision(8, who=case.other, amount_paise=90_000_00)
        book.cases.add_steps(BRANCH, [decided])
        case.moved(book, APPROVED, case.application.version)
        book.applications.add_decision(BRANCH, record_of(case, decided))
        book.commit()


def record_of(case: Case, step: CaseStepRecord, **fields: object) -> DecisionRecord:
    made = DecisionRecord(
        step.step_id,
        step.application_id,
        Decision.APPROVE,
        case.maker,
        step.actor_id,
        step.at,
        "APP-POLICY",
        amount_paise=step.amount_paise,
        tenure_months=step.tenure_months,
        rate_ppm=step.rate_ppm,
    )
    return replace(made, **fields)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "status",
    [PROPOSED, APPROVED, ApplicationStatus.REJECTED, "Returned", "Disbursed"],
)
def test_postgresql_refuses_a_status_without_its_step(
    status: str, postgres_case: Case, open_book: Callable[[], UnitOfWork]
) -> None:
    def move() -> None:
        with open_book() as book:
            postgres_case.moved(book, ApplicationStatus(status), postgres_case.application.version)
            book.commit()

    with pytest.raises(BookDamaged):
        move()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_decisions_without_steps_and_any_later_edit(
    engine: Engine, postgres_case: Case, open_book: Callable[[], UnitOfWork]
) -> None:
    case = postgres_case
    decided = case.decision()

    def decide(record: DecisionRecord) -> None:
        with open_book() as book:
            book.applications.add_decision(BRANCH, record)
            book.commit()

    with pytest.raises(BookDamaged):
        decide(record_of(case, decided))
    written(open_book, case.proposal(), case.claim(), decided)
    for fault in ({"checker_id": case.other}, {"amount_paise": 1}, {"decision": Decision.REJECT}):
        with pytest.raises(BookDamaged):
            decide(record_of(case, decided, **fault))
    with open_book() as book:
        case.moved(book, APPROVED, case.application.version)
        book.applications.add_decision(BRANCH, record_of(case, decided))
        book.commit()
    for statement in (
        update(case_steps).values(note="changed"),
        text("DELETE FROM case_steps"),
        text("UPDATE decisions SET note = 'changed'"),
        text("DELETE FROM decisions"),
        update(applications).values(status=ApplicationStatus.PENDING),
    ):
        with pytest.raises(Exception, match=r"never|does not follow"), engine.begin() as direct:
            direct.execute(statement)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_the_automatic_policy_signs_only_when_the_book_says_so(
    engine: Engine, postgres_case: Case, open_book: Callable[[], UnitOfWork]
) -> None:
    case = postgres_case
    written(open_book, case.proposal(amount_paise=50_000_00))
    automatic = case.step(
        2,
        CaseStep.DECIDE_AUTOMATICALLY,
        POLICY_ID,
        to_status=APPROVED,
        decision=Decision.APPROVE,
        amount_paise=50_000_00,
        tenure_months=60,
        rate_ppm=122_500,
    )
    with pytest.raises(BookDamaged):
        written(open_book, automatic)
    with engine.begin() as direct:
        direct.execute(text("ALTER TABLE rule_values DISABLE TRIGGER USER"))
        direct.execute(
            text("UPDATE rule_values SET value = 'true' WHERE code = 'automatic_approval'")
        )
        direct.execute(text("ALTER TABLE rule_values ENABLE TRIGGER USER"))
    for fault in ({"actor_id": case.checker}, {"amount_paise": 50_000_01}, {"rate_ppm": 1}):
        with pytest.raises(BookDamaged):
            written(open_book, replace(automatic, **fault))
    written(open_book, automatic)
