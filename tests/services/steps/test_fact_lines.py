from dataclasses import replace
from datetime import date

from app.rules.case_facts import ApplicantFacts, BureauFacts, CaseFacts, ObligationFacts
from app.services.read_application import read_application
from app.services.steps.fact_lines import UNKNOWN, fact_lines
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import BureauScoreState

DAY = date(2026, 11, 23)


def test_what_is_not_known_is_a_dash(desk, submitted):
    view = read_application(submitted.application_id, desk)
    bare = fact_lines(view.application, view.customer, CaseFacts(as_of=DAY))
    texts = {line.label: line.value_text for line in bare}
    for label in ("Monthly income", "Work", "In this work since", "Experience", "Bureau score"):
        assert texts[label] == UNKNOWN
    assert texts["Monthly dues"] == "none told"
    assert not any(line.value_text in {"", "0", "None"} for line in bare)


def test_words_for_half_years_old_customers_and_closed_dues(desk, submitted):
    view = read_application(submitted.application_id, desk)
    case = CaseFacts(
        as_of=DAY,
        applicant=ApplicantFacts(experience_months=30, customer_since=date(2020, 1, 5)),
        obligations=(
            ObligationFacts("", ObligationType.RENT, 200_000),
            ObligationFacts("HDFC", ObligationType.PERSONAL_LOAN, 920_000, None, True),
        ),
        bureau=BureauFacts(score_state=BureauScoreState.NO_HISTORY),
    )
    lines = fact_lines(view.application, replace(view.customer), case)
    texts = {line.label: line.value_text for line in lines}
    assert texts["Experience"] == "2 years 6 months"
    assert texts["Customer"] == "since 05 Jan 2020"
    assert texts["Rent"] == "₹2,000 a month"
    assert texts["Personal loan"].endswith("HDFC, closed by this loan")
    assert texts["Bureau score"] not in {UNKNOWN, "NO_HISTORY"}
