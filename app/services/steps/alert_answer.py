"""What a person says of a standing alert, written with its line in the log."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.free_text import LONGEST_NOTE, text_fault, tidy_text
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.alerts import AlertEntry, AlertLogEntry, AlertRecord

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AlertAnswered:
    """Where an alert stands after a person's word."""

    alert_id: UUID
    entry: AlertEntry
    snoozed_until: date | None = None


def checked_note(note: str, faults: dict[str, str]) -> str:
    """The tidy note.

    Raises:
        Refused: the note cannot be kept, or there were faults already.
    """
    text = tidy_text(note)
    wrong = text_fault("The note", text, LONGEST_NOTE)
    if wrong:
        faults["alert_note"] = wrong
    if faults:
        raise bad_input(faults)
    return text


def answer_alert(
    book: "UnitOfWork",
    alert_id: UUID,
    said: tuple[AlertEntry, str, date | None],
    desk: "Desk",
) -> AlertRecord:
    """Write an acknowledgement or a snooze; both name the person as who has seen it.

    Raises:
        Refused: the alert has cleared.
        NotFound: neither the person's branch nor the bank has such an alert.
    """
    entry, note, until = said
    person, now = desk.person(), desk.clock.now()
    alert = book.alerts.get(person.branch_id, alert_id)
    if alert.cleared_on is not None:
        raise Refused(RefusalKind.CONFLICT, "This alert has cleared: there is nothing to answer")
    after = replace(
        alert,
        acknowledged_by=person.user_id,
        acknowledged_at=now,
        note=note or alert.note,
        snoozed_until=until,
        version=alert.version + 1,
    )
    line = AlertLogEntry(
        alert.branch_id, new_id(desk), alert_id, entry, alert.level, alert.value_ppm,
        desk.clock.today(), now, note, until, person.user_id,
    )  # fmt: skip
    book.alerts.change(after, line)
    return after
