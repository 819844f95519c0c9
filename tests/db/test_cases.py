"""Steps between maker and checker as stored, and what PostgreSQL refuses to direct writes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, text, update

from app.services.steps.automatic_policy import POLICY_ID
from db.guards import case_steps as guards
from db.migrations import frozen_ddl
from db.records.applications import DecisionRecord, StatusChange
from db.records.cases import CaseStepRecord, FrozenReason
from db.records.refusals import BookDamaged, VersionConflict
from db.tables.applications import applications
from db.tables.cases import case_steps
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role, SanctionAuthority

BRANCH = 412
PENDING, PROPOSED, APPROVED = (
    ApplicationStatus.PENDING,
    ApplicationStatus.PROPOSED,
    ApplicationStatus.APPROVED,
)


class Case:
    """A pending application with its people, and the steps that a workflow would take."""

    def __init__(self, book: UnitOfWork, samples) -> None:
        self.samples = samples
        self.maker = self._person(book, "maker", Role.OFFICER)
        self.checker = self._person(book, "checker", Role.SUPERVISOR)
        self.other = self._person(book, "other", Role.SUPERVISOR)
        self.both = self._person(book, "both", Role.OFFICER, Role.SUPERVISOR)
        new = samples.customer()
        book.customers.add(new)
        self.application = samples.application(new.customer, status=PENDING, officer_id=self.maker)
        book.applications.add(self.application)

    def _person(self, book: UnitOfWork, name: str, *roles: Role) -> UUID:
        user = self.samples.user(name)
        book.users.add(replace(user, user_id=self.samples.new_id(), roles=frozenset(roles)))
        return book.users.by_staff_id(name).user_id

    def step(self, number: int, kind: CaseStep, who: UUID, **fields: object) -> CaseStepRecord:
        made = CaseStepRecord(
            step_id=self.samples.new_id(),
            application_id=self.application.application_id,
            number=number,
            step=kind,
            actor_id=who,
            at=self.application.status_since + timedelta(minutes=number),
            from_status=PROPOSED,
            to_status=PROPOSED,
        )
        return replace(made, **fields)

    def proposal(self, **fields: object) -> CaseStepRecord:
        return self.step(
            1,
            CaseStep.PROPOSE,
            fields.pop("who", self.maker),
            **{
                "from_status": PENDING,
                "decision": Decision.APPROVE,
                "amount_paise": 100_000_00,
                "tenure_months": 60,
                "rate_ppm": 122_500,
                "reasons": (FrozenReason("APP-POLICY", "All policy checks pass."),),
                **fields,
            },
        )

    def claim(self, number: int = 2, who: UUID | None = None) -> CaseStepRecord:
        return self.step(number, CaseStep.CLAIM, who or self.checker)

    def decision(self, number: int = 3, **fields: object) -> CaseStepRecord:
        return self.step(
            number,
            CaseStep.DECIDE,
            fields.pop("who", self.checker),
            **{
                "to_status": APPROVED,
                "decision": Decision.APPROVE,
                "amount_paise": 100_000_00,
                "tenure_months": 60,
                "rate_ppm": 122_500,
                **fields,
            },
        )

    def moved(self, book: UnitOfWork, status: ApplicationStatus, version: int) -> int:
        return book.applications.set_status(
            StatusChange(
                BRANCH,
                self.application.application_id,
                status,
                self.application.status_since,
                version,
            )
        )


@pytest.fixture
def case(book: UnitOfWork, samples) -> Case:
    return Case(book, samples)


def test_steps_come_back_as_they_were(book: UnitOfWork, case: Case) -> None:
    taken = [case.proposal(conditions="Insurance", note="Seen"), case.claim(), case.decision()]
    for step in taken:
        book.cases.add_step(BRANCH, step)
    wanted = case.application.application_id
    assert book.cases.steps_of(BRANCH, wanted) == tuple(taken)
    assert book.cases.steps_of_many(BRANCH, [wanted]) == {wanted: tuple(taken)}
    assert book.cases.steps_of(413, wanted) == ()


def test_a_number_is_taken_once(book: UnitOfWork, case: Case) -> None:
    book.cases.add_step(BRANCH, case.proposal())
    book.cases.add_step(BRANCH, case.claim())
    with pytest.raises(VersionConflict):
        book.cases.add_step(BRANCH, case.claim(who=case.other))


def test_the_queue_holds_what_waits(book: UnitOfWork, case: Case) -> None:
    assert book.cases.waiting(BRANCH) == ()
    book.cases.add_step(BRANCH, case.proposal())
    case.moved(book, PROPOSED, case.application.version)
    (waiting,) = book.cases.waiting(BRANCH)
    assert waiting.application_id == case.application.application_id
    assert waiting.reference == case.application.reference
    assert waiting.credit_score_hundredths is None
    assert book.cases.waiting(413) == ()


def test_an_authority_is_the_branchs_own_until_more_is_given(book: UnitOfWork, case: Case) -> None:
    assert book.cases.authority_of(BRANCH, case.checker) is SanctionAuthority.SUPERVISOR
    book.cases.give_authority(BRANCH, case.checker, SanctionAuthority.REGIONAL_CREDIT_DESK)
    assert book.cases.authority_of(BRANCH, case.checker) is SanctionAuthority.REGIONAL_CREDIT_DESK


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
