"""The checkers' queue: what waits for this person, how long, and what changed since it came back.

Source: screens.md S50. A person's own items never appear: neither what they proposed nor what they
entered. The longest wait comes first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_standing import in_hand
from app.rules.maker_checker import is_override, sanction_limit_paise
from app.rules.permissions import Act, may
from app.services.steps.case_work import authority_of, open_case, standing_of, terms_of
from app.services.steps.estimate_payload import estimate_from_payload
from app.services.steps.permission import permit
from app.services.steps.what_moved import WhatMoved, what_moved
from db.records.cases import CaseStepRecord, WaitingCase
from db.vocabulary.decisions import Band, CaseStep, Decision, QueueFlag, RiskLevel

if TYPE_CHECKING:
    from app.rules.case_standing import Standing
    from app.services.steps.desk import Desk
    from app.services.steps.risk_estimate import RiskEstimate
    from db.unit_of_work import UnitOfWork
    from db.vocabulary.people import SanctionAuthority


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case that waits.

    Attributes:
        decision: what the maker proposes, with its terms; terms None for a rejection.
        waiting: how long the proposal has waited; `late` when longer than the bank wants.
        held_by: who has it in hand; empty while nobody has.
        mine: it is in the hands of the person who asks.
    """

    application_id: UUID
    reference: str
    full_name: str
    product_code: str
    maker_name: str
    decision: Decision
    amount_paise: int | None
    tenure_months: int | None
    rate_ppm: int | None
    submitted_at: datetime
    waiting: timedelta
    late: bool
    version: int
    credit_score_hundredths: int | None
    risk_level: RiskLevel | None
    flags: tuple[QueueFlag, ...]
    held_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class CaseForChecker:
    """What a checker reads beside the decision page.

    Attributes:
        steps: the whole way of the case, oldest first, with the names of the people.
        questions: what was asked when it was last sent back; empty when never.
        moved: since it was sent back; None when it never was or has no two estimates.
        decided_after: from the first proposal to the last decision; None while it waits.
        estimate: of the proposal with its own terms; None for an unscored one.
        held_by: who has it in hand now; None while nobody has.
        limit_paise: what the person who asks may sanction of this product; None for one who
            decides nothing.
    """

    proposal: CaseStepRecord | None
    steps: tuple[CaseStepRecord, ...]
    names: dict[UUID, str]
    questions: str
    moved: WhatMoved | None
    decided_after: timedelta | None
    estimate: "RiskEstimate | None" = None
    held_by: UUID | None = None
    limit_paise: int | None = None


def read_queue(desk: "Desk") -> tuple[QueueRow, ...]:
    """Return what this person may decide, the longest wait first.

    Raises:
        Refused: the person may not decide applications.
    """
    person, now = permit(desk, Act.DECIDE_APPLICATION), desk.clock.now()
    with desk.read_book() as book:
        waiting = book.cases.waiting(person.branch_id)
        steps = book.cases.steps_of_many(
            person.branch_id, [each.application_id for each in waiting]
        )
        names, mine = _names(book), authority_of(book, desk)
    look = _Look(desk, names, now, mine)
    rows = [
        look.row(each, steps.get(each.application_id, ()))
        for each in waiting
        if each.officer_id != person.user_id
    ]
    return tuple(sorted(filter(None, rows), key=lambda row: row.submitted_at))


def read_case(application_id: UUID, desk: "Desk") -> CaseForChecker:
    """Return the way an application took between maker and checker.

    Raises:
        Refused: the person may not read applications.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    desk.rulebook()  # read before the book is held
    with desk.read_book() as book:
        opened = open_case(book, branch_id, application_id, None)
        names = _names(book)
        proposal = _last_step(opened.steps, CaseStep.PROPOSE)
        moved = _moved_since_return(book, branch_id, opened.steps)
        estimate = _estimate_of(book, branch_id, proposal)
        authority = authority_of(book, desk)
    returned = _last(opened.steps, Decision.RETURN)
    return CaseForChecker(
        proposal=proposal,
        steps=opened.steps,
        names=names,
        questions="" if returned is None else returned.note,
        moved=moved,
        decided_after=_decided_after(opened.steps),
        estimate=estimate,
        held_by=_holder(opened.standing, desk),
        limit_paise=_limit_paise(authority, opened.application.product_code, desk),
    )


class _Look:
    """Makes rows for one person at one moment."""

    def __init__(
        self, desk: "Desk", names: dict[UUID, str], now: datetime, mine: "SanctionAuthority"
    ) -> None:
        self._desk, self._names, self._now = desk, names, now
        self._authority = mine
        today, rulebook = desk.clock.today(), desk.rulebook()
        self._minutes = rulebook.number("queue_claim_minutes", today, unit="minutes")
        self._hours = rulebook.number("queue_waiting_hours", today, unit="hours")

    def row(self, case: WaitingCase, steps: tuple[CaseStepRecord, ...]) -> QueueRow | None:
        """The line of one case; None for one that this person proposed."""
        me, standing = self._desk.person().user_id, standing_of(steps)
        proposal = _last_step(steps, CaseStep.PROPOSE)
        if proposal is None or proposal.decision is None or me in standing.makers:
            return None
        holder = in_hand(standing, self._now, self._minutes)
        waiting = self._now - proposal.at
        return QueueRow(
            application_id=case.application_id,
            reference=case.reference,
            full_name=case.full_name,
            product_code=case.product_code,
            maker_name=self._names.get(proposal.actor_id, ""),
            decision=proposal.decision,
            amount_paise=proposal.amount_paise,
            tenure_months=proposal.tenure_months,
            rate_ppm=proposal.rate_ppm,
            submitted_at=proposal.at,
            waiting=waiting,
            late=waiting > timedelta(hours=self._hours),
            version=case.version,
            credit_score_hundredths=case.credit_score_hundredths,
            risk_level=case.risk_level,
            flags=self._flags(case, proposal, standing),
            held_by="" if holder is None else self._names.get(holder, ""),
            mine=holder == me,
        )

    def _flags(
        self, case: WaitingCase, proposal: CaseStepRecord, standing: "Standing"
    ) -> tuple[QueueFlag, ...]:
        said, decision = proposal.recommendation, proposal.decision
        against = said is not None and decision is not None and is_override(decision, said)
        marks = (
            (QueueFlag.OVERRIDE, against),
            (QueueFlag.BORDERLINE, case.band is Band.BORDERLINE),
            (QueueFlag.UNSCORED, case.credit_score_hundredths is None),
            (QueueFlag.RESUBMITTED, standing.returned > 0),
            (QueueFlag.ABOVE_LIMIT, self._above(case, proposal)),
        )
        return tuple(flag for flag, holds in marks if holds)

    def _above(self, case: WaitingCase, proposal: CaseStepRecord) -> bool:
        terms, today = terms_of(proposal), self._desk.clock.today()
        if terms is None:
            return False
        rulebook = self._desk.rulebook()
        product = rulebook.product(case.product_code, today)
        limit = sanction_limit_paise(self._authority, product, rulebook, today)
        return terms.amount_paise > limit


def _estimate_of(
    book: "UnitOfWork", branch_id: int, step: CaseStepRecord | None
) -> "RiskEstimate | None":
    if step is None or step.assessment_id is None:
        return None
    return estimate_from_payload(
        book.applications.assessment(branch_id, step.assessment_id).payload
    )


def _holder(standing: "Standing", desk: "Desk") -> UUID | None:
    minutes = desk.rulebook().number("queue_claim_minutes", desk.clock.today(), unit="minutes")
    return in_hand(standing, desk.clock.now(), minutes)


def _limit_paise(authority: "SanctionAuthority", product_code: str, desk: "Desk") -> int | None:
    if not may(desk.person().roles, Act.DECIDE_APPLICATION):
        return None
    rulebook, today = desk.rulebook(), desk.clock.today()
    return sanction_limit_paise(authority, rulebook.product(product_code, today), rulebook, today)


def _names(book: "UnitOfWork") -> dict[UUID, str]:
    return {user.user_id: user.full_name for user in book.users.list()}


def _last_step(steps: tuple[CaseStepRecord, ...], kind: CaseStep) -> CaseStepRecord | None:
    return next((one for one in reversed(steps) if one.step is kind), None)


def _last(steps: tuple[CaseStepRecord, ...], decision: Decision) -> CaseStepRecord | None:
    decided = [one for one in steps if one.step is CaseStep.DECIDE and one.decision is decision]
    return decided[-1] if decided else None


def _moved_since_return(
    book: "UnitOfWork", branch_id: int, steps: tuple[CaseStepRecord, ...]
) -> WhatMoved | None:
    """The estimate of the proposal that was sent back against that of the newest proposal."""
    returned, newest = _last(steps, Decision.RETURN), _last_step(steps, CaseStep.PROPOSE)
    if returned is None or newest is None or newest.number < returned.number:
        return None
    earlier = _last_step(steps[: returned.number], CaseStep.PROPOSE)
    if earlier is None or earlier.assessment_id is None or newest.assessment_id is None:
        return None
    before = book.applications.assessment(branch_id, earlier.assessment_id)
    after = book.applications.assessment(branch_id, newest.assessment_id)
    return what_moved(estimate_from_payload(before.payload), estimate_from_payload(after.payload))


_DECIDED = frozenset({CaseStep.DECIDE, CaseStep.DECIDE_AUTOMATICALLY})


def _decided_after(steps: tuple[CaseStepRecord, ...]) -> timedelta | None:
    first = next((one for one in steps if one.step is CaseStep.PROPOSE), None)
    last = steps[-1] if steps else None
    if first is None or last is None or last.step not in _DECIDED:
        return None
    return last.at - first.at
