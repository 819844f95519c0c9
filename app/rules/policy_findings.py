"""What one policy check found, and the view of a case that every check looks at.

Source: products-and-rules.md (from checks to recommendation).
"""

from dataclasses import dataclass
from decimal import Decimal

from app.rules.application_figures import ApplicationFigures
from app.rules.case_facts import CaseFacts
from app.rules.money import PPM_PER_PERCENT
from app.rules.rulebook import Rulebook, RuleRow
from app.rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check: True holds, False breaches, None is not known."""

    holds: bool | None
    value: str = ""
    limit: str = ""
    applies: bool = True


NOT_APPLICABLE = Finding(holds=True, applies=False)


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a check may look at."""

    case: CaseFacts
    figures: ApplicationFigures
    rulebook: Rulebook
    wording: Wording

    def row(self, code: str, segment: str = "ALL") -> RuleRow | None:
        """The rule row in force on the day of the case; None makes a check not applicable."""
        return self.rulebook.optional_row(code, self.case.as_of, segment)

    def label(self, list_name: str, code: str) -> str:
        """A word inside a sentence, in small letters."""
        return self.wording.label(list_name, code).lower()


def within(row: RuleRow, measured_percent: Decimal) -> bool:
    """Whether a measured per cent lies on the side of the row's figure in ppm."""
    return row.holds(measured_percent * PPM_PER_PERCENT)
