"""Who has a label: disbursed loans whose outcome window is over, and nobody else.

Source: machine-learning.md section 1. A rejected, pending or young application has no label; it
is never called bad. Every limit is handed in from the rule rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

UNLABELLED = -1
INDETERMINATE = 2
GOOD = 0
BAD = 1


@dataclass(frozen=True, slots=True)
class LabelRule:
    """The limits of the label.

    Attributes:
        window_months: months on book that must be over.
        bad_from_dpd: worst days past due from which a loan is bad.
        good_below_dpd: worst days past due below which it is good.
    """

    window_months: int
    bad_from_dpd: int
    good_below_dpd: int


@dataclass(frozen=True, slots=True)
class LoanOutcome:
    """What is known of one application.

    Attributes:
        disbursed: money went out.
        months_on_book: full months since disbursal.
        worst_dpd: worst days past due inside the window.
        bad_event: non-performing, written off or settled inside the window.
    """

    disbursed: bool
    months_on_book: int = 0
    worst_dpd: int = 0
    bad_event: bool = False


def label_of(outcome: LoanOutcome, rule: LabelRule) -> int:
    """Return GOOD, BAD, INDETERMINATE or UNLABELLED.

    >>> label_of(LoanOutcome(disbursed=False), LabelRule(12, 90, 30))
    -1
    """
    if not outcome.disbursed or outcome.months_on_book < rule.window_months:
        return UNLABELLED
    if outcome.bad_event or outcome.worst_dpd >= rule.bad_from_dpd:
        return BAD
    return GOOD if outcome.worst_dpd < rule.good_below_dpd else INDETERMINATE


def labels_of(outcomes: Iterable[LoanOutcome], rule: LabelRule) -> list[int]:
    """Return the label of each outcome."""
    return [label_of(outcome, rule) for outcome in outcomes]
