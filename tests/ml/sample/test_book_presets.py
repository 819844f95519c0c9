"""Sample books: exact counts, repeatable, causal, with a costly missing score."""

from dataclasses import replace

import numpy as np
import pytest

from ml.features import position
from ml.sample.book_presets import DrawRequest, UnknownPresetError, draw_book
from ml.sample.drawn_book import DrawnBook, ProductTerms, Rebuild
from ml.sample.outcomes import risk_index

Terms = tuple[ProductTerms, ...]


@pytest.fixture(scope="module")
def sample(terms: Terms, rebuild: Rebuild) -> DrawnBook:
    return draw_book(DrawRequest("sample", 1_000, 1_500, 42, terms), rebuild)


def test_the_sample_counts_are_the_documented_ones(sample: DrawnBook) -> None:
    words = list(sample.verdicts)
    assert [words.count(word) for word in ("Approved", "Rejected", "Pending")] == [785, 500, 215]
    assert len(sample.customers) == 1_000
    assert {item.customer_index for item in sample.applications} == set(range(1_000))


def test_about_80_defaults_happen_before_the_last_day(sample: DrawnBook) -> None:
    seen = sum(
        bool(sample.defaults[at])
        and sample.verdicts[at] == "Approved"
        and (sample.as_of - item.application_date).days - item.disbursed_after_days
        >= sample.default_month[at] * 30.4375
        for at, item in enumerate(sample.applications)
    )
    assert 62 <= seen <= 98


def test_dates_are_in_order_and_end_before_the_last_day(sample: DrawnBook) -> None:
    days = [item.application_date for item in sample.applications]
    assert days == sorted(days)
    assert days[-1] <= sample.as_of
    for item, word in zip(sample.applications, sample.verdicts, strict=True):
        age = (sample.as_of - item.application_date).days
        assert word == "Pending" or age >= item.disbursed_after_days
        assert sample.customers[item.customer_index].customer_since <= item.application_date


def test_amounts_and_tenures_are_the_products(sample: DrawnBook, terms: Terms) -> None:
    by_code = {item.product_code: item for item in terms}
    for item in sample.applications:
        product = by_code[item.product_code]
        assert item.purpose in product.purposes
        assert product.min_amount_paise <= item.amount_paise <= product.max_amount_paise
        assert item.amount_paise % product.amount_step_paise == 0
        assert product.min_tenure_months <= item.tenure_months <= product.max_tenure_months
        assert item.collateral or product.security != "REQUIRED"


def test_rows_are_whole_but_for_the_flagged_bureau_score(sample: DrawnBook) -> None:
    gaps = np.isnan(sample.rows)
    at = position("bureau_score")
    assert not np.delete(gaps, at, axis=1).any()
    assert np.array_equal(gaps[:, at], sample.rows[:, position("bureau_score_missing")] == 1)


def test_same_state_same_book_other_state_other_book(terms: Terms, rebuild: Rebuild) -> None:
    request = DrawRequest("sample", 100, 150, 5, terms)
    first, again = draw_book(request, rebuild), draw_book(request, rebuild)
    other = draw_book(replace(request, random_state=6), rebuild)
    assert first.applications == again.applications
    assert first.customers == again.customers
    assert np.array_equal(first.rows, again.rows, equal_nan=True)
    assert np.array_equal(first.defaults, again.defaults)
    assert first.applications != other.applications


def test_smaller_books_keep_the_shares(terms: Terms, rebuild: Rebuild) -> None:
    small = draw_book(DrawRequest("sample", 100, 150, 42, terms), rebuild)
    words = list(small.verdicts)
    assert (words.count("Pending"), words.count("Approved")) == (22, 78)


@pytest.mark.parametrize(
    ("preset", "low", "high"), [("realistic", 0.03, 0.05), ("stress", 0.4, 0.5)]
)
def test_bad_share_among_disbursed(
    terms: Terms, rebuild: Rebuild, preset: str, low: float, high: float
) -> None:
    drawn = draw_book(DrawRequest(preset, 2_000, 3_000, 11, terms), rebuild)
    approved = np.array([word == "Approved" for word in drawn.verdicts])
    assert low <= drawn.true_probabilities[approved].mean() <= high
    assert "Pending" not in drawn.verdicts
    refused = drawn.true_probabilities[~approved & ~drawn.random_cell].mean()
    assert refused > drawn.true_probabilities[approved & ~drawn.random_cell].mean()
    assert 0 < drawn.random_cell.sum() < 0.05 * len(approved)


def test_the_readme_preset_is_its_rule_with_flips(terms: Terms, rebuild: Rebuild) -> None:
    drawn = draw_book(DrawRequest("readme", 1_000, 1_500, 3, terms), rebuild)
    rule = (drawn.rows[:, 0] > 50) | (drawn.rows[:, position("monthly_income")] < 30_000)
    assert set(drawn.true_probabilities) == {0.055, 0.945}
    assert (drawn.defaults == rule).mean() == pytest.approx(0.945, abs=0.02)


def test_the_original_policy_is_one_rule_on_the_inputs(terms: Terms, rebuild: Rebuild) -> None:
    request = DrawRequest("sample", 1_000, 1_500, 42, terms, fixed_policy=True)
    drawn = draw_book(request, rebuild)
    words = np.array(drawn.verdicts)
    assert [int((words == word).sum()) for word in ("Approved", "Rejected")] == [785, 500]
    severity = np.maximum(drawn.rows[:, 0] / 50, 30_000 / drawn.rows[:, position("monthly_income")])
    assert severity[words == "Approved"].max() <= severity[words == "Rejected"].min()
    assert not drawn.random_cell.any()


def test_a_missing_score_raises_true_risk(sample: DrawnBook) -> None:
    rows = sample.rows[:200].copy()
    at, flag = position("bureau_score"), position("bureau_score_missing")
    rows[:, at], rows[:, flag] = 715.0, 0.0
    known = risk_index(rows)
    rows[:, at], rows[:, flag] = np.nan, 1.0
    assert (risk_index(rows) > known + 0.5).all()


def test_impossible_books_are_refused(terms: Terms, rebuild: Rebuild) -> None:
    for request in (
        DrawRequest("other", 10, 10, 1, terms),
        DrawRequest("sample", 11, 10, 1, terms),
        DrawRequest("sample", 0, 10, 1, terms),
    ):
        with pytest.raises(UnknownPresetError):
            draw_book(request, rebuild)
    with pytest.raises(LookupError):
        draw_book(DrawRequest("sample", 1, 1, 1, ()), rebuild)
