"""A loan that was paid out takes its first instalment; the book equals a replay."""

from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.disbursement_cases import LENT, accepted, move_on, paid_out

BRANCH = 412


def test_the_first_instalment_after_the_payment(desk, someone, submitted) -> None:
    checker = someone("bela", Role.SUPERVISOR)
    done = paid_out(desk, checker, accepted(desk, checker, submitted))
    with desk.open_book() as book:
        first = book.loans.schedule(BRANCH, done.loan_id)[0]
    move_on(desk, (first.due_date - desk.clock.today()).days)
    due = first.interest_paise + first.principal_paise
    facts = ReceiptFacts(due, PaymentMethod.UPI, reference="412345678901")
    post_repayment(PostRepayment(new_id(desk), done.loan_id, facts), desk)
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, done.loan_id)
        ledger = read_ledger(book, loan)
        assert book.cells.all(BRANCH) == book.cells.counted(BRANCH)
    assert loan.outstanding_paise == LENT - first.principal_paise
    assert settled_rows(ledger, replay_ledger(ledger, desk.clock.today())) == ()
    assert ledger.schedule[0].paid_on == first.due_date
