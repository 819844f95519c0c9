"""A floating rate that moves: the instalment, the term, or both."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.amortisation import LoanShape, contract_schedule, month_interest
from app.rules.emi import TENURE_BOUND_MONTHS, LoanTermsError
from app.rules.measure_inputs import MeasureInputError
from app.rules.rate_reset import RateReset, ResetTerms, latest_next_reset, rate_reset
from app.rules.running_loan import RunningLoan
from db.vocabulary.lending import Benchmark, EmiRounding
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of
from tests.rules.loan_life_samples import running_loans

# V058: 30,00,000 at 8.5 % over 240 months.
LOAN = RunningLoan(3_000_000_00, 85_000, 26_035_00, 240, EmiRounding.RUPEE)
RATES = st.integers(0, 400_000)


def _reset(loan: RunningLoan, terms: ResetTerms) -> RateReset:
    return rate_reset(loan, terms, RULEBOOK, TODAY)


@vectors_of("rate_reset")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(running_loans(), st.integers(0, 200_000))
def test_a_rise_never_lowers_the_instalment(loan: RunningLoan, rise: int) -> None:
    found = _reset(loan, ResetTerms(loan.rate_ppm + rise))
    assert found.new_emi_paise >= found.old_emi_paise == loan.emi_paise
    assert found.emi_change_paise == found.new_emi_paise - found.old_emi_paise
    assert found.keep_tenor.emi_paise == found.new_emi_paise


@given(running_loans(), RATES)
def test_each_open_way_pays_the_loan_off_to_the_paisa(loan: RunningLoan, rate: int) -> None:
    found = _reset(loan, ResetTerms(rate, wanted_months=loan.instalments_left + 12))
    assert found.both is not None
    assert found.keep_tenor.instalments is not None
    assert found.keep_tenor.instalments <= loan.instalments_left
    for option in (found.keep_tenor, found.keep_emi, found.both):
        if option.schedule is None:
            assert option is found.keep_emi
            assert (option.emi_paise, option.instalments) == (None, None)
            assert option.interest_left_paise is None
            assert option.blocked
            continue
        rows = option.schedule.rows
        assert option.blocked is None
        assert sum(row.principal_paise for row in rows) == loan.balance_paise
        assert rows[-1].closing_paise == 0
        assert option.interest_left_paise == sum(row.interest_paise for row in rows)


@given(running_loans(), RATES)
def test_negative_amortisation_is_interest_of_the_emi_or_more(loan: RunningLoan, rate: int) -> None:
    found = _reset(loan, ResetTerms(rate))
    interest = month_interest(loan.balance_paise, rate)
    assert found.first_month_interest_paise == interest
    assert found.negative_amortisation is (interest >= loan.emi_paise)
    if found.negative_amortisation:
        assert found.keep_emi.schedule is None
    elif found.keep_emi.schedule is not None:
        assert found.keep_emi.schedule.rows[0].principal_paise > 0


def test_an_instalment_of_just_the_interest_never_ends() -> None:
    owed = replace(LOAN, balance_paise=120_000_00, emi_paise=1_000_00, instalments_left=12)
    for emi, negative in [(1_000_00, True), (1_000_01, False)]:
        found = _reset(replace(owed, emi_paise=emi), ResetTerms(100_000))
        assert found.negative_amortisation is negative
        assert found.keep_emi.schedule is None
    blocked = _reset(owed, ResetTerms(100_000)).keep_emi.blocked
    assert blocked == (
        "Interest of the first month, ₹1,000.00, is not below the instalment of "
        "₹1,000.00: raise the instalment"
    )
    slow = _reset(replace(owed, emi_paise=1_000_01), ResetTerms(100_000)).keep_emi.blocked
    assert slow == "The instalment of ₹1,000.01 would take a century: raise it"


def test_a_term_just_inside_the_bound_is_shown() -> None:
    loan = RunningLoan(TENURE_BOUND_MONTHS - 1, 0, 1, 12, EmiRounding.PAISA)
    assert _reset(loan, ResetTerms(0)).keep_emi.instalments == TENURE_BOUND_MONTHS - 1
    longer = replace(loan, balance_paise=TENURE_BOUND_MONTHS)
    assert _reset(longer, ResetTerms(0)).keep_emi.schedule is None


def test_a_term_beyond_product_and_age_is_shown_and_blocked() -> None:
    inside = _reset(LOAN, ResetTerms(87_500, longest_months=253)).keep_emi
    assert (inside.instalments, inside.blocked) == (253, None)
    found = _reset(LOAN, ResetTerms(87_500, longest_months=252))
    assert found.keep_emi.instalments == 253
    assert found.keep_emi.blocked == (
        "253 instalments are more than the 252 that product and age allow: raise the instalment"
    )
    assert found.keep_tenor.blocked is None
    assert _reset(LOAN, ResetTerms(87_500, longest_months=239)).keep_tenor.blocked is not None


def test_a_mixed_term_has_its_own_instalment() -> None:
    terms = ResetTerms(87_500, longest_months=246, wanted_months=246)
    both = _reset(LOAN, terms).both
    assert both is not None
    assert (both.instalments, both.blocked) == (246, None)
    assert both.emi_paise is not None
    assert 26_035_00 < both.emi_paise < 26_511_00
    shape = LoanShape(LOAN.balance_paise, 87_500, 246)
    assert both.schedule == contract_schedule(shape, LOAN.rounding, RULEBOOK, TODAY)
    too_long = _reset(LOAN, replace(terms, longest_months=245)).both
    assert too_long is not None
    assert too_long.blocked is not None
    assert _reset(LOAN, ResetTerms(87_500)).both is None


def test_a_rate_that_falls_may_lower_the_instalment_and_the_same_rate_does_not() -> None:
    found = _reset(LOAN, ResetTerms(82_500))
    assert (found.emi_change_paise, found.keep_emi.instalments) == (-473_00, 230)
    rounded_up = replace(LOAN, emi_paise=26_036_00)
    same = _reset(rounded_up, ResetTerms(85_000))
    assert (same.new_emi_paise, same.emi_change_paise) == (26_036_00, 0)
    assert same.keep_tenor.emi_paise == 26_036_00
    assert _reset(rounded_up, ResetTerms(84_999)).new_emi_paise < 26_036_00


def test_a_rate_that_stays_leaves_the_contract_s_own_schedule() -> None:
    shape = LoanShape(LOAN.balance_paise, LOAN.rate_ppm, LOAN.instalments_left)
    contract = contract_schedule(shape, LOAN.rounding, RULEBOOK, TODAY)
    unmoved = _reset(LOAN, ResetTerms(LOAN.rate_ppm))
    assert unmoved.keep_tenor.schedule == contract  # the rounding to rupees with it


@pytest.mark.parametrize(
    ("loan", "terms", "field"),
    [
        (LOAN, ResetTerms(-1), "interest_rate"),
        (replace(LOAN, rate_ppm=-1), ResetTerms(0), "interest_rate"),
        (replace(LOAN, balance_paise=0), ResetTerms(0), "loan_amount"),
        (replace(LOAN, instalments_left=0), ResetTerms(0), "loan_tenure_months"),
        (replace(LOAN, emi_paise=0), ResetTerms(0), "emi"),
        (LOAN, ResetTerms(0, longest_months=0), "longest_months"),
        (LOAN, ResetTerms(0, wanted_months=0), "loan_tenure_months"),
    ],
)
def test_terms_outside_the_arithmetic_are_refused(
    loan: RunningLoan, terms: ResetTerms, field: str
) -> None:
    with pytest.raises((LoanTermsError, MeasureInputError)) as refused:
        _reset(loan, terms)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("months", "benchmark", "due"),
    [
        (3, Benchmark.REPO, date(2027, 2, 28)),
        (1, Benchmark.REPO, date(2026, 12, 30)),
        (12, Benchmark.REPO, date(2027, 2, 28)),
        (6, Benchmark.TBILL_6M, date(2027, 2, 28)),
        (12, Benchmark.MCLR_1Y, date(2027, 11, 30)),
    ],
)
def test_an_external_benchmark_is_followed_within_three_months(
    months: int, benchmark: Benchmark, due: date
) -> None:
    assert latest_next_reset(date(2026, 11, 30), months, benchmark, RULEBOOK) == due


def test_the_longest_interval_is_a_dated_row() -> None:
    before = date(2019, 9, 30)
    assert latest_next_reset(before, 12, Benchmark.REPO, RULEBOOK) == date(2020, 9, 30)
    book = book_with(reset_max_months=None)
    assert latest_next_reset(TODAY, 12, Benchmark.REPO, book) == date(2027, 11, 23)
    with pytest.raises(MeasureInputError) as refused:
        latest_next_reset(TODAY, 0, Benchmark.REPO, RULEBOOK)
    assert refused.value.field == "reset_months"
