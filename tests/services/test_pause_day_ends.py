"""Day-ends in a pause: interest joins the principal on its day, once, and nothing is in arrears."""

from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
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
        assert [row.value_date for row in rows] == [date(2026, 12, 5), date(2027, 1, 5)]
        assert lent.loan.outstanding_paise == schedule[2].opening_paise > 50_000_000
        assert lent.loan.overdue_paise == 0
        assert lent.loan.asset_class is AssetClass.STANDARD
    lent.check_laws()
