"""One command, applied once: receipt, idempotency and audit in the transaction of the act.

Source: architecture.md 3 (the officer commits), data-and-sync.md 2. A known command id with the
same payload returns the stored answer; with another payload it is refused.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.refusal import RefusalKind, Refused
from db.records.book import AuditAct, CommandReceipt
from db.records.refusals import BookError, BookStopped

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done once.

    Attributes:
        payload: plain JSON values; only its hash is stored, so it may hold what was typed.
        clash: how other content under the same id is refused.
    """

    command_id: UUID
    kind: str
    payload: Mapping[str, object] = field(repr=False)
    clash: RefusalKind = RefusalKind.CONFLICT


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: its plain answer and its line in the audit chain (no personal data)."""

    answer: Answer
    entity: str
    entity_id: UUID | None
    details: Mapping[str, object] = field(default_factory=dict)


def run_command(desk: "Desk", command: Command, act: "Callable[[UnitOfWork], Done]") -> Answer:
    """Apply a command in one transaction, or return what it answered before.

    The same command at the same moment at two desks: whoever comes second fails somewhere, at the
    latest at the receipt's key, and then answers what the first one did.

    Raises:
        Refused: the command id was used for something else.
    """
    digest = payload_hash(command)
    try:
        return _applied(desk, command, digest, act)
    except BookStopped:
        raise
    except (Refused, BookError):
        # A failure of its own has no receipt, and is told.
        with desk.read_book() as book:
            known = book.receipts.get(desk.person().branch_id, command.command_id)
        if known is None:
            raise
        return _stored_answer(known, command, digest)


def _applied(
    desk: "Desk", command: Command, digest: str, act: "Callable[[UnitOfWork], Done]"
) -> Answer:
    person, now = desk.person(), desk.clock.now()
    with desk.open_book() as book:
        known = book.receipts.get(person.branch_id, command.command_id)
        if known is not None:
            return _stored_answer(known, command, digest)
        done = act(book)
        book.audit.append(
            person.branch_id,
            AuditAct(
                act=command.kind,
                entity=done.entity,
                entity_id=done.entity_id,
                actor_staff_id=person.staff_id,
                at=now,
                details=done.details,
            ),
        )
        text = canonical(done.answer)
        book.receipts.put(
            person.branch_id,
            CommandReceipt(command.command_id, command.kind, digest, text, person.user_id, now),
        )
        book.commit()
    return _plain(text)


def payload_hash(command: Command) -> str:
    """The sha256 of the command's kind and payload."""
    text = canonical({"kind": command.kind, "payload": dict(command.payload)})
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; dates, ids and words become text."""
    return json.dumps(
        value,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
        default=str,
    )


def _stored_answer(known: CommandReceipt, command: Command, digest: str) -> Answer:
    if known.kind != command.kind or known.payload_sha256 != digest:
        raise Refused(
            command.clash,
            "This was already sent once with other content. Send it again as a new request",
        )
    return _plain(known.answer)


def _plain(text: str) -> Answer:
    answer: Answer = json.loads(text)
    return answer
