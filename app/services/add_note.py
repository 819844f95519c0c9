"""A note is added to a customer: written once, never changed, sealed at rest.

Source: screens.md S21.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.free_text import LONGEST_NOTE, text_fault, tidy_text
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.refusal import bad_input
from db.records.customer_life import CustomerNote

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddNote:
    """What to note on which customer, 1 to 2,000 characters."""

    command_id: UUID
    customer_id: UUID
    text: str = field(repr=False)


def note_fault(text: str) -> str | None:
    """The sentence for a note that cannot be kept, None when it can; the form asks it too."""
    return text_fault("The note", tidy_text(text), LONGEST_NOTE, needed="Write the note first")


def add_note(request: AddNote, desk: "Desk") -> CustomerNote:
    """Keep a note.

    Raises:
        Refused: not permitted, or the text cannot be kept (`fields`: note_text).
        NotFound: the branch has no such customer.
    """
    person = permit(desk, Act.ADD_NOTE)
    text = tidy_text(request.text)
    fault = note_fault(text)
    if fault:
        raise bad_input({"note_text": fault})

    def act(book: "UnitOfWork") -> Done:
        book.customers.get(person.branch_id, request.customer_id)
        note = CustomerNote(
            note_id=new_id(desk),
            customer_id=request.customer_id,
            text=text,
            author_staff_id=person.staff_id,
            written_at=desk.clock.now(),
        )
        book.notes.add(person.branch_id, note)
        answer: dict[str, object] = {
            "note_id": str(note.note_id),
            "written_at": note.written_at.isoformat(),
        }
        return Done(answer, "customer", request.customer_id, {"note_id": str(note.note_id)})

    payload = {"customer_id": str(request.customer_id), "text": text}
    answer = run_command(desk, Command(request.command_id, "add_note", payload), act)
    return CustomerNote(
        note_id=UUID(str(answer["note_id"])),
        customer_id=request.customer_id,
        text=text,
        author_staff_id=person.staff_id,
        written_at=datetime.fromisoformat(str(answer["written_at"])),
        author=person.full_name,
    )
