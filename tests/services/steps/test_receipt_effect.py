"""A plan in the words of people, and back from what the book keeps of an answer."""

from datetime import date

from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker, read_ledger
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.receipt_effect import ReceiptEffect, borrower_today, effect_in, rows_moved
from app.services.steps.receipt_plan import ReceiptEntry, plan_receipt
from app.services.steps.row_posting import BookDay
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import AssetClass, PaymentMethod
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan


def test_an_effect_survives_the_book(desk, someone, submitted) -> None:
    planned = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=11)
    checker = someone("meera", Role.SUPERVISOR)
    loan, today = running_loan(desk, checker, submitted.application_id, planned), date(2026, 11, 23)
    make = RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())
    entry = ReceiptEntry(100, today, PaymentMethod.CASH, "", AppropriationOrder.FIFO_IPC)
    with desk.read_book() as book:
        plan = plan_receipt(read_ledger(book, loan), entry, today, make)
        effect = effect_in(book, plan, BookDay(today, None), desk.rulebook())
        tomorrow = effect_in(book, plan, BookDay(today, today), desk.rulebook())
    assert (effect.dues_before, effect.dues_after, effect.moved_receipts) == (1, 1, 0)
    assert effect.after.asset_class is AssetClass.SMA_0
    assert effect.before.cure_paise - effect.after.cure_paise == 100
    assert tomorrow.after.days_past_due == effect.after.days_past_due + 1
    assert from_plain(ReceiptEffect, to_plain(effect)) == effect
    (told,) = rows_moved([plan.row])
    assert (told.repayment_id, told.split) == (plan.row.repayment_id, effect.split)


def test_other_open_loans_of_the_borrower_count(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned())
    with desk.read_book() as book:
        rows = book.loans.of_customer(loan.branch_id, loan.customer_id)
    assert borrower_today(rows, loan).others_overdue_paise == 0  # itself is no other
    other = rows[0]._replace(
        loan_id=new_id(desk), overdue_paise=700, oldest_unpaid_due=date(2026, 9, 5)
    )
    seen = borrower_today((*rows, other), loan)
    assert (seen.others_overdue_paise, seen.others_oldest_due) == (700, date(2026, 9, 5))
