"""Each kind of act is confirmed, declined and withdrawn by its own service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.decide_loan_change import (
    DecideLoanChange,
    confirm_loan_change,
    decline_loan_change,
)
from app.services.disburse_loan import (
    DecideDisbursement,
    confirm_disbursement,
    decline_disbursement,
    withdraw_disbursement,
)
from app.services.propose_loan_change import WithdrawLoanChange, withdraw_loan_change
from app.services.read_loan_acts import WaitingAct
from app.services.reverse_repayment import (
    DecideReversal,
    confirm_reversal,
    decline_reversal,
    withdraw_reversal,
)
from app.services.steps.loan_change import CHANGES
from db.vocabulary.loan_account import LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

Deed = Callable[[UUID, WaitingAct, str, "Desk"], object]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What can become of an act; each takes a command id, the act, a word why and the desk.

    Attributes:
        why: the field at which a missing word is refused.
    """

    confirm: Deed
    decline: Deed
    withdraw: Deed
    why: str


_CHANGE = Deeds(
    confirm=lambda command, act, _why, desk: confirm_loan_change(
        DecideLoanChange(command, act.act_id), desk
    ),
    decline=lambda command, act, why, desk: decline_loan_change(
        DecideLoanChange(command, act.act_id, why), desk
    ),
    withdraw=lambda command, act, _why, desk: withdraw_loan_change(
        WithdrawLoanChange(command, act.act_id), desk
    ),
    why="reason",
)
_DISBURSEMENT = Deeds(
    confirm=lambda command, act, why, desk: confirm_disbursement(
        DecideDisbursement(command, act.application_id, why), desk
    ),
    decline=lambda command, act, why, desk: decline_disbursement(
        DecideDisbursement(command, act.application_id, why), desk
    ),
    withdraw=lambda command, act, why, desk: withdraw_disbursement(
        DecideDisbursement(command, act.application_id, why), desk
    ),
    why="note",
)
_REVERSAL = Deeds(
    confirm=lambda command, act, why, desk: confirm_reversal(
        DecideReversal(command, _receipt(act), why), desk
    ),
    decline=lambda command, act, why, desk: decline_reversal(
        DecideReversal(command, _receipt(act), why), desk
    ),
    withdraw=lambda command, act, why, desk: withdraw_reversal(
        DecideReversal(command, _receipt(act), why), desk
    ),
    why="note",
)


def deeds_of(act: LoanAct) -> Deeds:
    """What can become of an act of that kind."""
    if act in CHANGES:
        return _CHANGE
    return _REVERSAL if act is LoanAct.RECEIPT_REVERSAL else _DISBURSEMENT


def _receipt(act: WaitingAct) -> UUID:
    """The receipt that a reversal would undo."""
    return UUID(str(act.subject_id))
