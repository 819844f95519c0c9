"""Prepayments and part months, row by row."""

from datetime import date

import pytest

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.dated_schedule import dated_schedule
from app.rules.loan_contract import (
    LoanContract,
    Prepayment,
    PrepaymentError,
    contract_dates,
    contract_rules,
)
from app.rules.schedule_ledger import DatedRow, RowKind, ScheduleLedger
from db.vocabulary.lending import InterestMethod, MoratoriumTreatment, PrepaymentKeep
from tests.rules.contract_samples import CONTRACT, PLAIN, book_with, with_contract
from tests.rules.lending_vectors import RULEBOOK, TODAY

KEEP_EMI, KEEP_TENURE = PrepaymentKeep.EMI, PrepaymentKeep.TENURE
STUDY = with_contract(
    principal_paise=1_00_000_00,
    rate_ppm=100_000,
    tenure_months=12,
    disbursed_on=date(2026, 1, 5),
    first_due=date(2026, 5, 5),
    moratorium_months=3,
    moratorium_treatment=MoratoriumTreatment.CAPITALISED_SIMPLE,
)


def _rows(contract: LoanContract, *prepayments: Prepayment) -> tuple[DatedRow, ...]:
    return dated_schedule(contract, RULEBOOK, TODAY, prepayments).rows


def test_a_prepayment_inside_a_month_pays_the_days_before_it_first() -> None:
    made = Prepayment(date(2026, 11, 25), 2_00_000_00, KEEP_EMI)
    first, paid, second = _rows(PLAIN, made)[:3]
    assert first.instalment_paise == 21_002_00
    # 20 days on 9,86,914.67 at 9.5 % of 365 days, then 10 days on what is left.
    assert (paid.days, paid.interest_paise, paid.kind) == (20, 5_137_36, RowKind.PREPAYMENT)
    assert paid.number == second.number == 2
    assert paid.closing_paise == second.opening_paise == 9_86_914_67 - 2_00_000_00 + 5_137_36
    assert (second.days, second.interest_paise) == (10, 2_061_51)
    assert second.instalment_paise == 21_002_00


def test_a_prepayment_on_a_due_date_follows_that_day_s_payment() -> None:
    """V023: 2,00,000 right after the twelfth instalment, the tenure kept."""
    made = Prepayment(date(2027, 10, 5), 2_00_000_00, KEEP_TENURE)
    rows = _rows(PLAIN, made)
    assert rows[11].closing_paise == 8_35_955_23
    assert rows[12] == DatedRow(
        number=12,
        due_on=date(2027, 10, 5),
        days=0,
        opening_paise=8_35_955_23,
        interest_paise=0,
        principal_paise=2_00_000_00,
        instalment_paise=2_00_000_00,
        closing_paise=6_35_955_23,
        broken_paise=0,
        kind=RowKind.PREPAYMENT,
    )
    assert {row.instalment_paise for row in rows[13:-1]} == {15_977_00}
    # The last one takes what the rounding has left, above the instalment.
    assert (rows[-1].number, rows[-1].instalment_paise) == (60, 15_988_05)


def test_keeping_the_tenure_lowers_the_instalment() -> None:
    made = Prepayment(date(2026, 11, 25), 2_00_000_00, KEEP_TENURE)
    rows = [row for row in _rows(PLAIN, made) if row.kind is RowKind.INSTALMENT]
    assert len(rows) == 60
    assert rows[1].instalment_paise < 21_002_00


def test_a_prepayment_in_the_broken_period_lowers_its_interest() -> None:
    made = Prepayment(date(2026, 9, 30), 5_00_000_00, KEEP_EMI)
    paid, first = _rows(CONTRACT, made)[:2]
    assert (paid.interest_paise, paid.days, paid.number) == (2_602_74, 10, 1)
    # The EMI agreed on 10,00,000 stays, so that the loan ends early.
    assert first.instalment_paise == 21_002_00
    assert first.broken_paise == 654_07  # five days on 5,02,602.74
    assert len(_rows(CONTRACT, made)) < 30
    lower = _rows(CONTRACT, Prepayment(made.on, made.amount_paise, KEEP_TENURE))
    assert lower[1].instalment_paise < 11_000_00


def test_one_wish_for_a_lower_instalment_is_enough_before_the_first_one() -> None:
    kept = Prepayment(date(2026, 9, 28), 1_00_000_00, KEEP_EMI)
    lower = Prepayment(date(2026, 9, 30), 1_00_000_00, KEEP_TENURE)
    # 2,082.19 for 8 days, 469.58 for 2: 8,02,551.77 is left, at 21,001.86 for each 10,00,000.
    first = _rows(CONTRACT, kept, lower)[2]
    assert (first.opening_paise, first.instalment_paise) == (8_02_551_77, 16_855_00)
    assert _rows(CONTRACT, kept)[1].instalment_paise == 21_002_00


def test_prepayments_are_booked_by_their_days_not_as_they_were_handed_in() -> None:
    first = Prepayment(date(2026, 11, 25), 2_00_000_00, KEEP_EMI)
    second = Prepayment(date(2027, 3, 10), 1_00_000_00, KEEP_TENURE)
    assert _rows(PLAIN, second, first) == _rows(PLAIN, first, second)


def test_interest_paid_up_front_is_not_given_back() -> None:
    upfront = book_with(broken_period_collection="UPFRONT")
    with pytest.raises(PrepaymentError, match="paid already: prepay on that day or later") as no:
        dated_schedule(
            CONTRACT, upfront, TODAY, [Prepayment(date(2026, 9, 30), 5_000_00, KEEP_EMI)]
        )
    assert no.value.field == "on"
    made = Prepayment(date(2026, 10, 5), 5_000_00, KEEP_EMI)
    found = dated_schedule(CONTRACT, upfront, TODAY, [made])
    assert (found.rows[0].interest_paise, found.rows[0].days) == (0, 0)
    assert found.paid_upfront_paise == found.broken_interest_paise == 3_904_11


def test_a_prepayment_in_a_simple_moratorium_clears_waiting_interest_first() -> None:
    made = Prepayment(date(2026, 3, 5), 1_000_00, KEEP_TENURE)
    first, second, paid, third, repaid = _rows(STUDY, made)[:5]
    assert (first.interest_paise, first.principal_paise, first.instalment_paise) == (
        83_333, -83_333, 0,
    )  # fmt: skip
    assert paid.opening_paise == second.closing_paise == 1_01_666_67
    assert paid.closing_paise == 1_00_666_67
    assert third.interest_paise == 83_333  # the principal has not moved
    assert repaid.opening_paise == 1_01_500_00  # 1,00,000 and what waited: 666.67 and 833.33
    split = _rows(STUDY, Prepayment(date(2026, 2, 20), 2_000_00, KEEP_EMI))
    assert [row.kind for row in split[:3]] == [
        RowKind.MORATORIUM, RowKind.PREPAYMENT, RowKind.MORATORIUM,
    ]  # fmt: skip
    assert split[1].days + split[2].days == 28


@pytest.mark.parametrize(
    ("contract", "made", "principal", "holds"),
    [
        (PLAIN, (), 10_00_000_00, True),
        (CONTRACT, (), 10_00_000_00, True),
        (with_contract(disbursed_on=date(2026, 10, 15)), (), 10_00_000_00, False),
        (with_contract(PLAIN, interest_method=InterestMethod.DAILY), (), 10_00_000_00, False),
        (PLAIN, (Prepayment(date(2031, 1, 1), 100_00, KEEP_EMI),), 10_00_000_00, False),
        (PLAIN, (), 9_99_999_99, False),
    ],
    ids=["whole months", "broken period", "short month", "by days", "prepaid later", "other loan"],
)
def test_a_schedule_is_copied_only_where_its_months_hold(
    contract: LoanContract, made: tuple[Prepayment, ...], principal: int, holds: bool
) -> None:
    """Where they hold, its rows are not computed a second time."""
    rules = contract_rules(RULEBOOK, TODAY)
    dates = contract_dates(contract, rules.missing_day)
    shape = LoanShape(principal, contract.rate_ppm, contract.tenure_months)
    plain = contract_schedule(shape, contract.rounding, RULEBOOK, TODAY)
    ledger = ScheduleLedger(contract, rules, made)
    ledger.break_in(dates[0])
    ledger.wait(dates)
    assert ledger.copy(plain, dates) is holds
    assert len(ledger.rows) == (60 if holds else 0)


@pytest.mark.parametrize(
    ("on", "paise", "field", "sentence"),
    [
        (PLAIN.disbursed_on, 100_00, "on", "after the day of disbursement"),
        (date(2026, 11, 25), 5_137_36, "amount", "Enter more than ₹5,137.36"),
        (date(2026, 11, 25), 10_00_000_00, "amount", "closes the loan on that day: enter less"),
        (date(2031, 10, 5), 100_00, "on", "closes on 05 Oct 2031: prepay before that day"),
        (date(2032, 11, 25), 100_00, "on", "closes on 05 Oct 2031: prepay before that day"),
    ],
)
def test_a_prepayment_that_cannot_be_taken_says_why(
    on: date, paise: int, field: str, sentence: str
) -> None:
    with pytest.raises(PrepaymentError, match=sentence) as refused:
        _rows(PLAIN, Prepayment(on, paise, KEEP_EMI))
    assert refused.value.field == field
