"""How repayments are told in a Key Facts Statement."""

from datetime import date

from app.rules.dated_schedule import dated_schedule
from app.rules.key_facts import key_facts
from app.rules.key_facts_parts import repayments_at_end, repayments_of_contract
from app.rules.loan_plan import plan_of, product_of
from db.vocabulary.lending import LoanPurpose, MoratoriumTreatment, RepaymentType
from tests.rules.case_samples import with_terms
from tests.rules.contract_samples import CONTRACT, with_contract
from tests.rules.key_facts_samples import offer_of
from tests.rules.lending_vectors import RULEBOOK, TODAY


def test_a_moratorium_says_how_many_months_join_the_principal() -> None:
    for treatment, joined in (
        (MoratoriumTreatment.SERVICED, 0),
        (MoratoriumTreatment.CAPITALISED_MONTHLY, 4),
    ):
        contract = with_contract(
            disbursed_on=date(2026, 6, 20), moratorium_months=4, moratorium_treatment=treatment
        )
        found = repayments_of_contract(contract, dated_schedule(contract, RULEBOOK, TODAY))
        assert (found.count, found.moratorium_months, found.capitalised_months) == (60, 4, joined)
        assert (found.first_on, found.last_on) == (date(2026, 7, 5), date(2031, 10, 5))
        assert (found.owed_at_start_paise > CONTRACT.principal_paise) is bool(joined)


def test_a_loan_paid_at_the_end_is_one_payment() -> None:
    gold = with_terms(
        product_code="GOLD_CONSUMPTION", loan_purpose=LoanPurpose.MEDICAL_EMERGENCY,
        repayment_type=RepaymentType.BULLET, tenure_months=12, amount_paise=2_00_000_00,
        rate_ppm=100_000,
    )  # fmt: skip
    plan = plan_of(gold, product_of(gold, RULEBOOK), RULEBOOK)
    assert plan is not None
    found = repayments_at_end(plan, 2_00_000_00)
    assert (found.count, found.amount_paise, found.first_on) == (
        1, 2_20_000_00, plan.last_due_date,
    )  # fmt: skip
    table = key_facts(offer_of(gold, repayments=found), RULEBOOK).table
    assert table.instalments == (1, 2_20_000_00)
    assert table.total_payable_paise == 2_20_000_00
