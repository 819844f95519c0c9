"""What the rules say of the summaries on one day, for the statements that count them.

Source: lending-rules.md 14. Found by asking the rule itself, as the terms of a day-end are.
"""

from datetime import date, timedelta

from app.rules.cohorts import counts_as_bad
from app.rules.days_past_due import days_past_due
from app.rules.rulebook import Rulebook
from app.services.steps.figure_terms import figure_terms
from db.records.summaries import SummaryTerms

_LATEST = 366


def summary_terms(day: date, rulebook: Rulebook) -> SummaryTerms:
    """The terms of one day.

    Raises:
        NoRuleInForceError: a rule is missing on that day.
    """
    days = next(
        days
        for days in range(1, _LATEST)
        if counts_as_bad(
            days_past_due(day - timedelta(days=days - 1), day, rulebook), rulebook, day
        )
    )
    return SummaryTerms(day, days, figure_terms(day, rulebook))
