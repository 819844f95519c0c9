"""From where to where loans moved between a kept month end and the day looked at."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, literal, select, union_all

from db.records.monitor import BookCut
from db.repositories.closing_sql import IS_OPEN, of_loan
from db.repositories.monitor_positions import of_cut, positions
from db.repositories.portfolio_scope import of_branch
from db.tables.loan_account import month_end_snapshots as kept
from db.tables.loans import loans
from db.vocabulary.loan_life import LoanStatus

_WRITTEN_OFF = loans.c.status == LoanStatus.WRITTEN_OFF


def month_end_alias(name: str) -> Any:  # noqa: ANN401  # stands for the table under another name
    """The kept month ends once more in the same statement."""
    return kept.alias(name)


def shifted_classes(cut: BookCut, since: date) -> Select[Any]:
    """Each loan that was open at the month end, is open now, or both.

    Two halves that each look loans up by their key: SQLite has no index for a full join.
    """
    after, then = positions(cut).subquery("after"), month_end_alias("then")
    same = and_(
        then.c.branch_id == after.c.branch_id,
        then.c.loan_id == after.c.loan_id,
        then.c.month_end == since,
    )
    still = select(
        after.c.branch_id, after.c.loan_id, after.c.number, after.c.product_code,
        then.c.asset_class.label("was"), after.c.asset_class.label("now"),
        after.c.outstanding_paise.label("amount"),
    ).select_from(after.outerjoin(then, same))  # fmt: skip
    gone = (
        select(
            loans.c.branch_id, loans.c.loan_id, loans.c.number, loans.c.product_code,
            then.c.asset_class, literal(None, then.c.asset_class.type), then.c.outstanding_paise,
        )
        .select_from(then.join(loans, of_loan(then)))
        .where(of_branch(then, cut.branch_id), then.c.month_end == since, of_cut(cut), _left(cut))
    )  # fmt: skip
    both = union_all(still, gone).subquery()
    return select(both)


def _left(cut: BookCut) -> ColumnElement[bool]:
    """Loans that are not open on the day any more."""
    if cut.present:
        return ~IS_OPEN
    now = month_end_alias("now")
    return ~(
        select(now.c.loan_id)
        .where(of_loan(now), now.c.month_end == cut.day)
        .correlate(loans)
        .exists()
    )


def shifted_buckets(cut: BookCut, opened: date) -> Select[Any]:
    """Each loan that was open at the month end, with its bucket then and on the day."""
    was = replace(cut, day=opened, present=False)
    before, after = positions(was).subquery("before"), positions(cut).subquery("after")
    own = and_(loans.c.branch_id == before.c.branch_id, loans.c.loan_id == before.c.loan_id)
    given_up = case((and_(after.c.loan_id.is_(None), _gone_as_loss(cut)), 1), else_=0)
    return select(
        before.c.branch_id,
        before.c.loan_id,
        before.c.number,
        before.c.dpd_bucket.label("was"),
        after.c.dpd_bucket.label("now"),
        given_up.label("written_off"),
        before.c.outstanding_paise.label("amount"),
    ).select_from(before.outerjoin(after, _same(before, after)).join(loans, own))


def _gone_as_loss(cut: BookCut) -> ColumnElement[bool]:
    return _WRITTEN_OFF if cut.present else and_(_WRITTEN_OFF, loans.c.closed_on <= cut.day)


def _same(before: Subquery, after: Subquery) -> ColumnElement[bool]:
    return and_(after.c.branch_id == before.c.branch_id, after.c.loan_id == before.c.loan_id)
