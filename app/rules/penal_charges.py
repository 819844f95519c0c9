"""The penal charge for a missed instalment: flat, or per cent a year on what is overdue.

Source: lending-rules.md section 5; RBI/2023-24/53 of 18 Aug 2023 (a charge, never a higher rate; no
interest on it), CBIC circular 245/02/2025-GST of 28 Jan 2025 (no tax). Vectors V037 to V039. The
base is the overdue instalment, not the balance; the amount goes to ``charge_ledger``, which has no
way into principal.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.day_count import daily_interest
from app.rules.emi import check_amount_and_rate
from app.rules.measure_inputs import MeasureInputError, check_amount, check_whole
from app.rules.money import share_of
from app.rules.products import Penal
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import PenalBase, PenalMethod


class PenalRuleError(ValueError):
    """A rule row asks for a penal charge that the law does not know."""

    def __init__(self, code: str, wanted: str) -> None:
        self.code = code
        super().__init__(f"Penal charges cannot be computed: set rule “{code}” to {wanted}")


@dataclass(frozen=True, slots=True)
class MissedInstalment:
    """What is unpaid of one instalment, in paise, and for how many days."""

    overdue_paise: int
    days_overdue: int


@dataclass(frozen=True, slots=True)
class PenalCharge:
    """A penal charge and the tax on it, in paise. Nothing of it can reach principal."""

    charge_paise: int
    gst_paise: int

    @property
    def total_paise(self) -> int:
        """The charge with its tax."""
        return self.charge_paise + self.gst_paise


def penal_interest_allowed(rulebook: Rulebook, sanctioned_on: date, on: date) -> bool:
    """Whether a default may still raise the interest rate of a loan, on that day.

    A loan sanctioned before the rule on new loans started is an existing one.

    Raises:
        NoRuleInForceError: no rule on that day.
    """
    is_new = rulebook.optional_row("penal_interest_allowed", sanctioned_on, "NEW_LOAN") is not None
    segment = "NEW_LOAN" if is_new else "EXISTING_LOAN"
    return rulebook.flag("penal_interest_allowed", on, segment)


def check_penal_rules(rulebook: Rulebook, sanctioned_on: date, charged_on: date) -> None:
    """Refuse rules under which a charge would compound, or run on something else than overdues.

    Raises:
        PenalRuleError: names the rule to change.
        NoRuleInForceError: no rule on the base.
    """
    if rulebook.word("penal_base", sanctioned_on) != PenalBase.OVERDUE_INSTALMENT:
        raise PenalRuleError("penal_base", PenalBase.OVERDUE_INSTALMENT)
    compounds = rulebook.optional_row("penal_compounding_allowed", charged_on)
    if compounds is not None and compounds.value is not False:
        raise PenalRuleError("penal_compounding_allowed", "no")


def penal_charge(
    missed: MissedInstalment,
    penal: Penal,
    rulebook: Rulebook,
    sanctioned_on: date,
    charged_on: date,
) -> PenalCharge:
    """The charge for one missed instalment; 0 within the days of grace.

    Once it starts it counts from the due date. Terms follow the rules of the day of sanction, tax
    those of the day it is charged.

    Raises:
        MeasureInputError: nothing overdue, days below 0, no rate or amount for the method.
        LoanTermsError: a rate outside the arithmetic.
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    check_whole("overdue", missed.overdue_paise)
    check_amount("days_overdue", missed.days_overdue)
    check_penal_rules(rulebook, sanctioned_on, charged_on)
    charge = _amount(missed, penal, rulebook, sanctioned_on)
    if not rulebook.row("penal_grace_days", sanctioned_on).holds(missed.days_overdue):
        charge = 0
    return PenalCharge(charge, share_of(charge, rulebook.ppm("gst_rate", charged_on, "PENAL")))


def _amount(missed: MissedInstalment, penal: Penal, rulebook: Rulebook, on: date) -> int:
    """The charge in the form the product has agreed, in paise."""
    if penal.method is PenalMethod.FLAT:
        if penal.amount_paise is None:
            raise MeasureInputError("flat_amount", "an amount for each missed instalment")
        check_whole("flat_amount", penal.amount_paise)
        return penal.amount_paise
    if penal.rate_ppm is None:
        raise MeasureInputError("rate", "per cent a year on the overdue instalment")
    check_amount_and_rate(missed.overdue_paise, penal.rate_ppm)
    overdue, days = missed.overdue_paise, missed.days_overdue
    return daily_interest(overdue, penal.rate_ppm, days, rulebook, on)
