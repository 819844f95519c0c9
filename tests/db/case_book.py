"""An application with its people, and the steps that a workflow would take on it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from db.records.applications import StatusChange
from db.records.cases import CaseStepRecord, FrozenReason
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role

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
