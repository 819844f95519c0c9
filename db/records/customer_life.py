"""What happens to a customer's record: notes, corrections of facts, and the timeline of it all."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource


@dataclass(frozen=True, slots=True)
class CustomerNote:
    """One note on a customer; append-only, sealed at rest.

    Attributes:
        author: the writer's name as people read it; empty on the way into the book.
    """

    note_id: UUID
    customer_id: UUID
    text: str = field(repr=False)
    author_staff_id: str
    written_at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """One change of one fact: the value before and after, why, and who stood behind it.

    Attributes:
        fact: name of the field of `screen.customer_form`.
        old_value, new_value: stored form (ISO date, paise, code), sealed at rest; None = unknown.
            A PAN stands here in full: `masked` before it is shown.
        document: the paper seen, in words.
        two_persons: whether another person has to approve; without, it was done at once.
        customer_version: version of the customer the proposer saw.
        state: Closed once its maker took it back.
        decided_by: who approved or refused; None while proposed or withdrawn, and where one
            person is enough.
    """

    correction_id: UUID
    customer_id: UUID
    fact: str
    old_value: str | None = field(repr=False)
    new_value: str | None = field(repr=False)
    source: FactSource
    document: str
    reason: str
    two_persons: bool
    state: RuleState
    proposed_by: str
    proposed_at: datetime
    customer_version: int
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class CorrectionVerdict:
    """How a proposal ended: the second person's word, or nobody's where its maker took it back."""

    state: RuleState
    decided_by: str | None
    decided_at: datetime
    note: str


class TimelineKind(StrEnum):
    """What a timeline is filtered by."""

    CUSTOMER = "customer"
    APPLICATION = "application"
    SCORE = "score"
    LOAN = "loan"
    PAYMENT = "payment"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event of a customer's life here.

    Attributes:
        act: code of what happened; the screen has its words.
        timed: False when only the day is known; `at` is then midnight UTC of that day.
        by: name of who did it, empty when the books do not say.
        subject: reference of the application or loan, empty for the customer.
        record_id: that application or loan.
        detail: a code that goes with the act: fact corrected, class, payment method, reason.
        text: the words of a note.
    """

    kind: TimelineKind
    act: str
    at: datetime
    timed: bool = True
    by: str = ""
    subject: str = ""
    record_id: UUID | None = None
    from_status: str | None = None
    to_status: str | None = None
    detail: str | None = None
    amount_paise: int | None = None
    score_hundredths: int | None = None
    model_id: str | None = None
    text: str = field(default="", repr=False)
