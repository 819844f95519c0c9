"""The book as the drift report reads it: scored applications, matured loans, decisions.

Source: machine-learning.md 9, screens.md S80. Scores of another model are left out: they measure
something else.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from db.records.drift import DecidedCount, ScoredApplication, ScoredLoan
from db.records.monitor import BookCut
from db.records.months import MonthSpan
from db.repositories.cell_moves import FINAL
from db.repositories.portfolio_scope import of_branch
from db.repositories.session import Session
from db.tables.applications import applications, assessments, decisions
from db.tables.loans import loans, npa_tracking
from db.vocabulary.loan_life import AssetClass

_LATE = (AssetClass.SMA_1, AssetClass.SMA_2)


class DriftBook:
    """Reads for the drift report."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, cut: BookCut, model_sha256: str, since: date) -> int:
        """Return how many applications from that day on this model has scored."""
        query = select(func.count()).select_from(_scored())
        wanted = _wanted(cut, model_sha256)
        found = self._session.one(query.where(*wanted, applications.c.application_date >= since))
        return int(found[0])

    def newest(
        self, cut: BookCut, model_sha256: str, since: date, limit: int
    ) -> tuple[ScoredApplication, ...]:
        """Return the newest of them, the newest first."""
        day, own = applications.c.application_date, applications.c.application_id
        chosen = _keys(cut, model_sha256).where(day >= since).order_by(day.desc(), own.desc())
        return self._told(chosen.limit(limit), newest_first=True)

    def oldest(self, cut: BookCut, model_sha256: str, limit: int) -> tuple[ScoredApplication, ...]:
        """Return the first applications that this model has scored, the oldest first."""
        order = (applications.c.application_date, applications.c.application_id)
        chosen = _keys(cut, model_sha256).order_by(*order)
        return self._told(chosen.limit(limit), newest_first=False)

    def loans(self, cut: BookCut, model_sha256: str) -> tuple[ScoredLoan, ...]:
        """Return every loan whose application this model has scored."""
        entry = npa_tracking.c
        late = (
            select(entry.branch_id, entry.loan_id, func.min(entry.business_date).label("first"))
            .where(of_branch(npa_tracking, cut.branch_id), entry.asset_class.in_(_LATE))
            .group_by(entry.branch_id, entry.loan_id)
            .subquery("late")
        )
        own = and_(
            loans.c.branch_id == applications.c.branch_id,
            loans.c.application_id == applications.c.application_id,
        )
        tables = (
            _scored()
            .join(loans, own)
            .outerjoin(
                late, and_(late.c.branch_id == loans.c.branch_id, late.c.loan_id == loans.c.loan_id)
            )
        )
        query = (
            select(
                assessments.c.risk_probability,
                assessments.c.risk_level,
                loans.c.disbursement_date,
                loans.c.defaulted_on,
                late.c.first,
            )
            .select_from(tables)
            .where(*_wanted(cut, model_sha256), loans.c.disbursement_date <= cut.day)
            .order_by(loans.c.branch_id, loans.c.number)
        )
        return tuple(ScoredLoan(*row) for row in self._session.connection.execute(query))

    def decided(self, cut: BookCut, model_sha256: str, span: MonthSpan) -> tuple[DecidedCount, ...]:
        """Return final decisions of these days by the recommendation they followed."""
        of_case = and_(
            decisions.c.branch_id == applications.c.branch_id,
            decisions.c.application_id == applications.c.application_id,
        )
        kinds = (assessments.c.recommendation, decisions.c.decision)
        query = (
            select(*kinds, func.count())
            .select_from(_scored().join(decisions, of_case))
            .where(
                *_wanted(cut, model_sha256),
                decisions.c.decided_at >= span.starts_at,
                decisions.c.decided_at < span.ends_at,
                decisions.c.decision.in_(FINAL),
            )
            .group_by(*kinds)
            .order_by(*kinds)
        )
        return tuple(DecidedCount(*row) for row in self._session.connection.execute(query))

    def _told(self, chosen: "Select[Any]", *, newest_first: bool) -> tuple[ScoredApplication, ...]:
        """The scores of some applications: thousands are put in order without their long texts."""
        few, score = chosen.subquery("few"), assessments.c
        of_case = and_(
            score.branch_id == few.c.branch_id, score.assessment_id == few.c.assessment_id
        )
        order = (few.c.application_date, few.c.application_id)
        query = (
            select(few.c.application_date, score.credit_score_hundredths, score.payload)
            .join_from(few, assessments, of_case)
            .order_by(*(each.desc() if newest_first else each for each in order))
        )
        return tuple(ScoredApplication(*row) for row in self._session.connection.execute(query))


def _scored() -> Any:  # noqa: ANN401  # a join of tables
    """Applications with their newest assessment."""
    newest = and_(
        assessments.c.branch_id == applications.c.branch_id,
        assessments.c.assessment_id == applications.c.assessment_id,
    )
    return applications.join(assessments, newest)


def _wanted(cut: BookCut, model_sha256: str) -> tuple[ColumnElement[bool], ...]:
    own = [
        of_branch(applications, cut.branch_id),
        assessments.c.model_sha256 == model_sha256,
        applications.c.application_date <= cut.day,
    ]
    if cut.product_code is not None:
        own.append(applications.c.product_code == cut.product_code)
    if cut.officer_id is not None:
        own.append(applications.c.officer_id == cut.officer_id)
    return tuple(own)


def _keys(cut: BookCut, model_sha256: str) -> "Select[Any]":
    names = ("branch_id", "application_id", "application_date", "assessment_id")
    columns = (applications.c[name] for name in names)
    return select(*columns).select_from(_scored()).where(*_wanted(cut, model_sha256))
