"""When a customer's identity papers fall due for review, and their state on a day.

Source: lending-rules.md section 12 (2, 8 and 10 years by risk); KYC Directions, 2025. Vectors V174
to V176. A due date on 29 Feb falls on 28 Feb where the year has none.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.rules.day_count import add_months
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.rulebook import Rulebook
from db.vocabulary.people import KycRisk, KycStatus


def kyc_due_on(last_kyc_on: date, risk: KycRisk, rulebook: Rulebook, on: date) -> date:
    """The day by which the papers must be renewed.

    Raises:
        NoRuleInForceError: no period for that risk on that day.
    """
    years = rulebook.years("kyc_review_years", on, risk.name)
    return add_months(last_kyc_on, years * MONTHS_PER_YEAR)


def kyc_status(
    last_kyc_on: date | None, risk: KycRisk, *, papers_complete: bool, rulebook: Rulebook, on: date
) -> KycStatus:
    """Complete, incomplete, or complete once and past its review."""
    if last_kyc_on is None or not papers_complete:
        return KycStatus.INCOMPLETE
    if on > kyc_due_on(last_kyc_on, risk, rulebook, on):
        return KycStatus.EXPIRED
    return KycStatus.COMPLETE


def may_transact_until(due_on: date, risk: KycRisk, rulebook: Rulebook, on: date) -> date:
    """The last day on which a person may transact: the due date, or the later end of grace.

    Grace is given to the risk classes that have a row on that day; none to the others.
    """
    last = due_on
    if rulebook.optional_row("kyc_grace_years", on, risk.name) is not None:
        years = rulebook.years("kyc_grace_years", on, risk.name)
        last = max(last, add_months(due_on, years * MONTHS_PER_YEAR))
    if rulebook.optional_row("kyc_grace_until", on, risk.name) is not None:
        last = max(last, date.fromisoformat(rulebook.text("kyc_grace_until", on, risk.name)))
    return last


def may_transact(due_on: date, risk: KycRisk, rulebook: Rulebook, on: date) -> bool:
    """Whether a person whose papers fell due may still transact on that day."""
    return on <= may_transact_until(due_on, risk, rulebook, on)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Reminders about one due date: how many, and how many of them by letter."""

    count: int
    letters: int


def reminders_owed(
    sent: Reminders, side: Literal["BEFORE", "AFTER"], rulebook: Rulebook, on: date
) -> Reminders:
    """What is still to be sent before or after the due date; nothing before the rule began.

    A letter that is owed is one of the reminders owed, so that their count is never below it.
    """
    wanted = Reminders(
        _count_or_none("kyc_reminders", side, rulebook, on),
        _count_or_none("kyc_reminder_letters", side, rulebook, on),
    )
    letters = max(wanted.letters - sent.letters, 0)
    return Reminders(max(wanted.count - sent.count, letters), letters)


def _count_or_none(code: str, side: str, rulebook: Rulebook, on: date) -> int:
    if rulebook.optional_row(code, on, side) is None:
        return 0
    return rulebook.count(code, on, side)


def first_risk(rulebook: Rulebook, on: date) -> KycRisk:
    """The risk class of a new customer until a person sets it with a reason."""
    return KycRisk(rulebook.word("kyc_default_risk", on))
