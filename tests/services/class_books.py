"""A borrower whose branch closes its days: loans, closed days, receipts of any value date."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.services.steps.account_posting import post_to_account
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker, read_ledger
from app.services.steps.reclassify import reclassify
from db.records.day_end import DayEnd
from db.records.loans import Loan, LoanBatch, NpaEntry, Repayment
from db.tables.reference import user_branches
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role


def row_maker(desk: Desk) -> RowMaker:
    return RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())


def close_by_hand(desk: Desk, day: date) -> None:
    """Say that a day is closed, without closing it: `reclassify` then builds what it left out."""
    branch_id = desk.person().branch_id
    with desk.open_book() as book:
        closed = DayEnd(day, desk.clock.now(), supervisor_of(book, branch_id), 0, 0, 0, 0, "{}")
        book.day_ends.add(branch_id, closed)
        book.commit()


def supervisor_of(book: UnitOfWork, branch_id: int) -> UUID:
    """Who closes the days of a branch: PostgreSQL takes them from nobody else."""
    roles = user_branches.c
    query = select(roles.user_id).where(roles.branch_id == branch_id, roles.role == Role.SUPERVISOR)
    return book._connection.execute(query.limit(1)).scalar_one()


def rebuild(desk: Desk, loan: Loan) -> tuple[NpaEntry, ...]:
    with desk.open_book() as book:
        added = reclassify(book, loan, loan.disbursement_date, desk.rulebook(), row_maker(desk))
        book.commit()
    return added


def receive(
    desk: Desk, loan_id: UUID, on: date, amount_paise: int, *, today: date | None = None
) -> tuple[NpaEntry, ...]:
    """Post a receipt and reclassify the borrower where the day lies before a closed one."""
    make = row_maker(desk)
    with desk.open_book() as book:
        added = receive_in(book, desk, (loan_id, on, amount_paise), make, today)
        book.commit()
    return added


def receive_in(
    book: UnitOfWork,
    desk: Desk,
    receipt: tuple[UUID, date, int],
    make: RowMaker,
    today: date | None = None,
) -> tuple[NpaEntry, ...]:
    (loan_id, on, amount_paise), branch = receipt, desk.person().branch_id
    loan = book.accounts.lock(branch, loan_id)
    book.accounts.lock_borrower(branch, loan.customer_id)
    row = Repayment(
        make.new_id(), loan_id, on, make.at, amount_paise, 0, 0, 0, amount_paise,
        read_ledger(book, loan).balance_paise, PaymentMethod.UPI, "UPI1",
        AppropriationOrder.FIFO_IPC, actor_id=make.actor_id,
    )  # fmt: skip
    day = today or desk.clock.today()
    after, _ = post_to_account(book, loan, day, make, LoanBatch(repayments=(row,)))
    return reclassify(book, after, on, desk.rulebook(), make)


def timeline(desk: Desk, loan_id: UUID) -> list[tuple[date, str]]:
    """The newest entry of every business date."""
    branch = desk.person().branch_id
    with desk.read_book() as book:
        entries = book.loans.npa_entries(branch, loan_id)
    ordered = sorted(entries, key=lambda e: (e.business_date, e.recorded_at, e.entry_id.bytes))
    newest = {each.business_date: str(each.asset_class) for each in ordered}
    return sorted(newest.items())
