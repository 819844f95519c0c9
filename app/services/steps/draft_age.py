"""Drafts that nobody has touched for long: offered for deletion, never deleted alone.

Source: screens.md F8, rule row ``draft_ask_delete_days``.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from app.rules.bank_time import bank_day
from db.records.book import Draft

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

_ROW = "draft_ask_delete_days"


def old_drafts(drafts: Sequence[Draft], desk: "Desk") -> tuple[Draft, ...]:
    """Those of the drafts that were last changed so many days ago, or earlier."""
    if not drafts:
        return ()
    today = desk.clock.today()
    last = today - timedelta(days=desk.rulebook().days(_ROW, today))
    return tuple(draft for draft in drafts if bank_day(draft.updated_at) <= last)
