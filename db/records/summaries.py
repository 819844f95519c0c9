"""The terms by which the summaries of the book are counted."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SummaryTerms:
    """What the rules say of summaries on one day.

    Attributes:
        day: the last closed day.
        bad_from_days: days late at a day-end from which a cohort counts a loan.
        ltv_edges_ppm: where the bands of owed over accepted security end.
    """

    day: date
    bad_from_days: int
    ltv_edges_ppm: tuple[int, ...]
