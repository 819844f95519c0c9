"""Accounts, acts and cells: written, read back, in conflict, and of a book that was older."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from db.migrations import runner
from db.records.loans import Instalment, LoanActRecord, LoanBatch, NpaEntry, ScheduleVersion
from db.records.refusals import BookDamaged, NotFound, VersionConflict
from db.tables.loan_account import portfolio_cells
from db.vocabulary.loan_account import ActState, DpdBucket, LoanAct
from db.vocabulary.loan_life import AssetClass, LoanStatus, ProvisionSegment
from db.vocabulary.people import Role

BRANCH = 412
DAY = date(2026, 3, 5)
AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
PAID_OUT = "ALTER TABLE loans DISABLE TRIGGER USER"  # these loans were not paid out by anybody


@pytest.fixture
def loan(unguarded, book, samples, make_loan):
    new = samples.customer()
    book.customers.add(new)
    application = samples.application(new.customer)
    book.applications.add(application)
    made = make_loan(application, overdue_paise=9_000, dpd_bucket=DpdBucket.TO_30)
    unguarded.loans.add_many(BRANCH, LoanBatch((made,), schedule_of(made, 3)))
    return made


def schedule_of(loan, count: int, first: int = 1, principal: int = 90) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(loan.loan_id, n, date(2026, 2 + n, 5), 500, 10, principal, 400)
        for n in range(first, first + count)
    )


def test_a_loan_is_rewritten_once_from_the_version_that_was_read(book, loan) -> None:
    read = book.accounts.lock(BRANCH, loan.loan_id)
    assert read == loan
    after = book.accounts.update(replace(read, advance_paise=5))
    assert (
        after == book.loans.get(BRANCH, loan.loan_id) == replace(loan, advance_paise=5, version=2)
    )
    with pytest.raises(VersionConflict):
        book.accounts.update(read)
    with pytest.raises(NotFound):
        book.accounts.lock(BRANCH, UUID(int=9))


def test_what_is_paid_of_an_instalment_is_written(book, loan) -> None:
    first, second, third = book.loans.schedule(BRANCH, loan.loan_id)
    paid = replace(second, paid_interest_paise=10, paid_principal_paise=90, paid_on=DAY)
    book.accounts.settle(BRANCH, [paid], [second])
    assert book.loans.schedule(BRANCH, loan.loan_id) == (first, paid, third)


def test_a_new_schedule_keeps_the_instalments_it_replaces(unguarded, loan) -> None:
    book = unguarded
    old = book.loans.schedule(BRANCH, loan.loan_id)
    new = schedule_of(loan, 4, first=2, principal=45)
    version = ScheduleVersion(loan.loan_id, 2, DAY, 55, 100_000, 5, "[]", AT)
    book.accounts.replace_schedule(BRANCH, version, new)
    assert book.loans.schedule(BRANCH, loan.loan_id) == (old[0], *new)
    assert book.accounts.past_schedule(BRANCH, loan.loan_id, 1) == old[1:]
    assert book.accounts.versions(BRANCH, loan.loan_id) == (version,)


def test_an_act_waits_and_is_decided_once(book, samples, loan) -> None:
    maker = samples.user("ravi")
    supervisor = frozenset({Role.SUPERVISOR})
    checker = samples.user("meera", user_id=samples.new_id(), roles=supervisor)
    book.users.add(maker)
    book.users.add(checker)
    asked = LoanActRecord(
        samples.new_id(), LoanAct.WRITE_OFF, loan.application_id, loan.loan_id, DAY,
        ActState.PROPOSED, "{}", "{}", "{}", "", "", maker.user_id, AT, 1,
    )  # fmt: skip
    book.accounts.add(BRANCH, LoanBatch(acts=(asked,)))
    assert book.acts.waiting(BRANCH) == (asked,)
    decided = replace(asked, state=ActState.DECLINED, checker_id=checker.user_id, decided_at=AT)
    after = book.acts.decide(BRANCH, decided)
    assert after == book.acts.get(BRANCH, asked.act_id)
    assert book.acts.of(BRANCH, application_id=loan.application_id) == (after,)
    assert book.acts.waiting(BRANCH) == ()
    with pytest.raises(VersionConflict):
        book.acts.decide(BRANCH, decided)
    with pytest.raises(NotFound):
        book.acts.get(BRANCH, UUID(int=9))


def test_a_loan_moves_between_cells_and_a_closed_one_leaves(book, loan) -> None:
    book.cells.move(None, loan)
    (cell,) = book.cells.all(BRANCH)
    assert (cell.loans, cell.outstanding_paise, cell.overdue_paise) == (1, 90_000, 9_000)
    late = replace(loan, dpd_bucket=DpdBucket.TO_60, outstanding_paise=80_000)
    book.cells.move(loan, late)
    (cell,) = book.cells.all(BRANCH)
    assert (cell.dpd_bucket, cell.outstanding_paise) == (DpdBucket.TO_60, 80_000)
    book.cells.move(late, replace(late, status=LoanStatus.CLOSED, outstanding_paise=0))
    assert book.cells.all(BRANCH) == ()
    book.cells.rebuild(BRANCH)
    assert book.cells.all(BRANCH) == book.cells.counted(BRANCH) != ()


def test_a_loan_that_stands_in_no_cell_is_not_taken_out_of_one(book, loan) -> None:
    with pytest.raises(BookDamaged):
        book.cells.move(loan, replace(loan, overdue_paise=0))
    assert book._connection.execute(portfolio_cells.select()).all() == []


def test_an_older_book_gets_segments_buckets_provisions_and_cells(
    engine, open_book, samples, make_loan, shipped
) -> None:
    with open_book() as book:
        if engine.dialect.name == "postgresql":
            book._connection.exec_driver_sql(PAID_OUT)
        new = samples.customer()
        book.customers.add(new)
        application = samples.application(new.customer)
        book.applications.add(application)
        late = make_loan(
            application, product_code="HOME_PURCHASE", overdue_paise=9_000,
            oldest_unpaid_due=date(2026, 1, 5),
        )  # fmt: skip
        closed = make_loan(application, 1002, status=LoanStatus.CLOSED, oldest_unpaid_due=None)
        entry = NpaEntry(
            samples.new_id(), late.loan_id, DAY, AT, AssetClass.STANDARD, None, None, 77, "day-end"
        )
        book.loans.add_many(BRANCH, LoanBatch((late, closed), npa_entries=(entry,)))
        book.commit()
    runner.downgrade(engine, "0007")
    runner.upgrade(engine, shipped)
    with open_book() as book:
        lifted = book.loans.get(BRANCH, late.loan_id)
        assert lifted.provision_segment is ProvisionSegment.HOUSING
        assert lifted.dpd_bucket is DpdBucket.TO_60  # 5 January to 5 March are 60 days
        assert lifted.provision_paise == 77
        assert book.loans.get(BRANCH, closed.loan_id).dpd_bucket is DpdBucket.NONE
        assert book.cells.all(BRANCH) == book.cells.counted(BRANCH)
        assert [cell.loans for cell in book.cells.all(BRANCH)] == [1]
