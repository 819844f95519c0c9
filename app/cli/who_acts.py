"""Who acts in a verb: a person of the sandbox, or somebody who gives a password.

Source: commands.md (who acts). Reading verbs of the sandbox need no name, writing ones default to
its officer.
"""

import getpass
import os
import sys

from app.cli.verb import Access, Verb
from app.services.sign_in import SignIn, desk_state, sandbox_person, sign_in
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import ANALYST, MAKER

PASSWORD = "KASAUTI_PASSWORD"  # noqa: S105  # the name of a variable, not a password


def acting_desk(verb: Verb, staff_id: str | None, desk: Desk) -> Desk:
    """The desk with the person at it, where the verb needs one.

    Raises:
        Refused: nobody was named, or the password is not right.
    """
    if verb.access in {Access.NO_BOOK, Access.OPEN, Access.MIGRATES}:
        return desk
    state = desk_state(desk)
    if state.sandbox:
        usual = ANALYST if verb.access is Access.READS else MAKER
        return desk.acting(sandbox_person(staff_id or usual, desk).actor)
    if verb.access is Access.SANDBOX:
        return desk
    if not state.has_users:
        raise Refused(
            RefusalKind.NOT_PERMITTED,
            "This desk has nobody yet: open the window to create the first user, "
            "or run sample-data to try it",
        )
    if not staff_id:
        raise Refused(RefusalKind.NOT_PERMITTED, "Say who acts with --as STAFF_ID")
    return desk.acting(sign_in(SignIn(staff_id, _password(staff_id)), desk).actor)


def _password(staff_id: str) -> str:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refused(
            RefusalKind.NOT_PERMITTED, f"Set {PASSWORD}, or answer the prompt on a terminal"
        )
    return getpass.getpass(f"Password of {staff_id}: ")
