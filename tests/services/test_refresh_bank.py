"""The bank's summaries follow the branches' when somebody looks, and only then."""

from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.refresh_bank import refresh_bank
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

YOUNG = LoanPlanned(1_200_000, 6, 120_000, date(2026, 11, 16), paid=0)


def test_what_moved_is_added_up_once(desk, someone, submitted) -> None:
    supervisor = someone("meera", Role.SUPERVISOR)
    running_loan(desk, supervisor, submitted.application_id, YOUNG)
    assert "repayment_cells" in refresh_bank(supervisor)
    assert refresh_bank(supervisor) == ()
    close_day(CloseDay(desk.clock.today()), supervisor)
    assert "security_cells" in refresh_bank(supervisor)
    with supervisor.read_book() as book:
        assert book.roll_up.differences() == {}


def test_who_may_not_look_adds_nothing_up(desk, someone) -> None:
    with pytest.raises(Refused):
        refresh_bank(someone("kiran", Role.COLLECTIONS))
