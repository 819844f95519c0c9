"""What a stress run answers: the book before and after one scenario, and its worst segments.

Source: screens.md S80, lending-rules.md 10 and 14. A scenario is not a forecast. Money in paise,
shares unrounded Decimal per cent; unknown is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.rules.stress import StressScenario
from db.vocabulary.loan_life import EclStanding

NOT_A_FORECAST = "Scenario, not forecast"
SHADOW = "Shadow ECL, not the regulatory provision"
BINDING = "Expected credit loss, the regulatory provision of this class of lender"


class SegmentBy(StrEnum):
    """What a book is cut by, to find where a scenario hurts most."""

    PRODUCT = "product"
    EMPLOYMENT = "employment"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class StressTotals:
    """The book on one side of a shock.

    Attributes:
        expected_loss_paise: None while no loan is old enough to tell how many default.
        npa_paise: NPAs of the book; after, with what the shock is expected to turn into one.
        above_guide: borrowers whose dues over income stand above the guide, or who have none.
    """

    expected_loss_paise: int | None
    npa_paise: int
    npa_share: Decimal | None
    provision_paise: int
    above_guide: int
    above_guide_share: Decimal | None


@dataclass(frozen=True, slots=True)
class StressSegment:
    """One part of the book before and after."""

    by: SegmentBy
    key: str
    loans: int
    outstanding_paise: int
    loss_before_paise: int | None
    loss_after_paise: int | None
    npa_before_paise: int
    npa_after_paise: int

    @property
    def loss_added_paise(self) -> int | None:
        """What the shock adds to the expected loss."""
        if self.loss_before_paise is None or self.loss_after_paise is None:
            return None
        return self.loss_after_paise - self.loss_before_paise


@dataclass(frozen=True, slots=True)
class StressRun:
    """One run, complete with what is needed to repeat it.

    Attributes:
        name: of the preset, or "typed".
        segments: of each cut, the worst first.
        method: how it was computed, sentence by sentence.
        standing: whether expected credit loss is a shadow figure on that day.
        foir_guide: the guide for dues over income, in per cent.
    """

    name: str
    as_of: date
    scenario: StressScenario
    loans: int
    borrowers: int
    outstanding_paise: int
    before: StressTotals
    after: StressTotals
    segments: tuple[StressSegment, ...]
    method: tuple[str, ...]
    standing: EclStanding
    foir_guide: Decimal

    @property
    def mark(self) -> str:
        """What stands beside every expected loss."""
        return SHADOW if self.standing is EclStanding.SHADOW else BINDING

    def cut(self, by: SegmentBy) -> tuple[StressSegment, ...]:
        """The segments of one cut, worst first."""
        return tuple(each for each in self.segments if each.by is by)


def worst_first(segments: Iterable[StressSegment]) -> tuple[StressSegment, ...]:
    """Cut by cut, most loss added first; of equal or unknown ones the most new NPA, then money."""
    cuts = tuple(SegmentBy)

    def place(segment: StressSegment) -> tuple[int, bool, int, int, int, str]:
        added = segment.loss_added_paise
        turned = segment.npa_after_paise - segment.npa_before_paise
        sizes = (-(added or 0), -turned, -segment.outstanding_paise)
        return (cuts.index(segment.by), added is None, *sizes, segment.key)

    return tuple(sorted(segments, key=place))
