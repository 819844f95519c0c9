from datetime import date

from app.services.steps.figure_terms import LTV_EDGES_PPM, bad_from_days, figure_terms
from db.vocabulary.lending import CollateralType


def test_terms_say_from_when_a_valuation_counts(rulebook) -> None:
    terms = figure_terms(date(2026, 9, 30), rulebook)
    assert terms.ltv_edges_ppm == LTV_EDGES_PPM
    assert set(terms.valued_from) == set(CollateralType)
    # Property: 36 months, both ends included.
    assert terms.valued_from[CollateralType.PROPERTY] <= date(2023, 9, 30)
    assert terms.valued_from[CollateralType.GOLD] > terms.valued_from[CollateralType.VEHICLE]


def test_a_cohort_counts_from_ninety_days(rulebook) -> None:
    assert bad_from_days(date(2026, 9, 30), rulebook) == 90
