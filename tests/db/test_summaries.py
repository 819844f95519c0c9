"""Summaries beside the rows they are counted from; what differs is found; the bank is the sum."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, literal, select, update

from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.closing_terms import closing_terms
from db.migrations import runner
from db.records.monitor import FigureTerms
from db.records.summaries import SummaryTerms
from db.repositories import bank_roll_up
from db.repositories.month_end_counts import MONTH_END_CELLS, MONTH_END_SUMS, ROLLS
from db.repositories.position_counts import BAND, COLLATERAL, POSITIONS
from db.repositories.summary_counts import MONTHS, REPAYMENTS, VINTAGES
from db.repositories.vintages import whole_months
from db.tables.loan_account import portfolio_cells
from db.tables.monitor import BANK, first_bads
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import State
from tests.db.portfolio_book import AS_OF, BRANCH, SmallBook

OTHER = 7
DAYS = 31
TERMS = SummaryTerms(AS_OF, DAYS, FigureTerms((500_000, 900_000), (10_000_000,)))
DAY_END_ONLY = {"first_bads"}
OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)


@pytest.fixture
def small(unguarded, samples, make_loan) -> SmallBook:
    made = SmallBook(samples, make_loan)
    made.write(unguarded)
    return made


@pytest.fixture
def kept(unguarded, small, shipped):
    """The book with all its summaries, one month end kept after another."""
    unguarded.cells.rebuild(BRANCH)
    unguarded.summaries.rebuild(BRANCH, TERMS)
    before = AS_OF.replace(day=1) - timedelta(days=1)
    rulebook = Rulebook(parse_rule_rows(shipped.rule_rows), parse_products(shipped.products))
    for day in (before, AS_OF):
        unguarded.closing.sums.snapshot(BRANCH, closing_terms(day, rulebook))
        unguarded.summaries.close_month(BRANCH, SummaryTerms(day, DAYS, TERMS.figures))
    unguarded.summaries.positions.count(BRANCH, TERMS)  # as the next day-end does
    return unguarded


def rows(book, table, branch_id: int = BRANCH) -> list[dict]:
    found = book._connection.execute(select(table).where(table.c.branch_id == branch_id))
    return [dict(row) for row in found.mappings()]


def test_what_is_added_moves_the_summaries(unguarded, small) -> None:
    found = unguarded.summaries.differences(BRANCH, TERMS)
    assert found.keys() == DAY_END_ONLY
    unguarded.summaries.rebuild(BRANCH, TERMS)
    assert unguarded.summaries.differences(BRANCH, TERMS) == {}


def test_dues_and_receipts_are_those_of_the_rows(kept, small) -> None:
    cells = rows(kept, REPAYMENTS.table)
    product = {loan.loan_id: loan.product_code for loan in small.loans}
    dues = {(row["starts_on"], row["product_code"]): row for row in cells if row["grain"] == "D"}
    asked = [(each.due_date, product[each.loan_id], each) for each in small.instalments]
    assert dues.keys() == {each[:2] for each in asked}
    for (day, code), row in dues.items():
        own = [each for on, its, each in asked if (on, its) == (day, code)]
        assert row["method"] == ""
        assert row["dues"] == len(own)
        assert row["due_paise"] == 100 * len(own)
        assert row["on_time"] == sum(e.paid_on is not None and e.paid_on <= day for e in own)
        assert row["late"] == sum(e.paid_on is not None and e.paid_on > day for e in own)
        assert row["unpaid"] == sum(e.paid_on is None for e in own)
        assert row["paid_paise"] == sum(e.paid_interest_paise + e.paid_principal_paise for e in own)
    receipts = Counter(
        (each.value_date.replace(day=1), product[each.loan_id], str(each.method))
        for each in small.repayments
    )
    came = {
        (row["starts_on"], row["product_code"], row["method"]): (
            row["receipts"],
            row["received_paise"],
        )
        for row in cells
        if row["method"]
    }
    assert came == {key: (count, 1115 * count) for key, count in receipts.items()}


def test_a_loan_is_bad_from_its_first_due_that_stays_unpaid(kept, small) -> None:
    found = {row["loan_id"]: row for row in rows(kept, first_bads)}
    wait = timedelta(days=DAYS - 1)
    for loan in small.loans:
        bad = [
            each.due_date + wait
            for each in small.instalments
            if each.loan_id == loan.loan_id
            and each.due_date + wait <= AS_OF
            and (each.paid_on is None or each.paid_on > each.due_date + wait)
        ]
        assert (loan.loan_id in found) == bool(bad)
        if bad:
            assert found[loan.loan_id]["first_bad_on"] == min(bad)
            months = whole_months(loan.disbursement_date, min(bad))
            assert found[loan.loan_id]["months_on_book"] == months
    cells = rows(kept, VINTAGES.table)
    assert sum(row["loans"] for row in cells) == len(small.loans)
    assert sum(row["principal_paise"] for row in cells) == sum(
        e.principal_paise for e in small.loans
    )
    assert sum(row["bad_loans"] for row in cells) == len(found) > 0


def test_every_open_loan_stands_in_one_band_and_under_each_kind(kept, small) -> None:
    cells = rows(kept, POSITIONS.table)
    open_loans = [loan for loan in small.loans if loan.status in OPEN]
    owned = {each.application_id: each.collateral for each in small.applications}
    bands = [row for row in cells if row["figure"] == BAND]
    assert sum(row["loans"] for row in bands) == len(open_loans) > 0
    assert sum(row["amount_paise"] for row in bands) == sum(e.outstanding_paise for e in open_loans)
    worth = Counter[str]()
    for loan in open_loans:
        for each in owned[loan.application_id]:
            worth[str(each.collateral_type)] += each.value_paise
    kinds = [row for row in cells if row["figure"] == COLLATERAL]
    assert worth
    assert {row["part"] for row in kinds} == worth.keys()
    assert sum(row["amount_paise"] for row in kinds) == worth.total()


def test_counts_hold_until_a_cell_of_the_branch_moves(kept, small) -> None:
    positions = kept.summaries.positions
    assert positions.holding(BRANCH) == {BRANCH: AS_OF} == positions.holding(None)
    assert positions.holding(OTHER) == {}  # never counted
    loan = next(each for each in small.loans if each.status in OPEN)
    kept.cells.move(loan, replace(loan, outstanding_paise=loan.outstanding_paise + 1))
    assert positions.holding(BRANCH) == {} == positions.holding(None)
    assert positions.differences(BRANCH, TERMS) == 0  # they claim nothing
    positions.count(BRANCH, TERMS)
    assert positions.holding(BRANCH) == {BRANCH: AS_OF}
    kept.cells.rebuild(BRANCH)
    assert positions.holding(BRANCH) == {}


PLANTED = [*bank_roll_up.TABLES]


@pytest.mark.parametrize(
    "table", [each for each in PLANTED if each is not MONTH_END_CELLS], ids=lambda t: t.table.name
)
def test_a_planted_difference_is_found_and_put_right(kept, table) -> None:
    column = table.table.c[table.sums[-1]]
    one = rows(kept, table.table)[0]
    same = [key == one[key.name] for key in table.table.primary_key.columns]
    kept._connection.execute(update(table.table).where(*same).values({column: column + 1}))
    if table.table is portfolio_cells:
        assert kept.cells.differences(BRANCH) == 1
        kept.cells.rebuild(BRANCH)
    else:
        assert kept.summaries.differences(BRANCH, TERMS) == {table.table.name: 1}
        kept.summaries.rebuild(BRANCH, TERMS)
    assert kept.cells.differences(BRANCH) == 0
    assert kept.summaries.differences(BRANCH, TERMS) == {}


def test_the_bank_is_the_sum_of_its_branches(kept) -> None:
    assert set(kept.roll_up.refresh()) == {each.table.name for each in PLANTED}
    assert kept.roll_up.differences() == {}
    assert kept.roll_up.refresh() == ()
    for each in PLANTED:  # a second branch with the same cells
        names = [
            column.name for column in each.table.c if column.name not in ("branch_id", "rolled")
        ]
        again = select(literal(OTHER), *(each.table.c[name] for name in names))
        again = again.where(each.table.c.branch_id == BRANCH)
        kept._connection.execute(insert(each.table).from_select(["branch_id", *names], again))
    assert set(kept.roll_up.refresh()) == {each.table.name for each in PLANTED}
    assert kept.roll_up.differences() == {}
    for each in (MONTHS, ROLLS, MONTH_END_SUMS, REPAYMENTS):
        name = each.sums[0]
        own = sum(row[name] for row in rows(kept, each.table))
        assert sum(row[name] for row in rows(kept, each.table, BANK)) == 2 * own > 0
    assert 0 < len(rows(kept, portfolio_cells, BANK)) <= len(rows(kept, portfolio_cells))


def test_a_moved_cell_makes_only_its_own_day_stale(kept) -> None:
    kept.roll_up.refresh()
    table = REPAYMENTS.table
    kept._connection.execute(
        update(table)
        .where(table.c.branch_id == BRANCH, table.c.grain == "D", table.c.starts_on == AS_OF)
        .values(dues=table.c.dues + 1, rolled=0)
    )
    moved = [row for row in rows(kept, table) if row["rolled"] == 0]
    assert {row["starts_on"] for row in moved} == {AS_OF}
    assert kept.roll_up.refresh() == ("repayment_cells",)
    assert kept.roll_up.differences() == {}


def test_a_wrong_row_of_the_bank_is_found(kept) -> None:
    kept.roll_up.refresh()
    table = MONTHS.table
    one = rows(kept, table, BANK)[0]
    kept._connection.execute(
        update(table)
        .where(table.c.branch_id == BANK, table.c.month == one["month"],
               table.c.product_code == one["product_code"])
        .values(decided=table.c.decided + 1)
    )  # fmt: skip
    assert kept.roll_up.differences() == {"month_cells": 1}


def test_a_customer_who_moves_takes_the_loans_to_the_cells_of_another_state(kept, small) -> None:
    moved = replace(small.new, customer=replace(small.new.customer, state=State.KERALA))
    assert {cell.state for cell in kept.cells.all(BRANCH)} == {str(small.new.customer.state)}
    kept.customers.update(moved, small.new.customer.version)
    assert {cell.state for cell in kept.cells.all(BRANCH)} == {str(State.KERALA)}
    assert kept.cells.differences(BRANCH) == 0


def early_paise(engine) -> int:
    """What the cells of the branch say was paid early."""
    own = REPAYMENTS.table.c
    with engine.connect() as connection:
        query = select(func.sum(own.prepaid_paise)).where(own.branch_id == BRANCH)
        return int(connection.execute(query).scalar())


def test_an_older_book_learns_of_early_money_that_came_back(
    engine, open_book, samples, make_loan, shipped
) -> None:
    small = SmallBook(samples, make_loan)
    kept, gone = (replace(each, kind=RepaymentKind.PREPAYMENT) for each in small.repayments[:2])
    parts = ("amount_paise", "interest_paise", "principal_paise", "charges_paise", "excess_paise")
    back = replace(
        gone,
        repayment_id=samples.new_id(),
        kind=RepaymentKind.REVERSAL,
        reverses_id=gone.repayment_id,
        **{name: -getattr(gone, name) for name in parts},
    )
    small.repayments[:2] = [kept, gone, back]
    with open_book() as book:
        if engine.dialect.name == "postgresql":
            book._connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        small.write(book)
        book.commit()
    assert early_paise(engine) == kept.amount_paise
    runner.downgrade(engine, "0019")
    assert early_paise(engine) == kept.amount_paise + gone.amount_paise
    runner.upgrade(engine, shipped)
    assert early_paise(engine) == kept.amount_paise
    with open_book() as book:
        assert book.summaries.differences(BRANCH, TERMS).keys() == DAY_END_ONLY


def test_an_older_book_gets_its_summaries(engine, open_book, samples, make_loan, shipped) -> None:
    with open_book() as book:
        if engine.dialect.name == "postgresql":
            book._connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        SmallBook(samples, make_loan).write(book)
        book.cells.rebuild(BRANCH)
        book.commit()
    runner.downgrade(engine, "0013")
    runner.upgrade(engine, shipped)
    with open_book() as book:
        last = book.day_ends.last_closed(BRANCH)
        terms = SummaryTerms(last, 90, FigureTerms())
        assert book.summaries.differences(BRANCH, terms) == {}
        assert book.summaries.positions.holding(BRANCH) == {}  # the first look counts
        assert book.cells.differences(BRANCH) == 0
        assert sum(row["dues"] for row in rows(book, REPAYMENTS.table)) == 2 * 160
