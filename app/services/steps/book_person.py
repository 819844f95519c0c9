"""Who looks at a list: branch, person and the day that decides what is overdue."""

from typing import TYPE_CHECKING

from db.records.lists import Viewer

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def viewer_of(desk: "Desk") -> Viewer:
    """The person at the desk as a viewer of lists.

    Raises:
        Refused: nobody has signed in.
    """
    person = desk.person()
    return Viewer(person.branch_id, person.user_id, desk.clock.today())
