"""Timeline events that loans tell of: payouts, payments, moves between classes, the end."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from db.identifiers import format_reference
from db.records.customer_life import TimelineEvent, TimelineKind
from db.repositories.session import Session
from db.repositories.staff_names import name_of_staff
from db.repositories.timeline_source import Source, Whose, instant_of
from db.tables.desk import audit_entries
from db.tables.loans import disbursements, loans, npa_tracking, repayments
from db.vocabulary.loan_life import AssetClass


def _of_loans(whose: Whose, part: Any, day: str, row_id: str, *columns: Any) -> "Select[Any]":  # noqa: ANN401  # any table of a loan's parts
    """Rows of a table that hangs on loans, with the loan's number."""
    own = part.join(
        loans, (loans.c.branch_id == part.c.branch_id) & (loans.c.loan_id == part.c.loan_id)
    )
    return (
        select(
            part.c[day].label("event_at"),
            part.c[row_id].label("event_id"),
            part.c.loan_id,
            loans.c.number,
            *columns,
        )
        .select_from(own)
        .where(loans.c.branch_id == whose.branch_id, loans.c.customer_id == whose.customer_id)
    )


def _payouts(whose: Whose) -> "Select[Any]":
    entry = audit_entries.c
    actor = (
        select(name_of_staff(entry.actor_staff_id))
        .where(
            entry.branch_id == loans.c.branch_id,
            entry.entity_id.in_((loans.c.application_id, loans.c.loan_id)),
            entry.act == "disburse_loan",
        )
        .limit(1)
        .scalar_subquery()
    )
    part = disbursements
    return _of_loans(
        whose,
        part,
        "disbursement_date",
        "disbursement_id",
        part.c.amount_paise,
        part.c.mode.label("detail"),
        actor.label("by"),
    )


def _payments(whose: Whose) -> "Select[Any]":
    part = repayments
    return _of_loans(
        whose,
        part,
        "value_date",
        "repayment_id",
        part.c.amount_paise,
        part.c.method.label("detail"),
    )


def _class_moves(whose: Whose) -> "Select[Any]":
    """Days on which a class changed: the day-end writes one row a day, moved or not."""
    part = npa_tracking.c
    before = func.lag(part.asset_class).over(
        partition_by=part.loan_id, order_by=(part.business_date, part.recorded_at)
    )
    every = _of_loans(
        whose,
        npa_tracking,
        "business_date",
        "entry_id",
        part.asset_class.label("detail"),
        func.coalesce(before, AssetClass.STANDARD.value).label("before"),
    ).subquery()
    return select(every).where(every.c.before != every.c.detail)


def _endings(whose: Whose) -> "Select[Any]":
    return select(
        loans.c.closed_on.label("event_at"),
        loans.c.loan_id.label("event_id"),
        loans.c.loan_id,
        loans.c.number,
    ).where(
        loans.c.branch_id == whose.branch_id,
        loans.c.customer_id == whose.customer_id,
        loans.c.closed_on.is_not(None),
    )


def _loan_event(act: str, kind: TimelineKind) -> Callable[[Session, RowMapping], TimelineEvent]:
    def event(_session: Session, row: RowMapping) -> TimelineEvent:
        detail = row.get("detail")
        return TimelineEvent(
            kind=kind,
            act=act,
            at=instant_of(row["event_at"]),
            timed=False,
            by=row.get("by") or "",
            subject=format_reference("L", row["number"]),
            record_id=row["loan_id"],
            from_status=row.get("before"),
            to_status=str(detail) if "before" in row else None,
            detail=None if detail is None or "before" in row else str(detail),
            amount_paise=row.get("amount_paise"),
        )

    return event


LOAN_SOURCES = (
    Source(
        3,
        frozenset({TimelineKind.LOAN}),
        _payouts,
        _loan_event("disburse_loan", TimelineKind.LOAN),
    ),
    Source(
        4,
        frozenset({TimelineKind.PAYMENT}),
        _payments,
        _loan_event("post_repayment", TimelineKind.PAYMENT),
    ),
    Source(
        5,
        frozenset({TimelineKind.LOAN}),
        _class_moves,
        _loan_event("class_changed", TimelineKind.LOAN),
    ),
    Source(
        6, frozenset({TimelineKind.LOAN}), _endings, _loan_event("loan_closed", TimelineKind.LOAN)
    ),
)
