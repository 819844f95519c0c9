"""Counts and sums of the monitor's tiles, trends, classes and movements.

Source: screens.md S80; definitions: lending-rules.md 9.4 and 14.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from db.records.monitor import (
    ApplicationSum,
    BookCut,
    BucketShift,
    ClassPosition,
    ClassShift,
    DayFlow,
    DecisionSum,
    PositionSum,
)
from db.records.months import MonthSpan, month_end_before
from db.repositories.cell_moves import APPROVALS, FINAL
from db.repositories.cell_table import branches_of
from db.repositories.closing_sql import of_loan
from db.repositories.monitor_positions import (
    LATE_BUCKETS,
    defaulted_by,
    is_active,
    is_npa,
    lent_by,
    of_cut,
    positions,
    until,
)
from db.repositories.monitor_shifts import shifted_buckets, shifted_classes
from db.repositories.portfolio_scope import money, of_branch, share_of
from db.repositories.session import Session
from db.tables.applications import applications, decisions
from db.tables.columns import Instant
from db.tables.loan_account import month_end_snapshots as kept
from db.tables.loans import disbursements, loans
from db.tables.monitor import month_end_sums as sums_kept
from db.tables.monitor import vintage_cells
from db.vocabulary.loan_life import ApplicationStatus

_MONTH_ENDS = select(sums_kept.c.month_end).distinct().order_by(sums_kept.c.month_end.desc())


class MonitorSums:
    """Sums over the part of a book that is looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def month_ends(self, branch_id: int) -> tuple[date, ...]:
        """The month ends that a branch has kept, newest first."""
        rows = self._session.rows(_MONTH_ENDS.where(sums_kept.c.branch_id == branch_id))
        return tuple(row["month_end"] for row in rows)

    def branches(self) -> tuple[int, ...]:
        """The branches that have lent."""
        rows = self._session.rows(branches_of(vintage_cells))
        return tuple(row["branch_id"] for row in rows)

    def loans_ever(self, cut: BookCut) -> int:
        """Loans paid out by the day, open or not."""
        return int(self._session.one(select(func.count()).where(lent_by(cut)))[0])

    def applications(self, cut: BookCut) -> ApplicationSum:
        """Applications received by the day."""
        approved = applications.c.status.in_(
            (ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED)
        )
        query = select(func.count().label("received"), share_of(approved).label("approved")).where(
            of_cut(cut, applications), until(applications.c.application_date, cut)
        )
        (row,) = self._session.rows(query)
        return ApplicationSum(int(row["received"]), int(row["approved"]))

    def position(self, cut: BookCut) -> PositionSum:
        """The open loans of the day in one row."""
        row = self._session.one(_position_sums(cut, positions(cut).subquery()))._mapping  # noqa: SLF001  # SQLAlchemy's public name for a row as mapping
        return _position(cut.day, row)

    def positions_at(self, cut: BookCut, days: Sequence[date]) -> tuple[PositionSum, ...]:
        """The open loans of several kept month ends, oldest first, in one statement."""
        if not days:
            return ()
        past = (
            select(
                kept.c.month_end, kept.c.asset_class, kept.c.dpd_bucket, kept.c.outstanding_paise,
                kept.c.overdue_paise, kept.c.provision_paise, loans.c.defaulted_on,
            )
            .join(loans, of_loan(kept))
            .where(of_cut(cut), of_branch(kept, cut.branch_id), kept.c.month_end.in_(days))
            .subquery()
        )  # fmt: skip
        sums = _position_sums(replace(cut, present=False), past, past.c.month_end)
        query = sums.add_columns(past.c.month_end).group_by(past.c.month_end)
        rows = self._session.rows(query.order_by(past.c.month_end))
        return tuple(_position(row["month_end"], row) for row in rows)

    def flows(self, cut: BookCut) -> tuple[DayFlow, ...]:
        """What each day brought up to the day looked at, oldest first."""
        out = disbursements
        none = literal(0)
        parts = union_all(
            select(loans.c.disbursement_date.label("day"), literal(1).label("lent"),
                   none.label("defaulted"), none.label("paid_out")).where(lent_by(cut)),
            select(loans.c.defaulted_on, none, literal(1), none).where(
                of_cut(cut), defaulted_by(cut)
            ),
            select(out.c.disbursement_date, none, none, out.c.amount_paise)
            .join(loans, of_loan(out))
            .where(of_cut(cut), until(out.c.disbursement_date, cut)),
        ).subquery()  # fmt: skip
        sums = [money(parts.c[name]).label(name) for name in ("lent", "defaulted", "paid_out")]
        query = select(parts.c.day, *sums).group_by(parts.c.day).order_by(parts.c.day)
        return tuple(
            DayFlow(row["day"], int(row["lent"]), int(row["defaulted"]), int(row["paid_out"]))
            for row in self._session.rows(query)
        )

    def decided(self, cut: BookCut, spans: Sequence[MonthSpan]) -> tuple[DecisionSum, ...]:
        """Final decisions of each month, in the order of the months."""
        months = _calendar(spans)
        inside = and_(
            decisions.c.decided_at >= months.c.starts_at, decisions.c.decided_at < months.c.ends_at
        )
        own = and_(
            applications.c.branch_id == decisions.c.branch_id,
            applications.c.application_id == decisions.c.application_id,
        )
        query = (
            select(
                months.c.place,
                share_of(decisions.c.decision.in_(FINAL)).label("decided"),
                share_of(decisions.c.decision.in_(APPROVALS)).label("approved"),
            )
            .select_from(months.join(decisions, inside).join(applications, own))
            .where(of_cut(cut, applications))
            .group_by(months.c.place)
        )
        found = {row["place"]: row for row in self._session.rows(query)}
        return tuple(
            DecisionSum(span.first, int(found[place]["decided"]), int(found[place]["approved"]))
            if place in found
            else DecisionSum(span.first, 0, 0)
            for place, span in enumerate(spans)
        )

    def classes(self, cut: BookCut) -> tuple[ClassPosition, ...]:
        """Count, money and provision of each class in use."""
        each = positions(cut).subquery()
        query = select(
            each.c.asset_class,
            func.count().label("loans"),
            money(each.c.outstanding_paise).label("outstanding"),
            money(each.c.provision_paise).label("provision"),
        ).group_by(each.c.asset_class)
        return tuple(
            ClassPosition(
                row["asset_class"], row["loans"], int(row["outstanding"]), int(row["provision"])
            )
            for row in self._session.rows(query)
        )

    def classes_at(
        self, cut: BookCut, days: Sequence[date]
    ) -> Mapping[date, tuple[ClassPosition, ...]]:
        """The same of several kept month ends."""
        return {day: self.classes(replace(cut, day=day, present=False)) for day in days}

    def class_shifts(self, cut: BookCut, since: date) -> tuple[ClassShift, ...]:
        """From which class to which the loans moved since a kept month end; stayers too."""
        each = shifted_classes(cut, since).subquery()
        query = select(
            each.c.was, each.c.now, func.count().label("loans"), money(each.c.amount).label("sum")
        ).group_by(each.c.was, each.c.now)
        return tuple(
            ClassShift(row["was"], row["now"], row["loans"], int(row["sum"]))
            for row in self._session.rows(query)
        )

    def bucket_shifts(
        self, cut: BookCut, ends: Sequence[date]
    ) -> Mapping[date, tuple[BucketShift, ...]]:
        """Where the balances of the month end before stood at each of some kept month ends."""
        return {
            end: self._shifts_until(replace(cut, day=end, present=False), month_end_before(end))
            for end in ends
        }

    def _shifts_until(self, cut: BookCut, opened: date) -> tuple[BucketShift, ...]:
        each = shifted_buckets(cut, opened).subquery()
        keys = (each.c.was, each.c.now, each.c.written_off)
        query = select(*keys, func.count().label("loans"), money(each.c.amount).label("sum"))
        return tuple(
            BucketShift(
                row["was"], row["now"], bool(row["written_off"]), row["loans"], int(row["sum"])
            )
            for row in self._session.rows(query.group_by(*keys))
        )


def _position_sums(
    cut: BookCut, each: Subquery, day: ColumnElement[Any] | None = None
) -> Select[Any]:
    """The columns of a `PositionSum` over open loans; `day` where each row names its own."""
    owed = each.c.outstanding_paise
    npa = is_npa(each.c.asset_class)
    active = is_active(each.c.defaulted_on, cut)
    if day is not None:
        active = or_(each.c.defaulted_on.is_(None), each.c.defaulted_on > day)
    sums: list[ColumnElement[Any]] = [
        func.count().label("loans"),
        share_of(active).label("active_loans"),
        money(owed).label("outstanding_paise"),
        money(each.c.overdue_paise).label("overdue_paise"),
        share_of(npa).label("npa_loans"),
        money(case((npa, owed), else_=0)).label("npa_paise"),
        money(case((npa, each.c.provision_paise), else_=0)).label("npa_provision_paise"),
        money(each.c.provision_paise).label("provision_paise"),
        *(
            money(case((each.c.dpd_bucket.in_(late), owed), else_=0)).label(f"above_{days}_paise")
            for days, late in LATE_BUCKETS.items()
        ),
    ]
    return select(*sums)


def _position(day: date, row: Any) -> PositionSum:  # noqa: ANN401  # a row by column name
    names = [name for name in PositionSum.__slots__ if name != "day"]
    return PositionSum(day=day, **{name: int(row[name] or 0) for name in names})


def _calendar(spans: Sequence[MonthSpan]) -> Subquery:
    """The months as a small table, the same on both engines."""
    rows = [
        select(
            literal(place).label("place"),
            literal(span.starts_at, Instant()).label("starts_at"),
            literal(span.ends_at, Instant()).label("ends_at"),
        )
        for place, span in enumerate(spans)
    ]
    return union_all(*rows).subquery()
