"""A rule or a product is changed by two people: one proposes, another approves or refuses.

Source: lending-rules.md rule R0; screens.md A1 and S110. A change starts after the day it is
approved; the row before is closed, never edited; both acts stand in the audit chain.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.rules.product_change import ProductChange
from app.rules.rule_change import RuleChange
from app.services.steps.command import Command, Done, run_command
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.rule_plans import RulePlan, planned_product, planned_rule
from db.records.rules import ProposalVerdict, RuleProposal
from db.vocabulary.operations import RuleState

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class ProposeRule:
    """One new rule row, proposed. `value` is in the row's unit; `reason` says why."""

    command_id: UUID
    change: RuleChange
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProposeProduct:
    """A new version of a product, proposed."""

    command_id: UUID
    change: ProductChange
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DecideProposal:
    """The second person's word on a proposal; a refusal needs a note."""

    command_id: UUID
    proposal_id: UUID
    approve: bool
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """Where a proposal stands now.

    Attributes:
        row_id: the row or product version that an approval made.
    """

    proposal_id: UUID
    state: RuleState
    version: int
    row_id: UUID | None = None


def propose_rule(request: ProposeRule, desk: "Desk") -> ProposalAnswer:
    """Write down a change of a rule for somebody else to approve.

    Raises:
        Refused: not permitted, or the rule book cannot take the change; `fields` names the field.
    """
    change = request.change
    wanted = _Wanted(
        value=json.dumps(change.value, ensure_ascii=False),
        effective_from=change.effective_from,
        effective_to=change.effective_to,
        source=change.source.strip(),
        reason=request.reason.strip(),
        code=change.code,
        segment=change.segment,
    )
    check = partial(planned_rule, change, today=desk.clock.today())
    return _propose(
        Command(request.command_id, "propose_rule", asdict(wanted)), wanted, check, desk
    )


def propose_product(request: ProposeProduct, desk: "Desk") -> ProposalAnswer:
    """Write down a new version of a product for somebody else to approve.

    Raises:
        Refused: not permitted, or the product cannot be so; `fields` names the field.
    """
    change = request.change
    wanted = _Wanted(
        value=json.dumps(dict(change.fields), ensure_ascii=False, sort_keys=True, default=str),
        effective_from=change.effective_from,
        effective_to=None,
        source=change.source.strip(),
        reason=request.reason.strip(),
        product_code=change.product_code,
    )
    check = partial(planned_product, change, today=desk.clock.today())
    command = Command(request.command_id, "propose_product", asdict(wanted))
    return _propose(command, wanted, check, desk)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a proposal says, whoever proposes it and when."""

    value: str
    effective_from: date
    effective_to: date | None
    source: str
    reason: str
    code: str | None = None
    segment: str | None = None
    product_code: str | None = None


def _propose(
    command: Command, wanted: _Wanted, check: "Callable[[UnitOfWork], object]", desk: "Desk"
) -> ProposalAnswer:
    person = permit(desk, Act.PROPOSE_RULE)
    _check_texts(wanted.source, wanted.reason)

    def act(book: "UnitOfWork") -> Done:
        check(book)
        proposal = RuleProposal(
            proposal_id=new_id(desk),
            state=RuleState.PROPOSED,
            proposed_by=person.staff_id,
            proposed_at=desk.clock.now(),
            **asdict(wanted),
        )
        book.rules.propose(proposal)
        return _done(proposal, RuleState.PROPOSED)

    return _answered(run_command(desk, command, act))


def decide_proposal(request: DecideProposal, desk: "Desk") -> ProposalAnswer:
    """Approve or refuse a proposal of somebody else.

    Raises:
        Refused: not permitted, it is the person's own, it was decided before, its day has come,
            or the rule book can no longer take it.
        NotFound: there is no such proposal.
        VersionConflict: somebody decided meanwhile.
    """
    person, now = permit(desk, Act.APPROVE_RULE), desk.clock.now()
    note = request.note.strip()
    if not request.approve and not note:
        raise bad_input({"note": "Say why the change is refused"})
    _check_texts(note)

    def act(book: "UnitOfWork") -> Done:
        proposal = book.rules.get(request.proposal_id)
        _check_decidable(proposal, person.staff_id)
        state = RuleState.APPROVED if request.approve else RuleState.REFUSED
        seen = proposal.version if request.version is None else request.version
        verdict = ProposalVerdict(state, person.staff_id, now, note)
        plan = RulePlan(proposal, book, desk.clock.today()) if request.approve else None
        book.rules.decide(proposal.proposal_id, seen, verdict)
        row_id = None if plan is None else plan.write(person.staff_id)
        return _done(proposal, state, version=seen + 1, row_id=row_id)

    payload = {
        "proposal_id": request.proposal_id,
        "approve": request.approve,
        "note": note,
        "version": request.version,
    }
    done = run_command(desk, Command(request.command_id, "decide_proposal", payload), act)
    desk.forget_rules()
    return _answered(done)


def _check_decidable(proposal: RuleProposal, staff_id: str) -> None:
    if proposal.state is not RuleState.PROPOSED:
        raise Refused(
            RefusalKind.CONFLICT,
            f"This proposal was already decided: {proposal.state.value.lower()}",
        )
    if proposal.proposed_by.casefold() == staff_id.casefold():
        raise Refused(
            RefusalKind.NOT_PERMITTED, "You proposed this change: another person has to decide it"
        )


def _check_texts(*texts: str) -> None:
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise bad_input({"source": f"A text may have {LONGEST_TEXT:,} characters"})


def _done(
    proposal: RuleProposal, state: RuleState, *, version: int = 1, row_id: UUID | None = None
) -> Done:
    subject = proposal.product_code or f"{proposal.code} {proposal.segment}"
    return Done(
        answer={
            "proposal_id": str(proposal.proposal_id),
            "state": state.value,
            "version": version,
            "row_id": None if row_id is None else str(row_id),
        },
        entity="rule_proposal",
        entity_id=proposal.proposal_id,
        details={
            "subject": subject,
            "value": proposal.value,
            "effective_from": proposal.effective_from.isoformat(),
            "to": state.value,
        },
    )


def _answered(done: Mapping[str, object]) -> ProposalAnswer:
    row_id = done["row_id"]
    return ProposalAnswer(
        proposal_id=UUID(str(done["proposal_id"])),
        state=RuleState(str(done["state"])),
        version=int(str(done["version"])),
        row_id=None if row_id is None else UUID(str(row_id)),
    )
