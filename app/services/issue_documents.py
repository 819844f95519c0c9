"""Letters are made, copied, accepted and made void; read_documents.py opens them.

Source: screens.md S44, commands.md (`document`), lending-rules.md 7.2. A letter is stored with what
it was made from and never edited: a second one of the same kind is a copy, marked and stored too; a
wrong one is made void and issued again. Rendering happens before the book is held.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.letter_case import (
    APPROVAL_LETTERS,
    LetterCase,
    read_letter_case,
    standing_letter,
    step_for,
)
from app.services.steps.letter_record import (
    copied_values,
    letter_answer,
    new_copy,
    new_document,
    readable,
    values_text,
)
from app.services.steps.letter_render import rendered
from app.services.steps.letter_work import (
    LANGUAGES,
    MADE_HERE,
    LetterOrder,
    letter_values,
)
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.cases import CaseStepRecord
from db.records.documents import DocumentRecord
from db.vocabulary.loan_life import ApplicationStatus, Language, LetterKind, LetterStatus
from db.vocabulary.reasons import VoidReason

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class MakeDocument:
    """Make a letter about an application, or a copy of the one that is there."""

    command_id: UUID
    application_id: UUID
    kind: LetterKind
    language: Language = Language.EN


@dataclass(frozen=True, slots=True)
class RecordAcceptance:
    """The borrower has accepted a Key Facts Statement on a day."""

    command_id: UUID
    document_id: UUID
    accepted_on: date


@dataclass(frozen=True, slots=True)
class VoidDocument:
    """A letter that is wrong; VOID-OTHER needs a note."""

    command_id: UUID
    document_id: UUID
    reason: VoidReason
    note: str = ""


def make_document(request: MakeDocument, desk: "Desk") -> DocumentRecord:
    """Make a letter and store it; where one of its kind and language stands, make a copy of that.

    Raises:
        Refused: not permitted, nothing has been decided that this letter speaks of, no such kind
            or language, a term is missing, a script has no font, the template is damaged, or
            another letter was made meanwhile.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.ISSUE_DOCUMENTS).branch_id
    _check_wanted(request)
    desk.rulebook()  # read before the book is held
    with desk.read_book() as book:
        case = read_letter_case(book, request.application_id, request.kind, desk)
        standing = _standing(book, request, branch_id)
        kept = _content(book, standing.original, branch_id)
    if standing.original is None:
        made = _new_letter(case, request, standing.made + 1, desk)
    else:
        made = _copy(standing.original, kept, standing.made + 1, desk)

    def act(book: "UnitOfWork") -> Done:
        if _standing(book, request, branch_id) != standing:
            raise Refused(RefusalKind.CONFLICT, "The case moved meanwhile: make the letter again")
        book.documents.add(branch_id, made.record, made.pdf, made.values)
        return letter_answer(made.record)

    return _run(request.command_id, "make_document", request, act, desk)


def make_documents(
    requests: Sequence[MakeDocument],
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> tuple[DocumentRecord, ...]:
    """Make many letters, one after the other; each is stored by itself.

    Raises:
        Refused: as `make_document`, at the first that cannot be made.
        StoppedError: `cancelled` answered true; the letters made before stay.
    """
    made: list[DocumentRecord] = []
    for request in requests:
        if cancelled():
            raise StoppedError(len(made), len(requests), kept=True)
        made.append(make_document(request, desk))
        progress(len(made), len(requests))
    return tuple(made)


def record_acceptance(request: RecordAcceptance, desk: "Desk") -> DocumentRecord:
    """Note the day on which a Key Facts Statement was accepted.

    Raises:
        Refused: not permitted, another kind of letter, void or accepted before, or outside its
            time.
        NotFound: the branch has no such letter.
        VersionConflict: somebody changed it meanwhile.
    """
    branch_id, today = permit(desk, Act.ISSUE_DOCUMENTS).branch_id, desk.clock.today()

    def act(book: "UnitOfWork") -> Done:
        found = book.documents.get(branch_id, request.document_id)
        _check_acceptance(found, request.accepted_on, today)
        book.documents.accept(branch_id, found, request.accepted_on)
        return letter_answer(found, accepted_on=request.accepted_on.isoformat())

    return _run(request.command_id, "record_acceptance", request, act, desk)


def void_document(request: VoidDocument, desk: "Desk") -> DocumentRecord:
    """Make a letter void with its copies; the next one of its kind is a new original.

    Raises:
        Refused: not permitted, void before, a copy, the reason needs a note, or the loan was paid
            out on it.
        NotFound: the branch has no such letter.
        VersionConflict: somebody changed it meanwhile.
    """
    branch_id, note = permit(desk, Act.ISSUE_DOCUMENTS).branch_id, request.note.strip()
    if request.reason is VoidReason.VOID_OTHER and not note:
        raise bad_input({"note": "Write the reason in the note"})
    if len(note) > LONGEST_NOTE or not readable(note):
        raise bad_input({"note": f"The note may have {LONGEST_NOTE} characters that can be shown"})

    def act(book: "UnitOfWork") -> Done:
        found = book.documents.get(branch_id, request.document_id)
        if found.status is LetterStatus.VOID:
            raise Refused(RefusalKind.CONFLICT, "This letter is void already")
        if found.copy_of is not None:
            raise Refused(RefusalKind.CONFLICT, "A copy cannot be void: make its original void")
        application = book.applications.get(branch_id, found.application_id)
        if application.status is ApplicationStatus.DISBURSED and found.kind in APPROVAL_LETTERS:
            raise Refused(RefusalKind.CONFLICT, "The loan was paid out on this letter: it stays")
        said = f"{request.reason.value} {note}".strip()
        book.documents.void(branch_id, found, said)
        return letter_answer(found, reason=said)

    return _run(request.command_id, "void_document", request, act, desk)


def _check_wanted(request: MakeDocument) -> None:
    if request.kind not in MADE_HERE:
        raise bad_input({"kind": "This paper is not made here"})
    if request.language not in LANGUAGES:
        raise bad_input({"language": "Letters are made in English and in Hindi"})


class _Standing(NamedTuple):
    """Where the letters of a case stand: it is compared again before one more is stored.

    `made` counts the originals of the kind, or the copies where the original is there.
    """

    step: CaseStepRecord
    original: DocumentRecord | None
    made: int


def _standing(book: "UnitOfWork", request: MakeDocument, branch_id: int) -> _Standing:
    step = step_for(request.kind, book.cases.steps_of(branch_id, request.application_id))
    letters = book.documents.of_application(branch_id, request.application_id)
    original = standing_letter(letters, step, request.kind, request.language)
    if original is None:
        mine = [each for each in letters if each.kind is request.kind and each.copy_of is None]
    else:
        mine = [each for each in letters if each.copy_of == original.document_id]
    return _Standing(step, original, len(mine))


class _Made(NamedTuple):
    record: DocumentRecord
    pdf: bytes
    values: str


def _content(book: "UnitOfWork", original: DocumentRecord | None, branch_id: int) -> str:
    if original is None:
        return ""
    return book.documents.content(branch_id, original.document_id)[1]


def _new_letter(case: LetterCase, request: MakeDocument, number: int, desk: "Desk") -> _Made:
    reference = case.opened.application.reference.removeprefix("A-")
    order = LetterOrder(
        kind=request.kind,
        language=request.language,
        number=f"{request.kind.value.upper()}-{reference}-{number}",
        issued_on=desk.clock.today(),
    )
    values = letter_values(case, order, desk)
    letter = rendered(request.kind, values.values)
    return _Made(new_document(case, values, letter, desk), letter.pdf, values.text)


def _copy(original: DocumentRecord, kept: str, number: int, desk: "Desk") -> _Made:
    values = copied_values(kept, original.language, number)
    letter = rendered(original.kind, values)
    made = new_copy(original, values, letter, number, desk)
    return _Made(made, letter.pdf, values_text(values))


def _check_acceptance(document: DocumentRecord, on: date, today: date) -> None:
    if document.kind is not LetterKind.KFS or document.copy_of is not None:
        raise Refused(
            RefusalKind.CONFLICT, "Only the original of a Key Facts Statement is accepted"
        )
    if document.status is not LetterStatus.ISSUED:
        raise Refused(
            RefusalKind.CONFLICT, f"This statement is {document.status.value.lower()} already"
        )
    issued = bank_day(document.made_at)
    if on > today or on < issued:
        raise bad_input(
            {"accepted_on": f"Enter a day from {date_shown(issued)} to {date_shown(today)}"}
        )
    if document.valid_until is not None and on > document.valid_until:
        last = date_shown(document.valid_until)
        raise bad_input({"accepted_on": f"It could be accepted until {last}: issue a new one"})


def _run(
    command_id: UUID,
    kind: str,
    request: object,
    act: "Callable[[UnitOfWork], Done]",
    desk: "Desk",
) -> DocumentRecord:
    """Run a command about a letter; return the letter as it is stored, also when sent again."""
    answer = run_command(desk, Command(command_id, kind, {"request": to_plain(request)}), act)
    with desk.read_book() as book:
        document_id = UUID(str(answer["document_id"]))
        return book.documents.get(desk.person().branch_id, document_id)
