"""A person has seen an alert: the log says who, when and what they noted.

Source: screens.md S80 (acknowledge, note). Acknowledging ends a snooze.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.alert_answer import AlertAnswered, answer_alert, checked_note
from app.services.steps.command import Command, Done, run_command
from app.services.steps.permission import permit
from db.records.alerts import AlertEntry

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AcknowledgeAlert:
    """Which alert, and what to note with it; an empty note keeps the one that stands."""

    command_id: UUID
    alert_id: UUID
    note: str = ""


def acknowledge_alert(request: AcknowledgeAlert, desk: "Desk") -> AlertAnswered:
    """Write that the alert has been seen.

    Raises:
        Refused: not permitted, the note cannot be kept (`fields`: alert_note), or it has cleared.
        NotFound: the branch has no such alert.
    """
    permit(desk, Act.ANSWER_ALERT)
    note = checked_note(request.note, {})

    def act(book: "UnitOfWork") -> Done:
        alert = answer_alert(book, request.alert_id, (AlertEntry.ACKNOWLEDGED, note, None), desk)
        return Done({}, "alert", alert.alert_id, {"rule": alert.rule.value})

    payload = {"alert_id": str(request.alert_id), "note": note}
    run_command(desk, Command(request.command_id, "acknowledge_alert", payload), act)
    return AlertAnswered(request.alert_id, AlertEntry.ACKNOWLEDGED)
