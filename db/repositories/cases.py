"""Steps between maker and checker, the queue that waits, and whose limit is higher."""

import json
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, and_, func, select
from sqlalchemy.exc import IntegrityError

from db.identifiers import format_reference
from db.records.cases import CaseStepRecord, FrozenReason, WaitingCase
from db.records.refusals import VersionConflict
from db.repositories.session import MOST_IDS, Session
from db.tables.applications import applications, assessments
from db.tables.cases import case_steps, user_authorities
from db.tables.customers import customers
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

_SAME_CUSTOMER = and_(
    customers.c.branch_id == applications.c.branch_id,
    customers.c.customer_id == applications.c.customer_id,
)
_NEWEST = and_(
    assessments.c.branch_id == applications.c.branch_id,
    assessments.c.assessment_id == applications.c.assessment_id,
)
_NAMES = tuple(column.name for column in case_steps.c if column.name != "branch_id")


class Cases:
    """What makers and checkers did with the applications of a branch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def steps_of(self, branch_id: int, application_id: UUID) -> tuple[CaseStepRecord, ...]:
        """Return the steps of an application, oldest first."""
        query = select(case_steps).where(
            case_steps.c.branch_id == branch_id, case_steps.c.application_id == application_id
        )
        return tuple(map(_step_of, self._session.rows(query.order_by(case_steps.c.number))))

    def add_step(self, branch_id: int, step: CaseStepRecord) -> None:
        """Write the next step.

        Raises:
            VersionConflict: somebody took a step on it meanwhile.
        """
        if self._taken(branch_id, step):
            raise VersionConflict
        try:
            self.add_steps(branch_id, [step])
        except IntegrityError as error:
            raise VersionConflict from error

    def _taken(self, branch_id: int, step: CaseStepRecord) -> bool:
        query = select(func.max(case_steps.c.number)).where(
            case_steps.c.branch_id == branch_id,
            case_steps.c.application_id == step.application_id,
        )
        return int(self._session.one(query)[0] or 0) != step.number - 1

    def add_steps(self, branch_id: int, batch: Sequence[CaseStepRecord]) -> None:
        """Write many steps in one statement, in their order."""
        self._session.write(case_steps, [_step_values(branch_id, one) for one in batch])

    def waiting(self, branch_id: int) -> tuple[WaitingCase, ...]:
        """Return the applications that wait for a decision, by number."""
        query = (
            select(
                applications.c.application_id,
                applications.c.number,
                applications.c.product_code,
                applications.c.officer_id,
                applications.c.version,
                customers.c.full_name,
                assessments.c.credit_score_hundredths,
                assessments.c.risk_level,
                assessments.c.band,
            )
            .select_from(
                applications.join(customers, _SAME_CUSTOMER).outerjoin(assessments, _NEWEST)
            )
            .where(
                applications.c.branch_id == branch_id,
                applications.c.status == ApplicationStatus.PROPOSED,
            )
            .order_by(applications.c.number)
        )
        return tuple(map(_waiting_of, self._session.rows(query)))

    def steps_of_many(
        self, branch_id: int, ids: Sequence[UUID]
    ) -> dict[UUID, tuple[CaseStepRecord, ...]]:
        """Return the steps of several applications, oldest first, one statement for every 500."""
        found: dict[UUID, list[CaseStepRecord]] = defaultdict(list)
        for start in range(0, len(ids), MOST_IDS):
            query = select(case_steps).where(
                case_steps.c.branch_id == branch_id,
                case_steps.c.application_id.in_(ids[start : start + MOST_IDS]),
            )
            for row in self._session.rows(query.order_by(case_steps.c.number)):
                found[row["application_id"]].append(_step_of(row))
        return {key: tuple(steps) for key, steps in found.items()}

    def authority_of(self, branch_id: int, user_id: UUID) -> SanctionAuthority:
        """Return whose limit a checker has; the branch's own unless more was given."""
        row = self._session.first(
            select(user_authorities.c.authority).where(
                user_authorities.c.branch_id == branch_id, user_authorities.c.user_id == user_id
            )
        )
        return SanctionAuthority.SUPERVISOR if row is None else row["authority"]

    def give_authority(self, branch_id: int, user_id: UUID, authority: SanctionAuthority) -> None:
        """Give a checker the limit of an authority."""
        values = {"branch_id": branch_id, "user_id": user_id, "authority": authority}
        self._session.write(user_authorities, [values])


def _step_values(branch_id: int, step: CaseStepRecord) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(step, name) for name in _NAMES}
    reasons = [{"code": one.code, "text": one.text} for one in step.reasons]
    values["reasons"] = json.dumps(reasons, ensure_ascii=False)
    return values | {"branch_id": branch_id}


def _step_of(row: RowMapping) -> CaseStepRecord:
    values = {name: row[name] for name in _NAMES}
    values["reasons"] = tuple(FrozenReason(**one) for one in json.loads(row["reasons"]))
    return CaseStepRecord(**values)


def _waiting_of(row: RowMapping) -> WaitingCase:
    return WaitingCase(
        application_id=row["application_id"],
        reference=format_reference("A", row["number"]),
        full_name=row["full_name"],
        product_code=row["product_code"],
        officer_id=row["officer_id"],
        version=row["version"],
        credit_score_hundredths=row["credit_score_hundredths"],
        risk_level=row["risk_level"],
        band=row["band"],
    )
