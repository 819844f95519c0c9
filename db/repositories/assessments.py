"""Estimates and decisions on applications; both are append-only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select, update

from db.identifiers import format_reference
from db.records.applications import Assessment, DecisionRecord
from db.records.refusals import NotFound
from db.repositories.application_rows import (
    assessment_of,
    assessment_values,
    decision_of,
    decision_values,
)
from db.repositories.session import Session
from db.tables.applications import applications, assessments, decisions
from db.vocabulary.loan_life import ApplicationStatus


class Assessments:
    """What was assessed and decided."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_assessment(self, branch_id: int, assessment: Assessment) -> int:
        """Write an assessment as the application's newest; return the new version.

        Raises:
            NotFound: the branch has no such application.
        """
        found = self._session.first(
            select(applications.c.version).where(
                applications.c.branch_id == branch_id,
                applications.c.application_id == assessment.application_id,
            )
        )
        if found is None:
            raise NotFound
        self.add_assessments(branch_id, [assessment])
        self.link_assessments(branch_id, [(assessment.application_id, assessment.assessment_id)])
        return int(found["version"]) + 1

    def add_assessments(self, branch_id: int, batch: Sequence[Assessment]) -> None:
        """Write many assessments in one statement; the applications are not touched."""
        self._session.write(assessments, [assessment_values(branch_id, one) for one in batch])

    def link_assessments(self, branch_id: int, pairs: Sequence[tuple[UUID, UUID]]) -> None:
        """Make (application, assessment) the newest of each; versions rise by one."""
        if not pairs:
            return
        statement = (
            update(applications)
            .where(
                applications.c.branch_id == branch_id,
                applications.c.application_id == bindparam("of_application"),
            )
            .values(assessment_id=bindparam("newest"), version=applications.c.version + 1)
        )
        values = [{"of_application": one, "newest": newest} for one, newest in pairs]
        self._session.connection.execute(statement, values)

    def assessment(self, branch_id: int, assessment_id: UUID) -> Assessment:
        """Read one assessment.

        Raises:
            NotFound: the branch has no such assessment.
        """
        row = self._session.first(
            select(assessments).where(
                assessments.c.branch_id == branch_id,
                assessments.c.assessment_id == assessment_id,
            )
        )
        if row is None:
            raise NotFound
        return assessment_of(row)

    def assessments_of(self, branch_id: int, application_id: UUID) -> tuple[Assessment, ...]:
        """Return an application's assessments, newest first."""
        query = select(assessments).where(
            assessments.c.branch_id == branch_id,
            assessments.c.application_id == application_id,
        )
        newest = (assessments.c.assessed_at.desc(), assessments.c.assessment_id.desc())
        return tuple(assessment_of(row) for row in self._session.rows(query.order_by(*newest)))

    def scores_of_customer(self, branch_id: int, customer_id: UUID) -> tuple[Assessment, ...]:
        """Return all assessments of a customer's applications, oldest first."""
        own = applications.join(
            assessments,
            (assessments.c.branch_id == applications.c.branch_id)
            & (assessments.c.application_id == applications.c.application_id),
        )
        query = (
            select(assessments)
            .select_from(own)
            .where(
                applications.c.branch_id == branch_id,
                applications.c.customer_id == customer_id,
            )
            .order_by(assessments.c.assessed_at, assessments.c.assessment_id)
        )
        return tuple(assessment_of(row) for row in self._session.rows(query))

    def newest_of_open(
        self, branch_id: int, statuses: Sequence[ApplicationStatus], limit: int
    ) -> tuple[tuple[str, Assessment], ...]:
        """Return reference and newest assessment of applications in those statuses, newest first.

        One statement, whatever the limit.
        """
        newest = applications.join(
            assessments,
            (assessments.c.branch_id == applications.c.branch_id)
            & (assessments.c.assessment_id == applications.c.assessment_id),
        )
        query = (
            select(assessments, applications.c.number)
            .select_from(newest)
            .where(applications.c.branch_id == branch_id, applications.c.status.in_(statuses))
            .order_by(applications.c.number.desc())
            .limit(limit)
        )
        rows = self._session.rows(query)
        return tuple((format_reference("A", row["number"]), assessment_of(row)) for row in rows)

    def unscored(self, branch_id: int, limit: int | None = None) -> tuple[UUID, ...]:
        """Return the applications that have no assessment yet, oldest first."""
        query = select(applications.c.application_id).where(
            applications.c.branch_id == branch_id, applications.c.assessment_id.is_(None)
        )
        ordered = query.order_by(applications.c.application_date, applications.c.application_id)
        return tuple(row["application_id"] for row in self._session.rows(ordered.limit(limit)))

    def add_decision(self, branch_id: int, decision: DecisionRecord) -> None:
        """Write one decision.

        Raises:
            IntegrityError (as BookDamaged): maker and checker are one person, or none checked.
        """
        self.add_decisions(branch_id, [decision])

    def add_decisions(self, branch_id: int, batch: Sequence[DecisionRecord]) -> None:
        """Write many decisions in one statement."""
        self._session.write(decisions, [decision_values(branch_id, one) for one in batch])
        for one in batch:
            self._session.moves.decide(branch_id, one.application_id, one.decision, one.decided_at)

    def decisions_of(self, branch_id: int, application_id: UUID) -> tuple[DecisionRecord, ...]:
        """Return an application's decisions, oldest first."""
        query = select(decisions).where(
            decisions.c.branch_id == branch_id, decisions.c.application_id == application_id
        )
        ordered = query.order_by(decisions.c.decided_at, decisions.c.decision_id)
        return tuple(decision_of(row) for row in self._session.rows(ordered))
