"""The day, the schedule and the words that every change asks for."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.change_checks import (
    check_instalments,
    check_value_date,
    longest,
    money_faults,
    running,
    start_of,
    text_faults,
)
from app.services.steps.refusal import Refused
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY, DUE = date(2026, 11, 23), date(2026, 11, 5)
PLAIN = LoanPlanned()


def owed(rulebook, planned: LoanPlanned = PLAIN, on: date = TODAY):
    return owed_sample(planned, on, TODAY, rulebook)


@pytest.mark.parametrize("on", [DUE, TODAY])
def test_days_that_fit(rulebook, on) -> None:
    check_value_date(owed(rulebook, on=on), TODAY)


@pytest.mark.parametrize("on", [date(2026, 11, 4), date(2026, 11, 24)])
def test_days_that_do_not(rulebook, on) -> None:
    with pytest.raises(Refused) as refusal:
        check_value_date(owed(rulebook, on=on), TODAY)
    assert set(refusal.value.fields) == {"value_date"}


def test_a_loan_whose_last_instalment_fell_due_and_one_paid_once(rulebook) -> None:
    over = owed(rulebook, LoanPlanned(months=12, paid=11))
    with pytest.raises(Refused, match="No instalment is left"):
        check_instalments(over)
    found = owed(rulebook)
    bullet = replace(
        found, ledger=replace(found.ledger, schedule=found.left[:1]), left=found.left[:1]
    )
    with pytest.raises(Refused, match="paid back once"):
        check_instalments(bullet)


def test_a_pause_and_a_rate_to_come_are_waited_for(rulebook) -> None:
    found = owed(rulebook)
    check_instalments(found)
    pause = (replace(found.left[0], principal_paise=0), *found.left[1:])
    with pytest.raises(Refused, match="05 Dec 2026"):
        check_instalments(replace(found, left=pause))
    later = replace(found.facts.versions[0], version=2, from_date=date(2026, 12, 5))
    facts = found.facts._replace(versions=(*found.facts.versions, later))
    with pytest.raises(Refused, match="05 Dec 2026"):
        check_instalments(replace(found, facts=facts))


def test_the_loan_as_the_rules_take_it(rulebook) -> None:
    found = owed(rulebook)
    loan, start = running(found), start_of(found, rulebook)
    assert (loan.balance_paise, loan.instalments_left) == (83_595_523, 48)
    assert (start.first_number, start.period_start, start.settled_to) == (13, DUE, DUE)
    assert longest(found) == found.facts.product.tenure_months.most - 12
    assert longest(found, 1) == longest(found) - 1


def test_words_are_asked_for_where_they_are_needed() -> None:
    assert set(text_faults("", "", needed=True)) == {"reason"}
    assert text_faults("", "", needed=False) == {}
    assert set(text_faults("a" * 501, "b" * 2_001, needed=True)) == {"reason", "note"}
    assert set(money_faults("x" * 41, "y" * 101)) == {"reference", "payer"}
    assert money_faults("UPI 12", "Asha") == {}
