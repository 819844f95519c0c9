"""Where the events of a customer's timeline stand in the book, one query a kind of record.

Each query brings `event_at` (an instant or a day), `event_id` and what its event shows. What a
record says itself is not told again by the audit chain: payments, payouts, scores and notes.
"""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, exists, false, func, or_, select

from db.identifiers import format_reference
from db.records.customer_life import TimelineEvent, TimelineKind
from db.repositories.customer_notes import note_text
from db.repositories.session import Session
from db.repositories.staff_names import name_of_staff
from db.repositories.timeline_loan_sources import LOAN_SOURCES
from db.repositories.timeline_source import Source, Whose, instant_of
from db.tables.applications import applications, assessments
from db.tables.customer_life import customer_notes
from db.tables.customers import customers
from db.tables.desk import audit_entries
from db.tables.loans import loans
from db.tables.reference import users

_TOLD_BY_RECORDS = (
    "add_note",
    "score_application",
    "assess_application",
    "disburse_loan",
    "post_repayment",
)
_KIND_OF_ENTITY = {
    "customer": TimelineKind.CUSTOMER,
    "application": TimelineKind.APPLICATION,
    "loan": TimelineKind.LOAN,
}


def _audited(whose: Whose) -> "Select[Any]":
    entry, own = audit_entries.c, (whose.branch_id, whose.customer_id)
    ids = {
        "customer": entry.entity_id == whose.customer_id,
        "application": entry.entity_id.in_(_ids_of(applications, "application_id", own)),
        "loan": entry.entity_id.in_(_ids_of(loans, "loan_id", own)),
    }
    wanted = [
        (entry.entity == entity) & among
        for entity, among in ids.items()
        if _KIND_OF_ENTITY[entity] in whose.kinds
    ]
    beside = audit_entries.outerjoin(
        applications,
        (applications.c.branch_id == entry.branch_id)
        & (applications.c.application_id == entry.entity_id),
    ).outerjoin(
        loans, (loans.c.branch_id == entry.branch_id) & (loans.c.loan_id == entry.entity_id)
    )
    return (
        select(
            entry.at.label("event_at"),
            entry.sequence.label("event_id"),
            entry.act,
            entry.entity,
            entry.entity_id,
            entry.details,
            name_of_staff(entry.actor_staff_id).label("by"),
            func.coalesce(applications.c.number, loans.c.number).label("number"),
            applications.c.amount_paise,
        )
        .select_from(beside)
        .where(
            entry.branch_id == whose.branch_id,
            entry.act.not_in(_TOLD_BY_RECORDS),
            or_(false(), *wanted),
        )
    )


def _ids_of(table: Any, key: str, own: tuple[int, UUID]) -> "Select[Any]":  # noqa: ANN401  # a table of either kind
    return select(table.c[key]).where(table.c.branch_id == own[0], table.c.customer_id == own[1])


def _audit_event(_session: Session, row: RowMapping) -> TimelineEvent:
    details: dict[str, Any] = json.loads(row["details"])
    kind = _KIND_OF_ENTITY[row["entity"]]
    letter = {TimelineKind.APPLICATION: "A", TimelineKind.LOAN: "L"}.get(kind, "")
    own = row["number"] is not None and bool(letter)
    return TimelineEvent(
        kind=kind,
        act=row["act"],
        at=row["event_at"],
        by=row["by"] or "",
        subject=format_reference(letter, row["number"]) if own else "",
        record_id=row["entity_id"] if own else None,
        from_status=details.get("from"),
        to_status=details.get("to"),
        detail=details.get("fact") or details.get("reason"),
        amount_paise=row["amount_paise"] if row["act"] == "submit_application" else None,
        text=str(details.get("note") or ""),
    )


def _scores(whose: Whose) -> "Select[Any]":
    own = assessments.join(
        applications,
        (applications.c.branch_id == assessments.c.branch_id)
        & (applications.c.application_id == assessments.c.application_id),
    ).outerjoin(users, users.c.user_id == assessments.c.assessed_by)
    return (
        select(
            assessments.c.assessed_at.label("event_at"),
            assessments.c.assessment_id.label("event_id"),
            assessments.c.application_id,
            assessments.c.credit_score_hundredths,
            assessments.c.model_id,
            assessments.c.risk_level,
            applications.c.number,
            users.c.full_name.label("by"),
        )
        .select_from(own)
        .where(
            applications.c.branch_id == whose.branch_id,
            applications.c.customer_id == whose.customer_id,
        )
    )


def _score_event(_session: Session, row: RowMapping) -> TimelineEvent:
    return TimelineEvent(
        kind=TimelineKind.SCORE,
        act="assess_application",
        at=row["event_at"],
        by=row["by"] or "",
        subject=format_reference("A", row["number"]),
        record_id=row["application_id"],
        detail=row["risk_level"].value,
        score_hundredths=row["credit_score_hundredths"],
        model_id=row["model_id"],
    )


def _notes(whose: Whose) -> "Select[Any]":
    note = customer_notes.c
    return select(
        note.written_at.label("event_at"),
        note.note_id.label("event_id"),
        note.text_sealed,
        name_of_staff(note.author_staff_id).label("by"),
    ).where(note.branch_id == whose.branch_id, note.customer_id == whose.customer_id)


def _note_event(session: Session, row: RowMapping) -> TimelineEvent:
    return TimelineEvent(
        kind=TimelineKind.NOTE,
        act="add_note",
        at=row["event_at"],
        by=row["by"],
        text=note_text(session, row["event_id"], row["text_sealed"]),
    )


def _beginning(whose: Whose) -> "Select[Any]":
    """The day a customer came to us, where the audit chain does not tell of it (imported books)."""
    entry, person = audit_entries.c, customers.c
    registered = exists().where(
        entry.branch_id == whose.branch_id,
        entry.entity_id == whose.customer_id,
        entry.act == "register_customer",
    )
    return select(
        person.customer_since.label("event_at"), person.customer_id.label("event_id")
    ).where(
        person.branch_id == whose.branch_id, person.customer_id == whose.customer_id, ~registered
    )


def _beginning_event(_session: Session, row: RowMapping) -> TimelineEvent:
    return TimelineEvent(
        kind=TimelineKind.CUSTOMER,
        act="customer_since",
        at=instant_of(row["event_at"]),
        timed=False,
    )


SOURCES = (
    Source(0, frozenset({TimelineKind.CUSTOMER}), _beginning, _beginning_event),
    Source(1, frozenset(_KIND_OF_ENTITY.values()), _audited, _audit_event),
    Source(2, frozenset({TimelineKind.SCORE}), _scores, _score_event),
    *LOAN_SOURCES,
    Source(7, frozenset({TimelineKind.NOTE}), _notes, _note_event),
)
