"""Signs beside the payments, for a whole branch: security, later scores, defaults of co-signers.

Source: screens.md S70. Each statement brings the few loans that a rule may speak of; the rule then
decides. Limits come from the rules.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from db.records.follow_up import ScoreRow, SecurityRow
from db.repositories.closing_sql import IS_OPEN
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.session import Session
from db.tables.applications import (
    applications,
    assessments,
    co_applicants,
    collateral,
    guarantors,
)
from db.tables.customers import customers
from db.tables.loans import loans
from db.vocabulary.lending import CollateralStatus, CollateralType
from db.vocabulary.loan_life import LoanStatus

_MILLION = 1_000_000
_COUNTED = collateral.c.value_paise * collateral.c.accepted_share_ppm // _MILLION
_HELD = collateral.c.status != CollateralStatus.RELEASED
_GIVEN, _LATER = assessments.alias("given"), assessments.alias("later")
_OWN, _ASKED = applications.alias("own"), applications.alias("asked")
_SECURITY = (
    loans.c.loan_id,
    loans.c.product_code,
    loans.c.sanction_date,
    loans.c.principal_paise,
    loans.c.outstanding_paise,
    collateral.c.collateral_type,
    collateral.c.value_paise,
    collateral.c.accepted_share_ppm,
)
_OF_LOAN = and_(
    collateral.c.branch_id == loans.c.branch_id,
    collateral.c.application_id == loans.c.application_id,
)


class StandingSigns:
    """The reads behind signs of state."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hardly_carried(
        self, branch_id: int, caps: Mapping[tuple[str, CollateralType], int]
    ) -> Sequence[SecurityRow]:
        """The securities of open loans that exceed what these caps let them carry."""
        if not caps:
            return ()
        beyond = _beyond(branch_id, caps)
        query = (
            select(*_SECURITY)
            .join(collateral, _OF_LOAN)
            .join(beyond, beyond.c.loan_id == loans.c.loan_id)
            .where(loans.c.branch_id == branch_id, IS_OPEN, _HELD)
            .order_by(loans.c.loan_id, collateral.c.position)
        )
        return [SecurityRow._make(row) for row in self._session.connection.execute(query)]

    def fallen_scores(self, branch_id: int, loan_id: UUID | None = None) -> Sequence[ScoreRow]:
        """Open loans whose borrower was scored lower later on, with both scores.

        Of one loan, when it is named: the later score, lower or not.
        """
        then, now = _GIVEN.c.credit_score_hundredths, _LATER.c.credit_score_hundredths
        wanted = now < then if loan_id is None else loans.c.loan_id == loan_id
        query = (
            select(loans.c.loan_id, then, now)
            .join(_OWN, and_(*_same(_OWN, "application_id")))
            .join(_GIVEN, and_(_GIVEN.c.branch_id == branch_id, _scored(_GIVEN, _OWN)))
            .join(_ASKED, and_(*_same(_ASKED, "customer_id")))
            .join(_LATER, and_(_LATER.c.branch_id == branch_id, _scored(_LATER, _ASKED)))
            .where(
                loans.c.branch_id == branch_id,
                IS_OPEN,
                _ASKED.c.application_id != _OWN.c.application_id,
                _LATER.c.assessed_at > _GIVEN.c.assessed_at,
                wanted,
                ~_newer().exists(),
            )
        )
        return [ScoreRow._make(row) for row in self._session.connection.execute(query)]

    def with_defaulted_cosigners(self, branch_id: int) -> frozenset[UUID]:
        """Open loans one of whose co-applicants or guarantors is in default on a loan here."""
        bad = loans.alias("bad")
        debtor = select(bad.c.customer_id).where(
            bad.c.branch_id == branch_id,
            or_(bad.c.status == LoanStatus.DEFAULTED, bad.c.asset_class.in_(NPA_CLASSES)),
            bad.c.closed_on.is_(None),
        )
        beside = select(co_applicants.c.application_id).where(
            co_applicants.c.branch_id == branch_id, co_applicants.c.customer_id.in_(debtor)
        )
        known = and_(
            customers.c.branch_id == guarantors.c.branch_id,
            customers.c.pan_index == guarantors.c.pan_index,
        )
        behind = (
            select(guarantors.c.application_id)
            .join(customers, known)
            .where(guarantors.c.branch_id == branch_id, customers.c.customer_id.in_(debtor))
        )
        query = select(loans.c.loan_id).where(
            loans.c.branch_id == branch_id,
            IS_OPEN,
            or_(loans.c.application_id.in_(beside), loans.c.application_id.in_(behind)),
        )
        return frozenset(row.loan_id for row in self._session.connection.execute(query))


def _beyond(branch_id: int, caps: Mapping[tuple[str, CollateralType], int]) -> Subquery:
    """The loans that owe more than these caps let their security carry."""
    cap = case(
        *(
            (and_(loans.c.product_code == code, collateral.c.collateral_type == kind), ppm)
            for (code, kind), ppm in caps.items()
        ),
        else_=0,
    )
    carried = func.sum(cast(_COUNTED, BigInteger) * cast(cap, BigInteger))
    owed = loans.c.outstanding_paise * cast(literal(_MILLION), BigInteger)
    return (
        select(loans.c.loan_id)
        .join(collateral, _OF_LOAN)
        .where(loans.c.branch_id == branch_id, IS_OPEN, _HELD)
        .group_by(loans.c.loan_id, loans.c.outstanding_paise)
        .having(and_(carried > 0, owed > carried))
        .subquery("beyond")
    )


def _newer() -> "Select[Any]":
    """A score of the borrower that is newer than the later one."""
    newest, another = assessments.alias("newest"), applications.alias("another")
    return (
        select(newest.c.assessment_id)
        .join(another, another.c.assessment_id == newest.c.assessment_id)
        .where(
            newest.c.branch_id == loans.c.branch_id,
            *_same(another, "customer_id"),
            newest.c.assessed_at > _LATER.c.assessed_at,
        )
    )


def _same(other: FromClause, name: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of another table with the loan's own id of that name."""
    return (other.c.branch_id == loans.c.branch_id, other.c[name] == loans.c[name])


def _scored(score: FromClause, asked: FromClause) -> ColumnElement[bool]:
    return score.c.assessment_id == asked.c.assessment_id
