"""Desks for the monitor's tests: somebody who may see it, and books in a rare state."""

from app.services.steps.desk import Desk
from db.vocabulary.people import Role
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived, at_day, lend


def analyst_of(desk: Desk) -> Desk:
    """Somebody who may see the monitor, at the same book and day."""
    return arrived(desk, BRANCH, "analyst", Role.RISK_ANALYST)


def one_loan(desk: Desk, forms, plan, day) -> Desk:
    """A book of one loan, seen by the analyst on that day."""
    early = at_day(desk, plan.disbursed_on)
    maker = arrived(early, BRANCH, "maker", Role.OFFICER)
    checker = arrived(early, BRANCH, "checker", Role.SUPERVISOR)
    lend(at_day(maker, day), at_day(checker, day), forms, plan, 1001)
    return analyst_of(at_day(desk, day))
