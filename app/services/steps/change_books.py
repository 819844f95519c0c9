"""Changes of how a loan stands in the books: written off, identified as a loss.

Source: lending-rules.md 9.2.3 and 9.3, 14 (a write-off inside the window gives Defaulted its day).
A write-off gives nothing up: what still comes in is a recovery of the principal written off.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.asset_classification import is_npa
from app.rules.portfolio_ratios import is_defaulted
from app.services.steps.loan_change import LoanChange, PlannedChange, look_of
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.vocabulary.loan_life import AssetClass, LoanStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


def write_off(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """Take the principal that is left out of the books.

    Raises:
        Refused: the loan performs, an advance stands on it, or the day is not today.
    """
    loan = owed.loan
    _check(owed, today, "Only a loan that is NPA is written off")
    if owed.state.advance_paise:
        raise Refused(RefusalKind.CONFLICT, "An advance stands on this loan: use it first")
    before = look_of(owed)
    given_up = before.outstanding_paise
    defaulted_on = loan.defaulted_on
    if defaulted_on is None and is_defaulted(loan.disbursement_date, owed.on, rulebook):
        defaulted_on = owed.on
    return PlannedChange(
        change=change,
        owed=owed,
        before=before,
        after=replace(before, status=LoanStatus.WRITTEN_OFF, written_off_paise=given_up),
        loan_fields={
            "status": LoanStatus.WRITTEN_OFF,
            "written_off_paise": given_up,
            "closed_on": owed.on,
            "defaulted_on": defaulted_on,
        },
    )


def loss(change: LoanChange, owed: LoanOwed, _rulebook: "Rulebook", today: date) -> PlannedChange:
    """Identify an NPA as a loss, whatever its age.

    Raises:
        Refused: the loan performs, or is a loss already.
    """
    _check(owed, today, "Only a loan that is NPA can be identified as a loss")
    if owed.loan.asset_class is AssetClass.LOSS:
        raise Refused(RefusalKind.CONFLICT, "This loan is a loss already")
    before = look_of(owed)
    return PlannedChange(
        change=change,
        owed=owed,
        before=before,
        after=replace(before, asset_class=AssetClass.LOSS),
        loan_fields={"asset_class": AssetClass.LOSS},
    )


def _check(owed: LoanOwed, today: date, sentence: str) -> None:
    if owed.on != today:
        raise bad_input({"value_date": "The books of today change: choose today"})
    if not is_npa(owed.loan.asset_class):
        raise Refused(RefusalKind.CONFLICT, sentence)
