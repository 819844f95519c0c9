"""The set-based list equals one loan after the other, counted by the rules from its schedule."""

from itertools import takewhile

from app.rules.follow_up import LateDue, PaymentFacts, payment_signs
from app.services.steps.follow_up_lines import followed_book
from db.records.lists import LoanFilter, Viewer
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import EarlyWarningTrigger as Trigger
from tests.services.sample_desks import small_sandbox

OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
FROM_THE_SCHEDULE = (Trigger.LATE_STREAK, Trigger.DPD_JUMP, Trigger.SMA1_CROSSED)


def _paid(signals) -> tuple:
    """What follows from the schedule alone; promises, contacts and scores have tests apart."""
    return tuple(each for each in signals if each.trigger in FROM_THE_SCHEDULE)


def is_clean(row) -> bool:
    return row.paid_on is not None and row.paid_on <= row.due_date


def test_the_list_equals_every_loan_counted_alone(request) -> None:
    desk, _ = small_sandbox(request)
    branch_id, today = desk.person().branch_id, desk.clock.today()
    wanted = {}
    with desk.read_book() as book:
        followed = followed_book(book, branch_id, desk.rulebook(), today)
        page = book.loans.find(Viewer(branch_id, None, today), LoanFilter(), 1_000)
        for row in page.rows:
            if row.status not in OPEN:
                continue
            due = [
                each
                for each in book.loans.schedule(branch_id, row.loan_id)
                if each.due_date <= followed.as_of and each.interest_paise + each.principal_paise
            ]
            run = list(takewhile(lambda each: not is_clean(each), reversed(due)))
            late = [LateDue(each.due_date, each.paid_on) for each in reversed(run)]
            facts = PaymentFacts(row.oldest_unpaid_due, late)
            signs = payment_signs(facts, desk.rulebook(), followed.as_of)
            if signs or row.oldest_unpaid_due is not None:
                wanted[row.loan_id] = signs
    assert len(wanted) > 10
    found = {line.loan.loan_id: _paid(line.facts.signals) for line in followed.lines}
    assert {key: signs for key, signs in found.items() if signs or key in wanted} == wanted
    weights = [line.order.weight for line in followed.lines]
    assert weights == sorted(weights, reverse=True)
