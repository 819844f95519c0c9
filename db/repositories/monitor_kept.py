"""The monitor's sums from the summaries that the book keeps; counted where none is kept.

Source: data-and-sync.md 3. A test holds every figure to a count of the raw rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, case, select

from db.records.monitor import (
    NO_CLASS,
    BookCut,
    BucketShift,
    ClassPosition,
    ClassShift,
    DayFlow,
    DecisionSum,
    PositionSum,
)
from db.records.months import MonthSpan, month_end_before, month_of
from db.repositories.cell_grain import CellGrain
from db.repositories.monitor_kept_positions import KeptPositions, Parts, together
from db.repositories.monitor_positions import LATE_BUCKETS, is_npa
from db.repositories.monitor_sums import MonitorSums
from db.repositories.portfolio_scope import money
from db.repositories.position_counts import MOVED
from db.repositories.session import Session
from db.tables import monitor
from db.tables.loan_account import portfolio_cells
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, LoanStatus


class KeptSums(MonitorSums):
    """Sums of cells and month ends."""

    def __init__(self, session: Session, grain: CellGrain, positions: KeptPositions) -> None:
        super().__init__(session)
        self._grain, self._positions = grain, positions

    def position(self, cut: BookCut) -> PositionSum:
        """The open loans of the day in one row."""
        if not cut.present:
            found = self.positions_at(cut, [cut.day])
            return found[0] if found else PositionSum(cut.day, *(0,) * _FIGURES)
        query = _sums(portfolio_cells).where(self._grain.rows(portfolio_cells, cut))
        (row,) = self._session.rows(query)
        return _position(cut.day, row)

    def positions_at(self, cut: BookCut, days: Sequence[date]) -> tuple[PositionSum, ...]:
        """The open loans of several kept month ends, oldest first, in one statement."""
        if cut.officer_id is not None:
            return super().positions_at(cut, days)
        if not days:
            return ()
        kept = monitor.month_end_sums
        query = (
            _sums(kept)
            .add_columns(kept.c.month_end)
            .where(self._grain.rows(kept, cut), kept.c.month_end.in_(days))
            .group_by(kept.c.month_end)
            .order_by(kept.c.month_end)
        )
        return tuple(_position(row["month_end"], row) for row in self._session.rows(query))

    def classes(self, cut: BookCut) -> tuple[ClassPosition, ...]:
        """Count, money and provision of each class in use."""
        if not cut.present and cut.officer_id is not None:
            return super().classes(cut)
        if not cut.present:
            return self.classes_at(cut, (cut.day,))[cut.day]
        query = _class_sums(portfolio_cells).where(self._grain.rows(portfolio_cells, cut))
        return tuple(_class_position(row) for row in self._session.rows(query))

    def classes_at(
        self, cut: BookCut, days: Sequence[date]
    ) -> Mapping[date, tuple[ClassPosition, ...]]:
        """The same of several kept month ends, in one statement."""
        if cut.officer_id is not None:
            return super().classes_at(cut, days)
        kept = monitor.month_end_sums
        query = (
            _class_sums(kept)
            .add_columns(kept.c.month_end)
            .where(self._grain.rows(kept, cut), kept.c.month_end.in_(days))
            .group_by(kept.c.month_end)
        )
        found: dict[date, list[ClassPosition]] = {day: [] for day in days}
        for row in self._session.rows(query) if days else ():
            found[row["month_end"]].append(_class_position(row))
        return {day: tuple(classes) for day, classes in found.items()}

    def flows(self, cut: BookCut) -> tuple[DayFlow, ...]:
        """What each month brought up to the day looked at, dated on its first day."""
        if cut.officer_id is not None:
            return super().flows(cut)
        started, flowed = monitor.vintage_cells, monitor.month_cells
        lent = select(started.c.cohort, money(started.c.loans).label("lent")).where(
            self._grain.rows(started, cut), started.c.months_on_book == 0
        )
        moved = select(
            flowed.c.month,
            money(flowed.c.defaulted).label("defaulted"),
            money(flowed.c.disbursed_paise).label("paid_out"),
        ).where(self._grain.rows(flowed, cut))
        loans = {
            row["cohort"]: int(row["lent"])
            for row in self._session.rows(lent.group_by(started.c.cohort))
        }
        rows = {row["month"]: row for row in self._session.rows(moved.group_by(flowed.c.month))}
        return tuple(
            DayFlow(
                month,
                loans.get(month, 0),
                int(rows[month]["defaulted"]) if month in rows else 0,
                int(rows[month]["paid_out"]) if month in rows else 0,
            )
            for month in sorted(loans.keys() | rows.keys())
            if cut.present or month <= cut.day
        )

    def decided(self, cut: BookCut, spans: Sequence[MonthSpan]) -> tuple[DecisionSum, ...]:
        """Final decisions of each month, in the order of the months."""
        if cut.officer_id is not None:
            return super().decided(cut, spans)
        kept = monitor.month_cells
        query = (
            select(
                kept.c.month,
                money(kept.c.decided).label("decided"),
                money(kept.c.approved).label("approved"),
            )
            .where(self._grain.rows(kept, cut), kept.c.month.in_([span.first for span in spans]))
            .group_by(kept.c.month)
        )
        found = {
            row["month"]: (int(row["decided"]), int(row["approved"]))
            for row in self._session.rows(query)
        }
        return tuple(DecisionSum(span.first, *found.get(span.first, (0, 0))) for span in spans)

    def class_shifts(self, cut: BookCut, since: date) -> tuple[ClassShift, ...]:
        """From which class to which the loans moved since a kept month end; stayers too."""
        if since != month_end_before(cut.day):
            return super().class_shifts(cut, since)
        month = month_of(f"{cut.day:%Y-%m}")
        held = self._positions.held(cut, (month.first, month.last))
        parts: list[Mapping[Parts, tuple[int, ...]]] = [held.of(MOVED)]
        for each in held.others:
            counted = super().class_shifts(each, since)
            parts.append({_moved(one): (one.loans, one.amount_paise) for one in counted})
        return tuple(
            ClassShift(_class(was), _class(now), loans, paise)
            for (was, now), (loans, paise) in together(parts).items()
        )

    def bucket_shifts(
        self, cut: BookCut, ends: Sequence[date]
    ) -> Mapping[date, tuple[BucketShift, ...]]:
        """Where the balances of the month end before stood at each of some, in one statement."""
        if cut.officer_id is not None:
            return super().bucket_shifts(cut, ends)
        if not ends:
            return {}
        kept = monitor.roll_cells
        keys = (kept.c.month_end, kept.c.dpd_bucket, kept.c.outcome)
        query = (
            select(
                *keys, money(kept.c.loans).label("loans"), money(kept.c.opening_paise).label("sum")
            )
            .where(self._grain.rows(kept, cut), kept.c.month_end.in_(ends))
            .group_by(*keys)
        )
        found: dict[date, list[BucketShift]] = {end: [] for end in ends}
        for row in self._session.rows(query):
            found[row["month_end"]].append(_shift(row))
        return {end: tuple(shifts) for end, shifts in found.items()}


_BUCKETS = tuple(str(each) for each in DpdBucket)
_FIGURES = len(PositionSum.__slots__) - 1


def _class_sums(table: Table) -> Select[Any]:
    return (
        select(
            table.c.asset_class,
            money(table.c.loans).label("loans"),
            money(table.c.outstanding_paise).label("outstanding"),
            money(table.c.provision_paise).label("provision"),
        )
        .where(table.c.loans > 0)
        .group_by(table.c.asset_class)
    )


def _class_position(row: Any) -> ClassPosition:  # noqa: ANN401  # a row by column name
    loans, owed, held = (int(row[each]) for each in ("loans", "outstanding", "provision"))
    return ClassPosition(row["asset_class"], loans, owed, held)


def _shift(row: Any) -> BucketShift:  # noqa: ANN401  # a row by column name
    return BucketShift(
        row["dpd_bucket"],
        DpdBucket(row["outcome"]) if row["outcome"] in _BUCKETS else None,
        row["outcome"] == LoanStatus.WRITTEN_OFF,
        int(row["loans"]),
        int(row["sum"]),
    )


def _moved(shift: ClassShift) -> Parts:
    return str(shift.before or NO_CLASS), str(shift.after or NO_CLASS)


def _class(word: str) -> AssetClass | None:
    return None if word == NO_CLASS else AssetClass(word)


@cache
def _sums(table: Table) -> Select[Any]:
    """The columns of a `PositionSum` over cells; written once, which takes longer than reading."""
    own = table.c
    npa, owed = is_npa(own.asset_class), own.outstanding_paise
    figures: dict[str, ColumnElement[Any]] = {
        "loans": own.loans,
        "active_loans": own.loans - own.defaulted_loans,
        "outstanding_paise": owed,
        "overdue_paise": own.overdue_paise,
        "npa_loans": case((npa, own.loans), else_=0),
        "npa_paise": case((npa, owed), else_=0),
        "npa_provision_paise": case((npa, own.provision_paise), else_=0),
        "provision_paise": own.provision_paise,
        **{
            f"above_{days}_paise": case((own.dpd_bucket.in_(late), owed), else_=0)
            for days, late in LATE_BUCKETS.items()
        },
    }
    columns: list[ColumnElement[Any]] = [money(each).label(name) for name, each in figures.items()]
    return select(*columns)


def _position(day: date, row: Any) -> PositionSum:  # noqa: ANN401  # a row by column name
    names = [name for name in PositionSum.__slots__ if name != "day"]
    return PositionSum(day=day, **{name: int(row[name] or 0) for name in names})
