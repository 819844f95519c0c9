"""New ids for records, rising with time even where the clock stands still (a sandbox)."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from db.identifiers import IdMaker

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

_MAKER = IdMaker()
_COMMANDS = UUID("6f0d4bb2-7f0e-5a0c-9f5f-2b5c5d5a4a11")


def new_id(desk: "Desk") -> UUID:
    """A UUIDv7 of the desk's present instant."""
    return _MAKER.make(desk.clock.now())


def keyed_command_id(branch_id: int, key: str) -> UUID:
    """The command id of an idempotency key: the same key at the same branch gives the same id."""
    return uuid5(_COMMANDS, f"{branch_id:04d}|{key}")
