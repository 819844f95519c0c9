"""Dues typed in the customer form as plain data for a draft, and back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.services.register_customer import ObligationEntry
from app.ui.widgets.draft_content import Content
from db.vocabulary.lending import ObligationType


def dues_content(dues: Sequence[ObligationEntry]) -> list[Content]:
    """Dues as plain data."""
    return [
        {
            "lender_name": due.lender_name,
            "obligation_type": str(due.obligation_type),
            "monthly_amount_paise": due.monthly_amount_paise,
            "outstanding_paise": due.outstanding_paise,
            "end_date": due.end_date.isoformat() if due.end_date else None,
            "obligation_id": str(due.obligation_id) if due.obligation_id else None,
        }
        for due in dues
    ]


def dues_of(content: object) -> tuple[ObligationEntry, ...]:
    """Dues from plain data as `dues_content` wrote it."""
    if not isinstance(content, list):
        return ()
    return tuple(
        ObligationEntry(
            lender_name=str(kept["lender_name"]),
            obligation_type=ObligationType(kept["obligation_type"]),
            monthly_amount_paise=int(kept["monthly_amount_paise"]),
            outstanding_paise=kept["outstanding_paise"],
            end_date=date.fromisoformat(kept["end_date"]) if kept["end_date"] else None,
            obligation_id=UUID(kept["obligation_id"]) if kept["obligation_id"] else None,
        )
        for kept in content
    )
