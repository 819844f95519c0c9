"""Day-ends in a pause: interest joins the principal on its day, once, and nothing is in arrears."""

from datetime import date

import pytest

from app.rules.day_count import interest_for_days
from app.services.close_day import CloseDay, close_day
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from db.vocabulary.lending import MoratoriumTreatment
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand
from tests.services.running_loans import LoanPlanned


@pytest.mark.parametrize("treatment", MoratoriumTreatment)
def test_the_months_of_a_pause_pass_day_by_day(desk, someone, submitted, treatment) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(50_000_000, 60, 100_000, date(2026, 11, 5), 0)
    lent = two_people(desk, checker, submitted.application_id, planned)
    lent.post(LoanAct.MORATORIUM, months=2, treatment=treatment)
    close_by_hand(desk, lent.today)
    for last in (date(2026, 12, 6), date(2027, 1, 6)):
        lent.maker.clock.day = last
        close_day(CloseDay(last), checker)
    rows = [row for row in lent.ledger.rows if row.kind is RepaymentKind.CAPITALISATION]
    schedule = lent.ledger.schedule
    if treatment is MoratoriumTreatment.SERVICED:
        assert rows == []
        assert lent.loan.overdue_paise == 2 * 416_667  # interest was due and nobody paid it
    else:
        days = [date(2026, 12, 5), date(2027, 1, 5)]
        if treatment is MoratoriumTreatment.CAPITALISED_SIMPLE:
            days = days[1:]  # it joins once, at the end
        assert [row.value_date for row in rows] == days
        assert lent.loan.outstanding_paise == schedule[2].opening_paise > 50_000_000
        assert lent.loan.overdue_paise == 0
        assert lent.loan.asset_class is AssetClass.STANDARD
    lent.check_laws()


def test_closing_inside_a_pause_charges_the_interest_that_waits(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(50_000_000, 60, 100_000, date(2026, 11, 5), 0)
    lent = two_people(desk, checker, submitted.application_id, planned)
    lent.post(LoanAct.MORATORIUM, months=3, treatment=MoratoriumTreatment.CAPITALISED_SIMPLE)
    lent.maker.clock.day = date(2027, 1, 10)
    found = quote_foreclosure(QuoteForeclosure(lent.loan_id, lent.today), desk).quote
    assert found.principal_paise == 50_000_000
    assert found.days == 66  # since 5 Nov: nothing of it was paid or has joined
    assert found.accrued_interest_paise == interest_for_days(50_000_000, 100_000, 66, 365)
    lent.post(LoanAct.FORECLOSURE)
    lent.check_laws()
