"""The terms by which the summaries of the book are counted."""

from dataclasses import dataclass
from datetime import date

from db.records.monitor import FigureTerms


@dataclass(frozen=True, slots=True)
class SummaryTerms:
    """What the rules say of summaries on one day.

    Attributes:
        day: the last closed day.
        bad_from_days: days late at a day-end from which a cohort counts a loan.
        figures: by what the figures of single loans are cut on the day.
    """

    day: date
    bad_from_days: int
    figures: FigureTerms
