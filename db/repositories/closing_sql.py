"""The expressions of a day-end: classes and buckets as the rules give them.

Source: data-and-sync.md 4. Limits come as dates in `ClosingTerms`; a test holds every statement to
the pure rules on random books of both engines.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union,
)

from db.records.day_end import ClosingTerms
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.session import Session
from db.tables.columns import Words
from db.tables.loan_account import loan_acts
from db.tables.loans import disbursements, instalments, loans, repayments
from db.vocabulary.loan_account import ActState, DpdBucket, LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass, LoanStatus

Flag = ColumnElement[bool]
Money = ColumnElement[int]
AGREED = instalments.c.interest_paise + instalments.c.principal_paise
# What these bring goes to the principal, not to instalments.
PAST_DUES = (RepaymentKind.PREPAYMENT, RepaymentKind.RECOVERY)
PAID = instalments.c.paid_interest_paise + instalments.c.paid_principal_paise
LEFT = AGREED - PAID
_WRITTEN_OFF = loans.c.status == LoanStatus.WRITTEN_OFF
IS_OPEN = loans.c.status.in_((LoanStatus.ACTIVE, LoanStatus.DEFAULTED))


def of_loan(table: Any) -> Flag:  # noqa: ANN401  # any table with a loan's key
    """The rows of one table that belong to the loan of the statement."""
    return and_(table.c.branch_id == loans.c.branch_id, table.c.loan_id == loans.c.loan_id)


def counts(day: date) -> Flag:
    """Whether a loan's arrears count for its borrower on that day."""
    closed = loans.c.closed_on
    return and_(
        loans.c.disbursement_date <= day, or_(_WRITTEN_OFF, closed.is_(None), closed >= day)
    )


def is_classed(day: date) -> Flag:
    """Whether that day-end gives the loan a class."""
    return and_(counts(day), or_(~_WRITTEN_OFF, loans.c.closed_on > day))


def later_rows(branch_id: int, day: date) -> Select[Any]:
    """The loans with money in or out after the day: their rows stand at a later one."""
    back, out = repayments.c, disbursements.c
    return union(  # type: ignore[return-value]  # a compound select serves as one
        select(back.loan_id).where(back.branch_id == branch_id, back.value_date > day),
        select(out.loan_id).where(out.branch_id == branch_id, out.disbursement_date > day),
    )


def later_than(session: Session, branch_id: int, day: date) -> Flag | None:
    """Which loans have money after the day; None on the usual day, when none has."""
    rows = later_rows(branch_id, day)
    return loans.c.loan_id.in_(rows) if session.rows(rows.limit(1)) else None


def oldest_due(day: date, later: Flag | None) -> ColumnElement[Any]:
    """The oldest due date that was unpaid at the end of the day.

    `later` marks loans with money after the day, whose instalments tell it; None = there are none.
    """
    stored = case((loans.c.oldest_unpaid_due <= day, loans.c.oldest_unpaid_due))
    if later is None:
        return stored
    unpaid = or_(instalments.c.paid_on.is_(None), instalments.c.paid_on > day)
    found = select(func.min(instalments.c.due_date)).where(
        of_loan(instalments), instalments.c.due_date <= day, unpaid, AGREED > 0
    )
    return case((later, found.scalar_subquery()), else_=stored)


def owed(day: date, later: Flag | None) -> Money:
    """The principal owed at the end of the day."""
    stands = loans.c.outstanding_paise
    if later is None:
        return stands
    back = select(func.coalesce(func.sum(repayments.c.principal_paise), 0)).where(
        of_loan(repayments), repayments.c.value_date > day
    )
    out = select(func.coalesce(func.sum(disbursements.c.amount_paise), 0)).where(
        of_loan(disbursements), disbursements.c.disbursement_date > day
    )
    then = stands + back.scalar_subquery() - out.scalar_subquery()
    return case((later, cast(then, BigInteger)), else_=stands)


def fallen_due(part: Money, day: date) -> Money:
    """A part of the instalments of a loan that had fallen due by the day."""
    found = select(func.coalesce(func.sum(part), 0))
    fallen = found.where(of_loan(instalments), instalments.c.due_date <= day)
    return cast(fallen.scalar_subquery(), BigInteger)


def received_by(part: ColumnElement[Any], day: date) -> Money:
    """What the receipts of up to the day paid of a loan's instalments: a part of their rows.

    A reversal or correction counts as the row does that it names.
    """
    row, named = repayments.c, repayments.alias("named")
    whose = and_(
        named.c.branch_id == row.branch_id,
        named.c.repayment_id == func.coalesce(row.reverses_id, row.corrects_id),
    )
    kind = func.coalesce(named.c.kind, row.kind)
    found = (
        select(func.coalesce(func.sum(part), 0))
        .select_from(repayments.outerjoin(named, whose))
        .where(of_loan(repayments), row.value_date <= day)
        .where(kind.not_in((*PAST_DUES, RepaymentKind.CAPITALISATION)))
        .correlate(loans)
    )
    return cast(found.scalar_subquery(), BigInteger)


def is_loss(branch_id: int, day: date) -> Flag:
    """Whether two people have identified the loan as a loss by then."""
    return had_act(LoanAct.LOSS, branch_id, day)


def had_act(act: LoanAct, branch_id: int, day: date) -> Flag:
    """Whether two people had agreed on such an act of the loan by then."""
    acts = loan_acts.c
    posted = select(acts.loan_id).where(
        acts.branch_id == branch_id, acts.loan_id.is_not(None), *_posted(act, day)
    )
    return loans.c.loan_id.in_(posted)


def _posted(act: LoanAct, day: date) -> tuple[Flag, ...]:
    acts = loan_acts.c
    return acts.act == act, acts.state == ActState.POSTED, acts.value_date <= day


def npa_groups(
    branch_id: int, terms: ClosingTerms, later: Flag | None, among: Flag | None = None
) -> Subquery:
    """The NPA date that the day-end gives each borrower who was or turns an NPA.

    `among` leaves out borrowers of whom nothing can have changed.
    """
    day, loss = terms.day, is_loss(branch_id, terms.day)
    oldest = oldest_due(day, later)
    turns = oldest <= terms.npa_due if terms.npa_due else literal(0) == 1
    key = loans.c.customer_id if terms.borrower_wise else loans.c.loan_id
    ours = (loans.c.branch_id == branch_id, counts(day), *(() if among is None else (among,)))
    concerned = select(key).where(*ours, or_(loans.c.asset_class.in_(NPA_CLASSES), turns, loss))
    before = func.min(case((is_classed(day), loans.c.npa_since)))
    stays = _any(or_(oldest.is_not(None), loss, _unproven(branch_id, terms)))
    begins = _any(or_(turns, loss))
    since = case(
        (and_(before.is_not(None), stays), before),
        (and_(before.is_(None), begins), literal(day, Date)),
    )
    return (
        select(key.label("whose"), type_coerce(since, Date).label("since"))
        .where(*ours, key.in_(concerned))
        .group_by(key)
        .subquery("npa")
    )


def _any(condition: Flag) -> Flag:
    return func.max(case((condition, 1), else_=0), type_=Integer) == 1


def _unproven(branch_id: int, terms: ClosingTerms) -> Flag:
    """Whether a loan that was restructured by then has not yet proved itself."""
    late = select(func.max(instalments.c.paid_on)).where(
        of_loan(instalments),
        instalments.c.paid_on > instalments.c.due_date,
        instalments.c.paid_on <= terms.day,
    )
    eased, cleared = _restructured(branch_id, terms.day), late.scalar_subquery()
    return and_(eased.is_not(None), or_(eased > terms.proven_since, cleared > terms.proven_since))


def _restructured(branch_id: int, day: date) -> ColumnElement[Any]:
    """On which day up to this one a loan was last restructured; its row tells the last of all."""
    last, act = loans.c.restructured_on, loan_acts.c
    before = select(func.max(act.value_date)).where(
        act.branch_id == branch_id,
        act.loan_id == loans.c.loan_id,
        *_posted(LoanAct.RESTRUCTURE, day),
    )
    earlier = case((last > day, before.scalar_subquery()))
    return type_coerce(case((last <= day, last), else_=earlier), Date)


def class_of(
    branch_id: int, terms: ClosingTerms, later: Flag | None, since: ColumnElement[Any]
) -> ColumnElement[Any]:
    """The class of a loan whose borrower has been an NPA since that date, or is none."""
    oldest = oldest_due(terms.day, later)
    word = Words(AssetClass)
    by_age = by_date(since, terms.ages, AssetClass.SUB_STANDARD)
    by_days = by_date(oldest, terms.classes, AssetClass.STANDARD)
    return case(
        (is_loss(branch_id, terms.day), literal(AssetClass.LOSS, word)),
        (since.is_not(None), by_age),
        else_=by_days,
    )


def bucket_of(terms: ClosingTerms, later: Flag | None) -> ColumnElement[Any]:
    """The bucket of days of a loan."""
    return by_date(oldest_due(terms.day, later), terms.buckets, DpdBucket.NONE)


def by_date(
    when: ColumnElement[Any], steps: Sequence[tuple[date, StrEnum]], else_: StrEnum
) -> ColumnElement[Any]:
    """The word of the first step whose last date is not before the date; else the last word."""
    word = Words(type(else_))
    otherwise = literal(else_, word)
    if not steps:
        return otherwise
    branches = [(when <= last, literal(each, word)) for last, each in steps]
    return case(*branches, else_=otherwise)
