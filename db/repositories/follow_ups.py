"""What a whole branch's follow-up stands on, set-based: one statement a question.

Source: screens.md S70. The statements find the loans whose latest due instalment is not clean and
what goes with them; the rules of early warning decide. Payments of the day count at once; days are
counted to the last closed day-end, which is `day` here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import CTE, Select, Subquery, and_, func, literal, or_, select, union_all

from db.records.follow_up import (
    ContactRow,
    ContactSum,
    CountRow,
    DatedRow,
    FollowedLoan,
    FollowedName,
    LateRow,
    SnoozeRow,
)
from db.repositories.closing_sql import IS_OPEN
from db.repositories.promised_money import PromisedMoney
from db.repositories.session import MOST_IDS, Session
from db.repositories.standing_signs import StandingSigns
from db.tables.customers import customers
from db.tables.follow_up import contacts, snoozes
from db.tables.loan_account import loan_acts
from db.tables.loans import instalments, loans
from db.tables.reference import users
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ReversalReason

RowT = TypeVar("RowT")
# Dues are monthly: the latest one lies within two months, even beside a pause or a moved day.
_LATEST_DUE = timedelta(days=62)
_MOST_LATER = 3  # dues that may follow within that time
_ASKED = instalments.c.interest_paise + instalments.c.principal_paise > 0
_LATE = or_(instalments.c.paid_on.is_(None), instalments.c.paid_on > instalments.c.due_date)
_FAILED = (CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER)
_LAST = 10**6  # above any number of an instalment


class FollowUps:
    """The reads behind the follow-up list."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.promised = PromisedMoney(session)
        self.standing = StandingSigns(session)

    def late_rows(self, branch_id: int, day: date, then: date) -> Sequence[LateRow]:
        """The instalments since the last clean one, of loans whose latest due is late.

        Those paid before the day `then` are left out, unless they are the latest or were still
        unpaid when the next fell due: long ago and apart, they only count.
        """
        run = _runs(branch_id, day)
        after = instalments.alias("after")
        overlaps = select(after.c.number).where(
            after.c.branch_id == branch_id,
            after.c.loan_id == run.c.loan_id,
            after.c.number == run.c.number + 1,
            after.c.due_date <= run.c.paid_on,
        )
        query = (
            select(run.c.loan_id, run.c.due_date, run.c.paid_on, run.c.length)
            .where(
                or_(
                    run.c.paid_on.is_(None),
                    run.c.paid_on > then,
                    run.c.number == run.c.newest,
                    overlaps.exists(),
                )
            )
            .order_by(run.c.loan_id, run.c.number)
        )
        return self._read(LateRow._make, query)

    def late_loans(self, branch_id: int, day: date) -> Sequence[FollowedLoan]:
        """The loans of those instalments, and every other loan in arrears."""
        latest = _latest(branch_id, day)
        query = _followed(branch_id).outerjoin(latest, latest.c.loan_id == loans.c.loan_id)
        concerned = or_(latest.c.loan_id.is_not(None), loans.c.oldest_unpaid_due <= day)
        return self._read(FollowedLoan._make, query.where(concerned))

    def loans(self, branch_id: int, loan_ids: Sequence[UUID]) -> Sequence[FollowedLoan]:
        """Open loans by id, one statement for every 500."""
        found: list[FollowedLoan] = []
        for start in range(0, len(loan_ids), MOST_IDS):
            some = loan_ids[start : start + MOST_IDS]
            query = _followed(branch_id).where(loans.c.loan_id.in_(some))
            found += self._read(FollowedLoan._make, query)
        return found

    def names(self, branch_id: int, loan_ids: Sequence[UUID]) -> dict[UUID, FollowedName]:
        """The names that go with these loans, at most 500."""
        borrower = and_(
            customers.c.branch_id == loans.c.branch_id,
            customers.c.customer_id == loans.c.customer_id,
        )
        query = (
            select(loans.c.loan_id, customers.c.full_name, func.coalesce(users.c.full_name, ""))
            .join(customers, borrower)
            .outerjoin(users, users.c.user_id == loans.c.officer_id)
            .where(loans.c.branch_id == branch_id, loans.c.loan_id.in_(loan_ids))
        )
        return {row.loan_id: row for row in self._read(FollowedName._make, query)}

    def bounces(self, branch_id: int, since: datetime) -> Sequence[DatedRow]:
        """Payments that were taken back since then because they bounced."""
        acts = loan_acts.c
        query = select(acts.loan_id, acts.decided_at).where(
            acts.branch_id == branch_id,
            acts.state == ActState.POSTED,
            acts.decided_at >= since,
            acts.act == LoanAct.RECEIPT_REVERSAL,
            acts.reason == ReversalReason.REV_BOUNCE,
        )
        return self._read(DatedRow._make, query)

    def failures(self, branch_id: int, since: datetime) -> Sequence[CountRow]:
        """Contacts since then that reached nobody, after the last that did."""
        reached = contacts.alias("reached")
        query = (
            select(contacts.c.loan_id, func.count())
            .where(
                contacts.c.branch_id == branch_id,
                contacts.c.made_at >= since,
                contacts.c.outcome.in_(_FAILED),
                ~select(reached.c.contact_id)
                .where(
                    reached.c.branch_id == branch_id,
                    reached.c.loan_id == contacts.c.loan_id,
                    reached.c.made_at > contacts.c.made_at,
                    reached.c.outcome.not_in(_FAILED),
                )
                .exists(),
            )
            .group_by(contacts.c.loan_id)
        )
        return self._read(CountRow._make, query)

    def snoozed(self, branch_id: int, today: date) -> Sequence[SnoozeRow]:
        """The loans that are put off beyond today; the newest word counts."""
        newer = snoozes.alias("newer")
        query = select(snoozes.c.loan_id, snoozes.c.until_on).where(
            snoozes.c.branch_id == branch_id,
            snoozes.c.until_on > today,
            ~select(newer.c.snooze_id)
            .where(
                newer.c.branch_id == branch_id,
                newer.c.loan_id == snoozes.c.loan_id,
                newer.c.made_at > snoozes.c.made_at,
            )
            .exists(),
        )
        return self._read(SnoozeRow._make, query)

    def contact_sums(
        self, branch_id: int, begins: tuple[datetime, datetime, datetime]
    ) -> Sequence[ContactSum]:
        """Contacts of each loan since the first instant; calls since the others, a day and a week.

        One that only sends words reaches nobody.
        """
        since, today, week = begins
        made, outcome = contacts.c.made_at, contacts.c.outcome
        called = contacts.c.channel == ContactChannel.CALL
        query = (
            select(
                contacts.c.loan_id,
                contacts.c.customer_id,
                func.max(made).filter(outcome.not_in(_FAILED)),
                func.count().filter(and_(called, made >= today)),
                func.count().filter(and_(called, made >= week)),
            )
            .where(contacts.c.branch_id == branch_id, made >= since)
            .group_by(contacts.c.loan_id, contacts.c.customer_id)
        )
        return self._read(ContactSum._make, query)

    def last_contacts(self, branch_id: int, loan_ids: Sequence[UUID]) -> dict[UUID, ContactRow]:
        """The newest contact of each of these loans, at most 500."""
        if not loan_ids:
            return {}
        newer = contacts.alias("newer")
        newest = (
            select(func.max(newer.c.made_at))
            .where(newer.c.branch_id == branch_id, newer.c.loan_id == contacts.c.loan_id)
            .scalar_subquery()
        )
        query = select(*(contacts.c[name] for name in ContactRow._fields)).where(
            contacts.c.branch_id == branch_id,
            contacts.c.loan_id.in_(loan_ids),
            contacts.c.made_at == newest,
        )
        return {row.loan_id: row for row in self._read(ContactRow._make, query)}

    def _read(self, make: Callable[[Iterable[Any]], RowT], query: "Select[Any]") -> list[RowT]:
        return [make(row) for row in self._session.connection.execute(query)]


def _latest(branch_id: int, day: date) -> CTE:
    """The latest due instalment of each open loan where it is late; a clean one ends the run."""
    later = instalments.alias("later")
    late = _late_lately(branch_id, day)
    # Nothing has fallen due for long: the term is over, or a pause stands between.
    old = select(loans.c.loan_id, literal(_LAST).label("number")).where(
        loans.c.branch_id == branch_id,
        IS_OPEN,
        loans.c.oldest_unpaid_due <= day - _LATEST_DUE,
        or_(loans.c.next_due_date.is_(None), loans.c.next_due_date > day + _LATEST_DUE),
    )
    both = union_all(late, old).subquery("late_or_old")
    found = (
        select(both.c.loan_id, func.max(both.c.number).label("number"))
        .group_by(both.c.loan_id)
        .subquery("found")
    )
    cleaned = select(later.c.number).where(
        later.c.branch_id == branch_id,
        later.c.loan_id == found.c.loan_id,
        later.c.number.between(found.c.number + 1, found.c.number + _MOST_LATER),
        later.c.due_date <= day,
        later.c.interest_paise + later.c.principal_paise > 0,
    )
    return (
        select(found.c.loan_id, found.c.number)
        .join(loans, and_(loans.c.branch_id == branch_id, loans.c.loan_id == found.c.loan_id))
        .where(IS_OPEN, ~cleaned.exists())
        .cte("latest")
        .prefix_with("MATERIALIZED")  # found once, then its runs: never a loan for every row
    )


def _late_lately(branch_id: int, day: date) -> "Select[Any]":
    """The last of the late dues of each loan within the time in which its latest one lies."""
    due = instalments.c.due_date
    return (
        select(instalments.c.loan_id, func.max(instalments.c.number).label("number"))
        .where(
            instalments.c.branch_id == branch_id,
            due > day - _LATEST_DUE,
            due <= day,
            _ASKED,
            _LATE,
        )
        .group_by(instalments.c.loan_id)
    )


def _runs(branch_id: int, day: date) -> Subquery:
    """All instalments since the last clean one, with how many they are."""
    latest, row = _latest(branch_id, day), instalments.alias("run")
    clean = instalments.alias("clean")
    last_clean = (
        select(clean.c.number)
        .where(
            clean.c.branch_id == branch_id,
            clean.c.loan_id == latest.c.loan_id,
            clean.c.number <= latest.c.number,
            clean.c.due_date <= day,
            clean.c.paid_on <= clean.c.due_date,
            clean.c.interest_paise + clean.c.principal_paise > 0,
        )
        .order_by(clean.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (row.c.loan_id, row.c.number, row.c.due_date, row.c.paid_on)
    return (
        select(
            *columns,
            func.count().over(partition_by=row.c.loan_id).label("length"),
            latest.c.number.label("newest"),
        )
        .join(latest, latest.c.loan_id == row.c.loan_id)
        .where(
            row.c.branch_id == branch_id,
            row.c.number > func.coalesce(last_clean, 0),
            row.c.number <= latest.c.number,
            row.c.due_date <= day,
            row.c.interest_paise + row.c.principal_paise > 0,
        )
        .subquery("runs")
    )


def _followed(branch_id: int) -> "Select[Any]":
    return select(*(loans.c[name] for name in FollowedLoan._fields)).where(
        loans.c.branch_id == branch_id, IS_OPEN
    )
