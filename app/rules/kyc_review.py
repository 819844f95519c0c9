"""When a customer's identity papers fall due for review, and their state on a day.

Source: lending-rules.md section 12 (2, 8 and 10 years by risk); KYC Directions, 2025. Vectors V174
to V176. A due date on 29 Feb falls on 28 Feb where the year has none.
"""

from datetime import date

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
