"""The contract schedule on real dates."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.dated_schedule import dated_schedule
from app.rules.loan_contract import LoanContract, Prepayment
from app.rules.loan_plan import plan_of, product_of
from db.vocabulary.lending import (
    EmiRounding,
    InterestMethod,
    LoanPurpose,
    MoratoriumTreatment,
    PrepaymentKeep,
)
from tests.rules.case_samples import with_terms
from tests.rules.contract_samples import CONTRACT, PLAIN, book_with, with_contract
from tests.rules.lending_vectors import RULEBOOK, TODAY


def test_whole_months_at_monthly_rests_are_the_contract_schedule() -> None:
    found = dated_schedule(PLAIN, RULEBOOK, TODAY)
    shape = LoanShape(PLAIN.principal_paise, PLAIN.rate_ppm, PLAIN.tenure_months)
    plain = contract_schedule(shape, PLAIN.rounding, RULEBOOK, TODAY)
    assert found.payments_paise == plain.payments_paise
    assert (found.emi_paise, found.rounding) == (plain.emi_paise, plain.rounding)
    assert found.total_interest_paise == plain.total_interest_paise == 2_60_109_39
    assert (found.broken_days, found.broken_interest_paise, found.paid_upfront_paise) == (0, 0, 0)
    assert [row.due_on.day for row in found.rows] == [5] * 60


def test_the_broken_period_stands_on_its_own_line() -> None:
    found = dated_schedule(CONTRACT, RULEBOOK, TODAY)
    assert (found.broken_days, found.broken_interest_paise) == (15, 3_904_11)
    assert found.rows[0].broken_paise == 3_904_11
    assert found.rows[0].instalment_paise == 21_002_00
    assert found.payments_paise[0] == 24_906_11
    upfront = dated_schedule(CONTRACT, book_with(broken_period_collection="UPFRONT"), TODAY)
    assert upfront.rows[0].broken_paise == 0
    assert upfront.paid_upfront_paise == 3_904_11
    assert upfront.total_interest_paise == found.total_interest_paise


def test_a_short_first_month_is_charged_for_its_days() -> None:
    found = dated_schedule(with_contract(disbursed_on=date(2026, 10, 15)), RULEBOOK, TODAY)
    first = found.rows[0]
    assert (found.broken_days, found.broken_interest_paise) == (-10, 0)
    assert (first.days, first.interest_paise) == (21, 5_465_75)
    assert first.instalment_paise == 21_002_00


@pytest.mark.parametrize(
    ("treatment", "emi", "paid"),
    [
        (MoratoriumTreatment.SERVICED, 10_623_52, 4_166_67),
        (MoratoriumTreatment.CAPITALISED_MONTHLY, 11_165_89, 0),
        (MoratoriumTreatment.CAPITALISED_SIMPLE, 11_154_70, 0),
    ],
)
def test_moratoria_of_the_rule_book(treatment: MoratoriumTreatment, emi: int, paid: int) -> None:
    contract = with_contract(
        principal_paise=5_00_000_00, rate_ppm=100_000, rounding=EmiRounding.PAISA,
        disbursed_on=date(2026, 4, 5), moratorium_months=6, moratorium_treatment=treatment,
    )  # fmt: skip
    found = dated_schedule(contract, RULEBOOK, TODAY)
    assert found.emi_paise == emi
    assert found.payments_paise[:6] == (paid,) * 6
    assert len(found.instalments) == 60
    assert sum(row.principal_paise for row in found.rows) == 5_00_000_00


# V023 to V025: amount, rate, months, rounding, prepaid after instalment, and what comes of it.
PREPAID = [
    ((10_00_000_00, 95_000, 60, "RUPEE", 12, 2_00_000_00), (35, 15_901_14), (15_977_00, 15_988_05)),
    (
        (30_00_000_00, 85_000, 240, "RUPEE", 36, 5_00_000_00),
        (140, 18_727_59),
        (21_393_00, 21_448_35),
    ),
    ((1_00_000_00, 120_000, 12, "PAISA", 6, 25_000_00), (4, 376_48), (4_571_17, 4_571_16)),
]


@pytest.mark.parametrize(("terms", "shorter", "lower"), PREPAID, ids=["V023", "V024", "V025"])
def test_prepayments_of_the_rule_book(
    terms: tuple[int, int, int, str, int, int], shorter: tuple[int, int], lower: tuple[int, int]
) -> None:
    amount, rate, months, rounding, after, prepaid = terms
    contract = with_contract(
        PLAIN, principal_paise=amount, rate_ppm=rate, tenure_months=months,
        rounding=EmiRounding(rounding),
    )  # fmt: skip
    day = dated_schedule(contract, RULEBOOK, TODAY).rows[after - 1].due_on
    left = {}
    for keep in PrepaymentKeep:
        found = dated_schedule(contract, RULEBOOK, TODAY, [Prepayment(day, prepaid, keep)])
        left[keep] = found.instalments[after:]
    kept = left[PrepaymentKeep.EMI]
    assert (len(kept), kept[-1].instalment_paise) == shorter
    reduced = left[PrepaymentKeep.TENURE]
    assert (reduced[0].instalment_paise, reduced[-1].instalment_paise) == lower
    assert len(reduced) == months - after


@pytest.mark.parametrize("first_due", [date(2026, 10, 31), date(2026, 11, 15)])
@pytest.mark.parametrize("moratorium", [0, 12])
def test_the_estimate_of_the_application_is_the_contract(first_due: date, moratorium: int) -> None:
    case = with_terms(
        product_code="EDUCATION", loan_purpose=LoanPurpose.EDUCATION, rate_ppm=92_500,
        moratorium_months=moratorium,
        first_due_date=first_due.replace(year=2026 + moratorium // 12),
    )  # fmt: skip
    product = product_of(case, RULEBOOK)
    plan = plan_of(case, product, RULEBOOK)
    assert plan is not None
    assert case.terms.first_due_date is not None
    contract = with_contract(
        rate_ppm=92_500, disbursed_on=case.as_of, first_due=case.terms.first_due_date,
        due_day=first_due.day, moratorium_months=moratorium,
        moratorium_treatment=MoratoriumTreatment.CAPITALISED_SIMPLE,
    )  # fmt: skip
    found = dated_schedule(contract, RULEBOOK, case.as_of)
    assert plan.payments_paise == found.payments_paise
    assert plan.total_interest_paise == found.total_interest_paise
    assert (plan.broken_days, plan.last_due_date) == (found.broken_days, found.rows[-1].due_on)


CONTRACTS = st.builds(
    with_contract,
    principal_paise=st.integers(min_value=100, max_value=10**11),
    rate_ppm=st.integers(min_value=0, max_value=400_000),
    tenure_months=st.integers(min_value=1, max_value=120),
    rounding=st.sampled_from(EmiRounding),
    interest_method=st.sampled_from(InterestMethod),
    disbursed_on=st.dates(date(2026, 8, 10), date(2026, 11, 4)),
)


@settings(max_examples=60)
@given(CONTRACTS)
def test_every_schedule_adds_up_and_closes(contract: LoanContract) -> None:
    found = dated_schedule(contract, RULEBOOK, TODAY)
    assert sum(row.principal_paise for row in found.rows) == contract.principal_paise
    assert found.rows[-1].closing_paise == 0
    assert all(row.closing_paise >= 0 for row in found.rows)
    assert sum(found.payments_paise) == contract.principal_paise + found.total_interest_paise
    assert all(row.closing_paise == row.opening_paise - row.principal_paise for row in found.rows)
