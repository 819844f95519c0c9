"""Terms of a contract that go together, and the bank's choices in the rule rows."""

from datetime import date

import pytest

from app.rules.emi import LoanTermsError
from app.rules.loan_contract import (
    ContractDatesError,
    Prepayment,
    PrepaymentError,
    UndefinedInterestError,
    check_contract,
    check_prepayment,
    contract_dates,
    contract_rules,
    default_interest_method,
)
from db.vocabulary.lending import (
    BrokenPeriodCollection,
    DayCount,
    InterestMethod,
    MissingDay,
    PrepaymentKeep,
)
from tests.rules.contract_samples import CONTRACT, book_with, with_contract
from tests.rules.lending_vectors import RULEBOOK, TODAY

LAST, AFTER = MissingDay.LAST_DAY_OF_MONTH, MissingDay.FIRST_DAY_AFTER


def test_the_rule_rows_decide_what_the_contract_leaves_open() -> None:
    found = contract_rules(RULEBOOK, TODAY)
    assert found.collection is BrokenPeriodCollection.WITH_FIRST_INSTALMENT
    assert found.missing_day is LAST
    assert (found.basis.day_count, found.basis.year_days) == (DayCount.ACT_365F, 365)
    assert default_interest_method(RULEBOOK, TODAY) is InterestMethod.MONTHLY_REST
    wanted = "set rule “interest_other_period” to DAILY instead of MONTHLY_REST"
    with pytest.raises(UndefinedInterestError, match=wanted):
        contract_rules(book_with(interest_other_period="MONTHLY_REST"), TODAY)


def test_the_due_day_comes_back_after_a_short_month() -> None:
    contract = with_contract(first_due=date(2027, 1, 31), due_day=31, tenure_months=4)
    assert [due.isoformat() for due in contract_dates(contract, LAST)] == [
        "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30",
    ]  # fmt: skip
    assert [due.isoformat() for due in contract_dates(contract, AFTER)][2:] == [
        "2027-03-01", "2027-03-31", "2027-05-01",
    ]  # fmt: skip


def test_a_first_due_date_may_itself_be_a_moved_day() -> None:
    contract = with_contract(first_due=date(2027, 3, 1), due_day=30, tenure_months=2)
    dates = contract_dates(contract, AFTER)
    assert [due.isoformat() for due in dates] == ["2027-01-30", "2027-03-01", "2027-03-30"]
    check_contract(contract, dates)
    check_contract(
        with_contract(first_due=date(2027, 2, 28), due_day=30),
        contract_dates(with_contract(first_due=date(2027, 2, 28), due_day=30), LAST),
    )


def test_a_moratorium_takes_the_months_before_the_first_instalment() -> None:
    dates = contract_dates(with_contract(moratorium_months=3), LAST)
    assert dates[0] == date(2026, 7, 5)
    assert dates[4] == CONTRACT.first_due


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_day": 6}, "first_due_date"),
        ({"disbursed_on": date(2026, 11, 5)}, "first_due_date"),
        ({"moratorium_months": 2}, "first_due_date"),
        ({"moratorium_months": -1}, "moratorium_months"),
        ({"principal_paise": 0}, "loan_amount"),
    ],
)
def test_terms_that_do_not_go_together_are_refused(changes: dict[str, object], field: str) -> None:
    contract = with_contract(**changes)
    with pytest.raises((ContractDatesError, LoanTermsError)) as refused:
        check_contract(contract, contract_dates(contract, LAST))
    assert refused.value.field == field  # type: ignore[union-attr]  # both carry one


def test_a_prepayment_pays_some_principal_and_not_all_of_it() -> None:
    """With 5.00 of interest and 100.00 owed, anything from 5.01 to 104.99."""
    for paise in (5_01, 104_99):
        check_prepayment(Prepayment(TODAY, paise, PrepaymentKeep.EMI), 5_00, 100_00)
    for paise, sentence in [(5_00, "more than ₹5.00"), (105_00, "^₹105.00 closes the loan")]:
        with pytest.raises(PrepaymentError, match=sentence) as refused:
            check_prepayment(Prepayment(TODAY, paise, PrepaymentKeep.EMI), 5_00, 100_00)
        assert refused.value.field == "amount"
