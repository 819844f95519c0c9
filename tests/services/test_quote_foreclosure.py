"""The quote of a loan that stands in a book: its parts, its reason, and the days it refuses."""

from datetime import date, timedelta

import pytest

from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.lending import EmiRounding
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

# The loans of vectors V026 and V028 with their instalments on 5 Dec 2025 and every month on.
V026 = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=12)
V028 = LoanPlanned(50_000_000, 36, 140_000, date(2025, 5, 5), 18, EmiRounding.RUPEE, "PERSONAL")


@pytest.fixture
def lent(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda planned: running_loan(desk, checker, submitted.application_id, planned)


def test_the_parts_of_a_vector(desk, lent) -> None:
    loan = lent(V026)
    found = quote_foreclosure(QuoteForeclosure("L-1042", date(2026, 11, 15)), desk)
    assert found.loan_id == loan.loan_id
    assert found.quote.principal_paise == 83_595_523
    assert found.quote.accrued_interest_paise == 217_577
    assert found.quote.total_paise == found.to_pay_paise == 83_813_100
    assert found.valid_to == date(2026, 11, 15)
    assert not found.fee_allowed
    assert "Key Facts Statement" in found.quote.fee_reason  # nothing was told, nothing is charged


def test_instalments_in_arrears_and_charges_are_parts_of_their_own(desk, lent) -> None:
    lent(LoanPlanned(paid=10))  # two have fallen due and are unpaid
    found = quote_foreclosure(QuoteForeclosure("L-1042", desk.clock.today()), desk).quote
    assert found.overdue_paise == 2 * 2_100_200
    assert found.principal_paise == 83_595_523
    parts = (
        found.principal_paise + found.accrued_interest_paise + found.overdue_paise
        + found.charges_paise + found.fee_paise + found.gst_paise
    )  # fmt: skip
    assert found.total_paise == parts


def test_a_day_to_come_counts_what_falls_due_until_then(desk, lent) -> None:
    lent(V026)
    later = quote_foreclosure(QuoteForeclosure("L-1042", date(2026, 12, 6)), desk).quote
    assert later.overdue_paise == 2_100_200  # of 5 Dec
    assert later.days == 1


@pytest.mark.parametrize("on", [date(2026, 11, 4), date(2020, 1, 1)])
def test_a_day_before_the_last_due_date_is_refused(desk, lent, on: date) -> None:
    lent(V026)
    with pytest.raises(Refused) as refusal:
        quote_foreclosure(QuoteForeclosure("L-1042", on), desk)
    assert set(refusal.value.fields) == {"value_date"}


def test_who_may_ask_and_of_what(desk, lent, someone) -> None:
    lent(V028)
    asked = QuoteForeclosure("L-1042", desk.clock.today() + timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        quote_foreclosure(asked, someone("admin", Role.ADMIN))
    assert refusal.value.kind is RefusalKind.NOT_PERMITTED
    with pytest.raises(NotFound):
        quote_foreclosure(QuoteForeclosure("L-7", asked.on), desk)
