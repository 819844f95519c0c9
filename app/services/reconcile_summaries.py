"""Hold every summary of a branch against its books, put right what differs, and tell it.

Source: data-and-sync.md 3. The day-end does it for a branch of usual size, this for every branch
at night. A difference is an alarm in the audit trail: nothing but an act moves a summary.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.permission import permit
from app.services.steps.summary_terms import summary_terms
from db.records.book import AuditAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

CELLS = "portfolio_cells"


@dataclass(frozen=True, slots=True)
class SummariesReconciled:
    """What differed, by summary; nothing where all agreed.

    Attributes:
        day: the last closed day, as of which classes and cohorts stand.
        differed: how many cells of each summary were not what the books say.
    """

    day: date
    differed: Mapping[str, int]


def reconcile_summaries(desk: "Desk") -> SummariesReconciled:
    """Compare, rebuild what differs and write the alarm, in one transaction.

    Raises:
        Refused: the person may not close days.
    """
    person, rulebook = permit(desk, Act.CLOSE_DAY), desk.rulebook()
    branch_id = person.branch_id
    with desk.open_book() as book:
        day = book.day_ends.last_closed(branch_id) or desk.clock.today()
        terms = summary_terms(day, rulebook)
        differed = book.summaries.differences(branch_id, terms)
        cells = book.cells.differences(branch_id)
        if differed:
            book.summaries.rebuild(branch_id, terms)
        if cells:
            book.cells.rebuild(branch_id)
            differed = {**differed, CELLS: cells}
        if differed:
            details: dict[str, object] = {"day": day.isoformat(), **differed}
            alarm = AuditAct(
                "cells_differed", "summaries", None, person.staff_id, desk.clock.now(), details
            )
            book.audit.append(branch_id, alarm)
            book.commit()
    return SummariesReconciled(day, differed)
