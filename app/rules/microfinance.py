"""The household rule of microfinance: what all loans of a household may take of its income.

Source: RBI/DOR/2021-22/89 of 14 Mar 2022 (its share and the amount of income are rule rows). Income
is the household's of a year, repayments are of a month, the new loan's included.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.affordability import IncomeMissingError, percent_of
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.money import PPM
from app.rules.policy_findings import within
from app.rules.rulebook import Rulebook

SHARE_RULE = "mfi_repayment_share_max"


@dataclass(frozen=True, slots=True)
class HouseholdRoom:
    """What a household can still take on.

    Attributes:
        share_percent: what its loans take of its income now, unrounded.
        largest_emi_paise: the largest instalment of a new loan; 0 leaves no room.
        over_already: its loans take more than the share allows, so that no new loan is given.
    """

    share_percent: Decimal
    largest_emi_paise: int
    over_already: bool


def repayments_share(repayments_paise: int, yearly_income_paise: int) -> Decimal:
    """Monthly repayments over monthly income in per cent, unrounded.

    Raises:
        IncomeMissingError: income 0 or less.

    >>> repayments_share(1000000, 24000000)
    Decimal('50')
    """
    if yearly_income_paise <= 0:
        raise IncomeMissingError
    return percent_of(repayments_paise * MONTHS_PER_YEAR, yearly_income_paise)


def household_room(
    yearly_income_paise: int, repayments_paise: int, rulebook: Rulebook, on: date
) -> HouseholdRoom:
    """The room that the rule in force leaves beside the repayments of today.

    Raises:
        IncomeMissingError: income 0 or less.
        NoRuleInForceError: the rule is not in force on that day.
    """
    share = repayments_share(repayments_paise, yearly_income_paise)
    most = yearly_income_paise * rulebook.ppm(SHARE_RULE, on) // (PPM * MONTHS_PER_YEAR)
    return HouseholdRoom(
        share_percent=share,
        largest_emi_paise=max(most - repayments_paise, 0),
        over_already=not within(rulebook.row(SHARE_RULE, on), share),
    )
