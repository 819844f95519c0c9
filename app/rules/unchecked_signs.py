"""Which early signs could not be looked for, and why: not checked is never passed.

Source: screens.md S70 and A10 (unknown is said). The book keeps no insurance, no salary credits and
no bureau defaults; a loan repaid by instalments has no limit to use up.
"""

from dataclasses import dataclass
from enum import StrEnum

from db.vocabulary.operations import EarlyWarningTrigger as Trigger


class Unchecked(StrEnum):
    """Why a sign was not looked for."""

    NOT_KEPT = "not_kept"
    NO_LATER_SCORE = "no_later_score"
    COSIGNER_UNKNOWN = "cosigner_unknown"


# Of every loan, whatever it is: the book has no such data.
NEVER_KEPT = (Trigger.INSURANCE_LAPSED, Trigger.SALARY_DROP, Trigger.BUREAU_DEFAULT)


@dataclass(frozen=True, slots=True)
class LoanBacking:
    """What stands behind a loan, as far as signs can be looked for in it.

    Attributes:
        has_later_score: whether its borrower was scored again since it was given.
        unknown_cosigners: guarantors without a PAN, who cannot be found among our borrowers.
    """

    has_security: bool
    has_later_score: bool
    unknown_cosigners: bool


def unchecked_signs(backing: LoanBacking) -> tuple[tuple[Trigger, Unchecked], ...]:
    """The signs that were not looked for on a loan, in the order of the word list."""
    found = dict.fromkeys(NEVER_KEPT, Unchecked.NOT_KEPT)
    if not backing.has_security:
        del found[Trigger.INSURANCE_LAPSED]  # nothing of it would be insured
    if not backing.has_later_score:
        found[Trigger.SCORE_FALL] = Unchecked.NO_LATER_SCORE
    if backing.unknown_cosigners:
        found[Trigger.COSIGNER_DEFAULT] = Unchecked.COSIGNER_UNKNOWN
    return tuple((each, found[each]) for each in Trigger if each in found)
