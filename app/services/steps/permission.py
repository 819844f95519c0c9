"""Whether the person at the desk may do an act; the table is `app/rules/permissions.py`."""

from typing import TYPE_CHECKING

from app.rules.permissions import Act, NotPermittedError, require
from app.services.steps.refusal import RefusalKind, Refused

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk


def permit(desk: "Desk", act: Act) -> "Actor":
    """Return the person at the desk, who may do this.

    Raises:
        Refused: nobody has signed in, or none of the roles allows it.
    """
    person = desk.person()
    try:
        require(person.roles, act)
    except NotPermittedError as refusal:
        raise Refused(RefusalKind.NOT_PERMITTED, str(refusal)) from refusal
    return person
