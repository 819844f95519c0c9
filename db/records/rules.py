"""A change of a rule or a product on its way: proposed by one person, decided by another."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.operations import RuleState


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """One proposal. Either `code` and `segment`, or `product_code`, says what it changes.

    Attributes:
        value: JSON: the new value of the rule, or the changed fields of the product.
        reason: why, in the proposer's words.
        note: what the person who decided said.
        version: raised by every decision.
    """

    proposal_id: UUID
    code: str | None
    segment: str | None
    product_code: str | None
    value: str
    effective_from: date
    effective_to: date | None
    source: str
    reason: str
    state: RuleState
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ProposalVerdict:
    """What the second person said of a proposal."""

    state: RuleState
    decided_by: str
    decided_at: datetime
    note: str
