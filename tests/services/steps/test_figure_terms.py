from datetime import date

from app.services.steps.figure_terms import LTV_EDGES_PPM, figure_terms
from db.vocabulary.lending import CollateralType


def test_terms_say_from_when_a_valuation_counts(rulebook) -> None:
    terms = figure_terms(date(2026, 9, 30), rulebook)
    assert terms.ltv_edges_ppm == LTV_EDGES_PPM == tuple(sorted(LTV_EDGES_PPM))
    gold = [each for each in terms.caps if each.product_code == "GOLD_CONSUMPTION"]
    assert [each.up_to_paise for each in gold] == [25_000_000, 50_000_000, None]
    assert gold[0].cap_ppm > gold[1].cap_ppm > gold[2].cap_ppm
    assert set(terms.valued_from) == set(CollateralType)
    # Property: 36 months, both ends included.
    assert terms.valued_from[CollateralType.PROPERTY] <= date(2023, 9, 30)
    assert terms.valued_from[CollateralType.GOLD] > terms.valued_from[CollateralType.VEHICLE]
