"""A branch with one loan that turns NPA, and the people who watch it."""

from dataclasses import dataclass
from datetime import date

from app.services.close_day import CloseDay, close_day
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_alerts import AlertsWatched, watch_alerts
from db.records.loans import Loan
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived, at_day, lend
from tests.services.running_loans import LoanPlanned

PLAN = LoanPlanned(20_000_000, 24, 120_000, date(2025, 11, 9), paid=0)
BEGIN = date(2026, 3, 7)  # the first due, of 9 December, turns 90 days late


@dataclass
class AlertBook:
    """The loan, and two people on a day that a test moves."""

    checker: Desk
    officer: Desk
    loan: Loan

    def close(self, day: date) -> None:
        self.checker, self.officer = at_day(self.checker, day), at_day(self.officer, day)
        close_day(CloseDay(day), self.checker)

    def pay(self, paise: int) -> None:
        facts = ReceiptFacts(paise, PaymentMethod.UPI, None, "512345678901")
        post_repayment(PostRepayment(new_id(self.officer), self.loan.loan_id, facts), self.officer)

    def alerts(self) -> AlertsWatched:
        return watch_alerts(MonitorScope(), self.checker)


def alert_book(desk: Desk, forms) -> AlertBook:
    """The book on the eve of its first alert."""
    early = at_day(desk, BEGIN)
    officer = arrived(early, BRANCH, "maker", Role.OFFICER)
    checker = arrived(early, BRANCH, "checker", Role.SUPERVISOR)
    loan = lend(officer, checker, forms, PLAN, 1001)
    close_by_hand(checker, date(2026, 3, 6))
    return AlertBook(checker, officer, loan)
