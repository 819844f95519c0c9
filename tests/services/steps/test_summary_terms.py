"""The terms of the summaries are those that the rule itself gives."""

from datetime import date, timedelta

from app.rules.cohorts import counts_as_bad
from app.services.steps.figure_terms import figure_terms
from app.services.steps.summary_terms import summary_terms

DAY = date(2026, 11, 23)


def test_a_cohort_counts_from_the_rules_days_on(rulebook) -> None:
    terms = summary_terms(DAY, rulebook)
    assert terms.day == DAY
    assert terms.bad_from_days == 90
    assert counts_as_bad(terms.bad_from_days, rulebook, DAY)
    assert not counts_as_bad(terms.bad_from_days - 1, rulebook, DAY)
    assert terms.figures == figure_terms(DAY, rulebook)
    assert summary_terms(DAY + timedelta(days=1), rulebook).bad_from_days == 90
