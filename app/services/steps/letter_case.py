"""The decision that a letter speaks of, read from the book with everything it can be made from.

Source: screens.md S44 and S50. A letter speaks of the decision as it stands: one that was recalled
has none until it is decided again, even if somebody has taken the case up since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.case_work import OpenCase, open_case, standing_of
from app.services.steps.refusal import RefusalKind, Refused
from db.records.applications import Assessment
from db.records.cases import CaseStepRecord
from db.records.documents import DocumentRecord
from db.records.people import Customer
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import Language, LetterKind, LetterStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

APPROVAL_LETTERS = frozenset({LetterKind.KFS, LetterKind.SANCTION, LetterKind.SCHEDULE})
_APPROVED = frozenset({Decision.APPROVE, Decision.APPROVE_WITH_CHANGES})
_DECIDED = frozenset({CaseStep.DECIDE, CaseStep.DECIDE_AUTOMATICALLY})


@dataclass(frozen=True, slots=True)
class LetterCase:
    """Everything a letter can be made from, read from the book at one moment.

    Attributes:
        step: the decision the letter speaks of; for a file note the newest proposal or decision.
        assessment: the estimate frozen with that step; None for an unscored case.
        names: of the people of the branch, by id.
    """

    opened: OpenCase
    customer: Customer
    step: CaseStepRecord
    assessment: Assessment | None
    names: Mapping[UUID, str]
    branch_code: str


def read_letter_case(
    book: "UnitOfWork", application_id: UUID, kind: LetterKind, desk: "Desk"
) -> LetterCase:
    """What a letter of a kind is made from.

    Raises:
        Refused: nothing stands that a letter of this kind speaks of.
        NotFound: the branch has no such application.
    """
    branch_id = desk.person().branch_id
    opened = open_case(book, branch_id, application_id, None)
    step = step_for(kind, opened.steps)
    assessed = step.assessment_id
    return LetterCase(
        opened=opened,
        customer=book.customers.get(branch_id, opened.application.customer_id),
        step=step,
        assessment=None if assessed is None else book.applications.assessment(branch_id, assessed),
        names={user.user_id: user.full_name for user in book.users.list()},
        branch_code=desk.person().branch_code,
    )


def step_for(kind: LetterKind, steps: Sequence[CaseStepRecord]) -> CaseStepRecord:
    """The step that a letter of a kind speaks of.

    Raises:
        Refused: nothing of the kind has been decided, or the decision was recalled.
    """
    spoken = [step for step in steps if step.decision is not None]
    if not spoken:
        raise Refused(RefusalKind.CONFLICT, "There is no letter before the decision")
    last = spoken[-1]
    if kind is LetterKind.FILE_NOTE:
        return last
    if standing_of(steps).decided is None:
        recalled = last.step in _DECIDED
        raise Refused(
            RefusalKind.CONFLICT,
            "The decision was recalled: decide it first"
            if recalled
            else "There is no letter before the decision",
        )
    fits = (
        last.decision is Decision.REJECT
        if kind is LetterKind.REJECTION
        else last.decision in _APPROVED and kind in APPROVAL_LETTERS
    )
    if not fits:
        raise Refused(RefusalKind.CONFLICT, "The decision is another one than this letter tells")
    return last


def standing_letter(
    letters: Iterable[DocumentRecord], step: CaseStepRecord, kind: LetterKind, language: Language
) -> DocumentRecord | None:
    """The original of this kind and language that speaks of a step and is not void."""
    wanted = (kind, language, step.step_id, None)
    return next(
        (
            each
            for each in letters
            if (each.kind, each.language, each.step_id, each.copy_of) == wanted
            and each.status is not LetterStatus.VOID
        ),
        None,
    )
