"""A planted difference is found, put right and told in the audit trail."""

from datetime import date

import pytest
from sqlalchemy import text

from app.services.close_day import CloseDay, close_day
from app.services.reconcile_summaries import reconcile_summaries
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role
from tests.services.conftest import BRANCH
from tests.services.running_loans import LoanPlanned, running_loan

PLANTED = (
    "UPDATE repayment_cells SET on_time = on_time + 1 WHERE grain = 'M'",
    "UPDATE vintage_cells SET loans = loans + 1",
    "UPDATE portfolio_cells SET overdue_paise = overdue_paise + 1",
)

YOUNG = LoanPlanned(1_200_000, 6, 120_000, date(2026, 11, 16), paid=0)


@pytest.fixture
def supervisor(desk, someone, submitted):
    both = someone("meera", Role.SUPERVISOR)
    running_loan(desk, both, submitted.application_id, YOUNG)
    close_day(CloseDay(desk.clock.today()), both)
    return both


def test_summaries_that_agree_are_left_alone(supervisor) -> None:
    with supervisor.read_book() as book:
        before = len(book.audit.entries(BRANCH))
    assert reconcile_summaries(supervisor).differed == {}
    with supervisor.read_book() as book:
        assert len(book.audit.entries(BRANCH)) == before


def test_a_planted_difference_is_found_and_told(supervisor) -> None:
    with supervisor.open_book() as book:
        for statement in PLANTED:
            book._connection.execute(text(statement))
        book.commit()
    done = reconcile_summaries(supervisor)
    assert done.differed.keys() == {"repayment_cells", "vintage_cells", "portfolio_cells"}
    assert reconcile_summaries(supervisor).differed == {}
    with supervisor.read_book() as book:
        assert book.audit.entries(BRANCH)[-1].act == "cells_differed"


def test_an_officer_reconciles_nothing(desk) -> None:
    with pytest.raises(Refused):
        reconcile_summaries(desk)
