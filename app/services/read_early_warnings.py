"""Every early sign on the loans of a branch, by trigger, for the monitor and for scripts.

Source: screens.md S70, lending-rules.md 14, commands.md (`portfolio early-warning`). Signs stand
until a clean instalment, whether somebody has called or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.days_past_due import days_past_due
from app.rules.early_warning import Signal
from app.rules.permissions import Act, may
from app.rules.unchecked_signs import NEVER_KEPT
from app.services.steps.follow_up_lines import FollowedLine, followed_book
from app.services.steps.permission import permit
from db.identifiers import format_reference
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import EarlyWarningTrigger

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One sign on one loan; the amount is the principal owed, in paise."""

    loan_id: UUID
    reference: str
    signal: Signal
    amount_paise: int
    days_past_due: int
    asset_class: AssetClass


@dataclass(frozen=True, slots=True)
class TriggerSum:
    """A trigger over the branch.

    Attributes:
        loans: None where the book holds nothing in which to look for it.
    """

    trigger: EarlyWarningTrigger
    loans: int | None
    amount_paise: int | None


@dataclass(frozen=True, slots=True)
class EarlyWarnings:
    """All signs of a branch, the most at stake first, and each trigger added up."""

    lines: tuple[WarningLine, ...]
    triggers: tuple[TriggerSum, ...]
    as_of: date


def read_early_warnings(desk: "Desk") -> EarlyWarnings:
    """Read the signs of a branch.

    Raises:
        Refused: nobody has signed in, or the person neither follows borrowers up nor sees the
            monitor.
    """
    person = desk.person()
    follows = may(person.roles, Act.FOLLOW_UP_BORROWER)
    branch_id = permit(desk, Act.FOLLOW_UP_BORROWER if follows else Act.SEE_MONITOR).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        followed = followed_book(book, branch_id, rulebook, today)
    lines = tuple(
        _line(each, signal, days_past_due(each.loan.oldest_unpaid_due, followed.as_of, rulebook))
        for each in followed.lines
        for signal in each.facts.signals
    )
    sums = tuple(_sum(trigger, lines) for trigger in EarlyWarningTrigger)
    return EarlyWarnings(lines, sums, followed.as_of)


def _line(followed: FollowedLine, signal: Signal, days: int) -> WarningLine:
    loan = followed.loan
    return WarningLine(
        loan_id=loan.loan_id,
        reference=format_reference("L", loan.number),
        signal=signal,
        amount_paise=loan.outstanding_paise,
        days_past_due=days,
        asset_class=loan.asset_class,
    )


def _sum(trigger: EarlyWarningTrigger, lines: Sequence[WarningLine]) -> TriggerSum:
    if trigger in NEVER_KEPT or trigger is EarlyWarningTrigger.HIGH_UTILISATION:
        return TriggerSum(trigger, None, None)
    own = [line for line in lines if line.signal.trigger is trigger]
    return TriggerSum(trigger, len(own), sum(line.amount_paise for line in own))
