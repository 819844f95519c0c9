"""An alert is put to sleep for some days: it stands, but does not call.

Source: screens.md S80 (snooze), rule row `snooze_max_days`. An alert that grows worse wakes up.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.alert_answer import AlertAnswered, answer_alert, checked_note
from app.services.steps.command import Command, Done, run_command
from app.services.steps.permission import permit
from app.services.steps.snooze_day import snooze_day_fault
from db.records.alerts import AlertEntry

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SnoozeAlert:
    """Which alert, until which day, and what to note with it."""

    command_id: UUID
    alert_id: UUID
    until: date
    note: str = ""


def snooze_alert(request: SnoozeAlert, desk: "Desk") -> AlertAnswered:
    """Write that the alert sleeps until a day.

    Raises:
        Refused: not permitted, no such day (`fields`: snooze_until), the note cannot be kept
            (`fields`: alert_note), or the alert has cleared.
        NotFound: the branch has no such alert.
    """
    permit(desk, Act.ANSWER_ALERT)
    day = snooze_day_fault(request.until, desk.rulebook(), desk.clock.today())
    note = checked_note(request.note, {"snooze_until": day} if day else {})

    def act(book: "UnitOfWork") -> Done:
        said = (AlertEntry.SNOOZED, note, request.until)
        alert = answer_alert(book, request.alert_id, said, desk)
        details = {"rule": alert.rule.value, "until": str(request.until)}
        return Done({}, "alert", alert.alert_id, details)

    payload = {"alert_id": str(request.alert_id), "until": str(request.until), "note": note}
    run_command(desk, Command(request.command_id, "snooze_alert", payload), act)
    return AlertAnswered(request.alert_id, AlertEntry.SNOOZED, request.until)
