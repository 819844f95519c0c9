from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.steps.monitor_scope import MonitorScope, branch_of, look_up
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived, at_day, lend
from tests.services.running_loans import LoanPlanned


@pytest.fixture
def closed(kept, customer_form, application_form):
    """A book closed from 28 March to 2 May: two month ends are kept."""
    desk, checker = kept(close_two_month_ends, (customer_form, application_form))
    return at_day(desk, date(2026, 5, 4)).acting(checker)


def close_two_month_ends(desk, forms):
    early = at_day(desk, date(2026, 3, 28))
    maker = arrived(early, BRANCH, "maker", Role.OFFICER)
    checker = arrived(early, BRANCH, "checker", Role.SUPERVISOR)
    plan = LoanPlanned(disbursed_on=date(2026, 3, 28), paid=0)
    lend(maker, checker, forms, plan, 1001)
    close_day(CloseDay(date(2026, 5, 2)), at_day(checker, date(2026, 5, 4)))
    return checker.person()


def test_the_latest_day_end_and_the_kept_month_ends(closed) -> None:
    with closed.read_book() as book:
        latest = look_up(MonitorScope(), closed, book)
        assert (latest.as_of, latest.latest) == (date(2026, 5, 2), date(2026, 5, 2))
        assert latest.month_ends == (date(2026, 4, 30), date(2026, 3, 31))
        assert latest.before == date(2026, 4, 30)
        assert latest.cut.present
        past = look_up(MonitorScope(as_of=date(2026, 3, 31)), closed, book)
        assert (past.cut.present, past.before) == (False, None)
        kept = latest.cut_at(date(2026, 3, 31))
        assert kept == past.cut
        with pytest.raises(Refused, match="or a month end from 31 Mar 2026 on"):
            look_up(MonitorScope(as_of=date(2026, 4, 29)), closed, book)


def test_the_branch_is_ones_own_unless_another_or_the_bank_is_asked_for(closed) -> None:
    assert branch_of(MonitorScope(), closed) == BRANCH
    assert branch_of(MonitorScope(branch_id=413), closed) == 413
    assert branch_of(MonitorScope(whole_bank=True), closed) is None
    with pytest.raises(Refused, match="Sign in first"):
        branch_of(MonitorScope(), closed.without_actor())
