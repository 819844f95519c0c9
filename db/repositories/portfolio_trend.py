"""Twelve month ends, from the ledger and the class history, in four statements.

Month-end snapshots come with day-end. Until then money is summed by day (a few hundred rows a
year) and accumulated here, and the class at a month end is the newest entry until then.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    Date,
    RowMapping,
    Select,
    Subquery,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from db.records.portfolio import MonthSum
from db.repositories.month_ends import MonthSpan, months_until
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.portfolio_scope import money, of_branch, share_of
from db.repositories.session import Session
from db.tables.applications import decisions
from db.tables.columns import Instant
from db.tables.loans import disbursements, loans, npa_tracking, repayments
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import LoanStatus

_APPROVALS = (Decision.APPROVE, Decision.APPROVE_WITH_CHANGES)
_FINAL = (*_APPROVALS, Decision.REJECT)
_WRITTEN_OFF = loans.c.status == LoanStatus.WRITTEN_OFF


def months(
    session: Session, branch_id: int | None, as_of: date, count: int
) -> tuple[MonthSum, ...]:
    """Return the last `count` months, oldest first; the newest ends on `as_of`."""
    spans = months_until(as_of, count)
    if not spans:
        return ()
    flows = session.rows(_flows(branch_id, as_of))
    loan_days = session.rows(_loan_days(branch_id, as_of))
    decided = {row["last"]: row for row in session.rows(_decided(branch_id, spans))}
    npa = {row["last"]: row["npa"] for row in session.rows(_npa(branch_id, spans))}
    return tuple(
        MonthSum(
            month_end=span.last,
            outstanding_paise=_until(flows, "balance", span.last),
            npa_outstanding_paise=int(npa.get(span.last) or 0),
            loans_to_date=_until(loan_days, "disbursed", span.last),
            defaulted_to_date=_until(loan_days, "defaulted", span.last),
            decided=int(decided[span.last]["decided"]) if span.last in decided else 0,
            approved=int(decided[span.last]["approved"]) if span.last in decided else 0,
            disbursed_paise=_until(flows, "paid_out", span.last)
            - _before(flows, "paid_out", span.first),
        )
        for span in spans
    )


def _until(rows: Sequence[RowMapping], name: str, last: date) -> int:
    return sum(int(row[name]) for row in rows if row["day"] <= last)


def _before(rows: Sequence[RowMapping], name: str, first: date) -> int:
    return sum(int(row[name]) for row in rows if row["day"] < first)


def _flows(branch_id: int | None, as_of: date) -> "Select[tuple[date, int, int]]":
    """What each day paid out, and by what it moved the balance of all advances."""
    out = disbursements.c
    back = repayments.c
    nothing = literal(0)
    parts = union_all(
        select(
            out.disbursement_date.label("day"),
            out.amount_paise.label("paid_out"),
            out.amount_paise.label("balance"),
        ).where(of_branch(disbursements, branch_id), out.disbursement_date <= as_of),
        select(back.value_date, nothing, -back.principal_paise).where(
            of_branch(repayments, branch_id), back.value_date <= as_of
        ),
        select(loans.c.closed_on, nothing, -loans.c.outstanding_paise).where(
            of_branch(loans, branch_id), _WRITTEN_OFF, loans.c.closed_on <= as_of
        ),
    ).subquery()
    return select(
        parts.c.day,
        money(parts.c.paid_out).label("paid_out"),
        money(parts.c.balance).label("balance"),
    ).group_by(parts.c.day)


def _loan_days(branch_id: int | None, as_of: date) -> "Select[tuple[date, int, int]]":
    """How many loans each day brought, and how many turned Defaulted."""
    one, none = literal(1), literal(0)
    parts = union_all(
        select(
            loans.c.disbursement_date.label("day"),
            one.label("disbursed"),
            none.label("defaulted"),
        ).where(of_branch(loans, branch_id), loans.c.disbursement_date <= as_of),
        select(loans.c.defaulted_on, none, one).where(
            of_branch(loans, branch_id), loans.c.defaulted_on <= as_of
        ),
    ).subquery()
    return select(
        parts.c.day,
        money(parts.c.disbursed).label("disbursed"),
        money(parts.c.defaulted).label("defaulted"),
    ).group_by(parts.c.day)


def _calendar(spans: Sequence[MonthSpan]) -> Subquery:
    """The months as a small table, the same on both engines."""
    rows = [
        select(
            literal(span.last, Date).label("last"),
            literal(span.starts_at, Instant()).label("starts_at"),
            literal(span.ends_at, Instant()).label("ends_at"),
        )
        for span in spans
    ]
    return union_all(*rows).subquery()


def _decided(branch_id: int | None, spans: Sequence[MonthSpan]) -> "Select[tuple[date, int, int]]":
    span = _calendar(spans)
    inside = and_(
        decisions.c.decided_at >= span.c.starts_at, decisions.c.decided_at < span.c.ends_at
    )
    return (
        select(
            span.c.last,
            share_of(decisions.c.decision.in_(_FINAL)).label("decided"),
            share_of(decisions.c.decision.in_(_APPROVALS)).label("approved"),
        )
        .select_from(span.join(decisions, inside))
        .where(of_branch(decisions, branch_id))
        .group_by(span.c.last)
    )


def _npa(branch_id: int | None, spans: Sequence[MonthSpan]) -> "Select[tuple[date, int]]":
    """The balance, at each month end, of the loans that were NPA then."""
    state = _states(branch_id, spans)
    own = and_(state.c.branch_id == loans.c.branch_id, state.c.loan_id == loans.c.loan_id)
    gone = and_(_WRITTEN_OFF, loans.c.closed_on <= state.c.last)
    paid_out = select(money(disbursements.c.amount_paise)).where(
        disbursements.c.branch_id == state.c.branch_id,
        disbursements.c.loan_id == state.c.loan_id,
        disbursements.c.disbursement_date <= state.c.last,
    )
    paid_back = select(money(repayments.c.principal_paise)).where(
        repayments.c.branch_id == state.c.branch_id,
        repayments.c.loan_id == state.c.loan_id,
        repayments.c.value_date <= state.c.last,
    )
    each = (
        select(
            state.c.last,
            (paid_out.scalar_subquery() - paid_back.scalar_subquery()).label("balance"),
        )
        .select_from(state.join(loans, own))
        .where(
            state.c.newest == 1,
            state.c.asset_class.in_(NPA_CLASSES),
            or_(loans.c.closed_on.is_(None), ~gone),
        )
        .subquery()
    )
    return select(each.c.last, money(each.c.balance).label("npa")).group_by(each.c.last)


def _states(branch_id: int | None, spans: Sequence[MonthSpan]) -> Subquery:
    """Each class entry known at each month end, ranked from the newest."""
    span, entry = _calendar(spans), npa_tracking.c
    newest_first = (entry.business_date.desc(), entry.recorded_at.desc(), entry.entry_id.desc())
    rank = func.row_number().over(
        partition_by=(span.c.last, entry.branch_id, entry.loan_id), order_by=newest_first
    )
    return (
        select(span.c.last, entry.branch_id, entry.loan_id, entry.asset_class, rank.label("newest"))
        .select_from(span.join(npa_tracking, entry.business_date <= span.c.last))
        .where(of_branch(npa_tracking, branch_id))
        .subquery()
    )
