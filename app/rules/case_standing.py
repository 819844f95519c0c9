"""Where an application stands between maker and checker, and which step may come next.

Source: screens.md A1, S40 and S50; data-and-sync.md 7. Two persons, not two log-ins: nobody decides
what they proposed or entered. The steps are never edited; a recall is a step of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

_DECIDED = {
    Decision.APPROVE: ApplicationStatus.APPROVED,
    Decision.APPROVE_WITH_CHANGES: ApplicationStatus.APPROVED,
    Decision.REJECT: ApplicationStatus.REJECTED,
    Decision.RETURN: ApplicationStatus.RETURNED,
}
PROPOSABLE = (ApplicationStatus.PENDING, ApplicationStatus.RETURNED)


class WhyNot(StrEnum):
    """Whether the person or the state of the case stands in the way."""

    PERSON = "person"
    STATE = "state"


class StepRefusedError(ValueError):
    """A step that may not be taken now; its text is the sentence for people."""

    def __init__(self, why: WhyNot, sentence: str) -> None:
        self.why = why
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Terms:
    """Amount, tenure and rate that are proposed or decided."""

    amount_paise: int
    tenure_months: int
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an application, as the rules need it.

    Attributes:
        terms: of a proposal or decision to approve, else None.
        forward_to: the authority a case was sent to.
    """

    step: CaseStep
    actor_id: UUID
    at: datetime
    decision: Decision | None = None
    terms: Terms | None = None
    forward_to: SanctionAuthority | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the steps taken so far amount to.

    Attributes:
        proposal: the proposal that waits or was decided; None before the first.
        claim: who has it in hand.
        authority: who has to decide it.
        decided: the last word, until it is recalled.
        makers: everybody who ever proposed something on it.
        returned: how often a checker sent it back.
    """

    status: ApplicationStatus = ApplicationStatus.PENDING
    proposal: StepTaken | None = None
    claim: StepTaken | None = None
    authority: SanctionAuthority = SanctionAuthority.SUPERVISOR
    decided: StepTaken | None = None
    makers: frozenset[UUID] = field(default_factory=frozenset)
    returned: int = 0


def standing_of(steps: Iterable[StepTaken]) -> Standing:
    """Follow the steps in their order."""
    standing = Standing()
    for step in steps:
        standing = _after(standing, step)
    return standing


def _after(was: Standing, taken: StepTaken) -> Standing:
    if taken.step is CaseStep.PROPOSE:
        return Standing(
            status=ApplicationStatus.PROPOSED,
            proposal=taken,
            makers=was.makers | {taken.actor_id},
            returned=was.returned,
        )
    if taken.step is CaseStep.WITHDRAW:
        back = ApplicationStatus.RETURNED if was.returned else ApplicationStatus.PENDING
        return replace(was, status=back, proposal=None, claim=None)
    if taken.step is CaseStep.RECALL:
        return replace(was, status=ApplicationStatus.PROPOSED, decided=None, claim=None)
    if taken.decision is not None:
        again = was.returned + (taken.decision is Decision.RETURN)
        status = _DECIDED[taken.decision]
        return replace(was, status=status, claim=None, decided=taken, returned=again)
    claim = taken if taken.step is CaseStep.CLAIM else None
    return replace(was, claim=claim, authority=taken.forward_to or was.authority)


def check_propose(status: ApplicationStatus) -> None:
    """A proposal starts from an open application.

    Raises:
        StepRefusedError: it waits for a decision or has one.
    """
    if status not in PROPOSABLE:
        raise StepRefusedError(
            WhyNot.STATE,
            f"This application is {status.value}: only a pending or returned one can be proposed",
        )


def check_withdraw(standing: Standing, person: UUID) -> None:
    """A proposal is taken back by its maker, until somebody has taken it up.

    Raises:
        StepRefusedError: there is none, it is another's, or it has been taken up.
    """
    proposal = _waiting(standing)
    if proposal.actor_id != person:
        raise StepRefusedError(WhyNot.PERSON, "Only the person who proposed it can withdraw it")
    if standing.claim is not None:
        raise StepRefusedError(WhyNot.STATE, "A checker has taken it up: ask for it to be returned")


def check_independent(standing: Standing, person: UUID, entered_by: UUID) -> None:
    """Nobody decides what they made or entered.

    Raises:
        StepRefusedError: the person proposed or entered the application.
    """
    if person in standing.makers:
        raise StepRefusedError(
            WhyNot.PERSON, "You proposed this application: another person must decide it"
        )
    if person == entered_by:
        raise StepRefusedError(
            WhyNot.PERSON, "You entered this application: another person must decide it"
        )


def in_hand(standing: Standing, now: datetime, claim_minutes: int) -> UUID | None:
    """Who has taken it up; nobody once the time of a claim has run out."""
    claim = standing.claim
    if claim is None or now - claim.at >= timedelta(minutes=claim_minutes):
        return None
    return claim.actor_id


def check_claim(
    standing: Standing, person: UUID, entered_by: UUID, now: datetime, claim_minutes: int
) -> None:
    """A case that waits is taken up by one person.

    Raises:
        StepRefusedError: it does not wait, it is the person's own, or another has it in hand.
    """
    _waiting(standing)
    check_independent(standing, person, entered_by)
    holder = in_hand(standing, now, claim_minutes)
    if holder not in {None, person}:
        raise StepRefusedError(WhyNot.STATE, "Another checker has taken it up")


def check_held(standing: Standing, person: UUID) -> None:
    """Release, forward and decide are for the one who took it up.

    Raises:
        StepRefusedError: it does not wait, or somebody else or nobody took it up.
    """
    _waiting(standing)
    if standing.claim is None or standing.claim.actor_id != person:
        raise StepRefusedError(WhyNot.STATE, "Take it up first: it is not in your hands")


def check_recall(standing: Standing, person: UUID, *, letter_issued: bool) -> None:
    """The same checker takes a decision back, until its letter has been issued.

    Raises:
        StepRefusedError: nothing has been decided, by another person, or the letter is out.
    """
    decided = standing.decided
    if decided is None or decided.decision is Decision.RETURN:
        raise StepRefusedError(WhyNot.STATE, "Nothing has been decided that could be recalled")
    if decided.actor_id != person:
        raise StepRefusedError(WhyNot.PERSON, "Only the checker who decided it can recall it")
    if letter_issued:
        raise StepRefusedError(WhyNot.STATE, "Its letter has been issued: it cannot be recalled")


def _waiting(standing: Standing) -> StepTaken:
    if standing.status is not ApplicationStatus.PROPOSED or standing.proposal is None:
        raise StepRefusedError(
            WhyNot.STATE,
            f"This application is {standing.status.value}: no proposal waits for a decision",
        )
    return standing.proposal
