"""What every act is handed: who acts, on which book, on which day, with which rules and model.

`bootstrap` builds a Desk; acts never reach for globals. The book, rule book and model are
callables, so that a screen can hold a Desk before any of them has been loaded.
"""

from collections.abc import Callable, Sequence  # dataclass field types stay readable at run time
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.services.steps.file_kinds import BUILT_IN_LIMITS, AttachmentLimits
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.people import Role

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork
    from ml.runtime.model_file import RiskModel


class Clock(Protocol):
    """Today's business date and the present instant; the only source of both."""

    def today(self) -> date:
        """The business date of the book, in Asia/Kolkata."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class BookNotices(Protocol):
    """Tells that acts were committed to the book, here or at another desk."""

    def wait(self, seconds: float) -> Sequence[object]:
        """Wait at most so long; one entry for each branch whose book has moved on."""

    def stop(self) -> None:
        """End the waiting, now and for good."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts."""

    user_id: UUID
    staff_id: str
    full_name: str
    branch_id: int
    roles: frozenset[Role]

    @property
    def branch_code(self) -> str:
        """The branch as people write it, four digits."""
        return f"{self.branch_id:04d}"


def _nothing() -> None:
    """What a desk does that keeps no rules."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports of one session.

    Attributes:
        open_book: starts a unit of work on the book (a context manager, rolled back by default).
        rulebook: the rules of the book; cached, reloaded when rules change.
        model: the verified champion; raises Refused(MODEL) when it may not be used.
        data_dir: folder of this desk's files.
        found_schema: the book's revision when it was opened, None for one that was empty.
        forget_rules: makes `rulebook` read again, once this desk has changed the rules.
        actor: None before sign-in.
        attachment_limits: what files this desk takes, as its settings say.
        open_notices: starts to listen for acts of any desk; gives None where nobody tells.
    """

    open_book: "Callable[[], UnitOfWork]"
    clock: Clock
    rulebook: "Callable[[], Rulebook]"
    model: "Callable[[], RiskModel]"
    data_dir: Path
    sandbox: bool = False
    actor: Actor | None = None
    found_schema: str | None = None
    forget_rules: Callable[[], None] = _nothing
    attachment_limits: AttachmentLimits = BUILT_IN_LIMITS
    open_notices: Callable[[], "BookNotices | None"] = _nothing

    def read_book(self) -> "UnitOfWork":
        """Start a unit of work that only reads: it waits for no writer and keeps none waiting."""
        return self.open_book().for_reading()

    def acting(self, actor: Actor) -> "Desk":
        """Return this desk with a person at it."""
        return replace(self, actor=actor)

    def without_actor(self) -> "Desk":
        """Return this desk with nobody at it."""
        return replace(self, actor=None)

    def person(self) -> Actor:
        """Return who acts.

        Raises:
            Refused: nobody has signed in.
        """
        if self.actor is None:
            raise Refused(RefusalKind.NOT_PERMITTED, "Sign in first")
        return self.actor
