"""A receipt planned on what is open of an account is the one planned on all of it."""

from collections import Counter
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.services.steps.loan_ledger import (
    RowMaker,
    corrections,
    read_ledger,
    replay_ledger,
    settled_rows,
)
from app.services.steps.open_ledger import Receipt, ledger_to_post
from app.services.steps.receipt_plan import ReceiptEntry, plan_receipt
from app.services.steps.row_posting import book_day
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.conftest import TODAY
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_receipt_laws import CHARGES, RECEIPTS, REVERSALS, SHORT, SIZES, Life

NUMBERS = count(7_001)
EXAMPLES = {"sqlite": 50, "postgresql": 12}
# Days go by and nobody settles what falls due then.
GAPS = st.tuples(st.just("gap"), st.sampled_from([1, 13, 31, 62]), st.just(0))
LIVES = st.lists(st.one_of(RECEIPTS, RECEIPTS, REVERSALS, CHARGES, GAPS), min_size=2, max_size=7)
# Mostly of today: what is back-dated is read whole.
ENTRIES = st.tuples(SIZES, st.sampled_from([0, 0, 0, 1, 20]), st.sampled_from(AppropriationOrder))


def entry(of: tuple[int, int, AppropriationOrder], today) -> ReceiptEntry:
    amount, back, policy = of
    on = today - timedelta(days=back)
    return ReceiptEntry(amount, on, PaymentMethod.UPI, "431277881200", policy)


def told(ledger, wanted, desk) -> dict[str, object]:
    """Everything that a plan on this ledger would write and show."""
    today = desk.clock.today()
    made = count(1 << 127)
    make = RowMaker(lambda: UUID(int=next(made)), desk.person().user_id, desk.clock.now())
    plan = plan_receipt(ledger, wanted, today, make)
    after = plan.ledger_after
    state = replay_ledger(after, today)
    following = state.next_due(today)
    return {
        "row": plan.row,
        "left": plan.left_paise,
        "moved": plan.moved,
        "instalments": settled_rows(after, state),
        "corrections": [
            (row.kind, row.value_date, row.corrects_id, row.principal_paise, row.interest_paise,
             row.excess_paise, row.balance_after_paise)
            for row in corrections(after, state, make)
        ],
        "next": following and (following.due.number, following.left_paise),
        "oldest": [one.oldest_unpaid_due(today) for one in (plan.before, plan.after)],
        "overdue": [one.overdue_paise(today) for one in (plan.before, plan.after)],
        "owed": [
            (one.principal_left_paise, one.advance_paise, one.charges_due_paise)
            for one in (plan.before, plan.after)
        ],
    }  # fmt: skip


def both(desk, loan, wanted):
    """The same receipt on the ledger that a posting reads and on the whole one."""
    with desk.read_book() as book:
        stands = book.loans.get(loan.branch_id, loan.loan_id)
        day = book_day(book, loan.branch_id, desk)
        short = ledger_to_post(book, stands, Receipt(wanted.value_date, desk.clock.now()), day)
        whole = read_ledger(book, stands)
    return short, told(short, wanted, desk), told(whole, wanted, desk)


@pytest.fixture
def people(desk, someone, submitted):
    two = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    return two, someone("meera", Role.SUPERVISOR), submitted.application_id


def test_both_plan_the_same_after_any_life(people, request) -> None:
    desk, checker, application_id = people
    engine = "postgresql" if "postgresql" in request.node.name else "sqlite"
    ways = Counter()

    @settings(
        max_examples=EXAMPLES[engine], deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(LIVES, ENTRIES)
    def lives(steps, last) -> None:
        desk.clock.day = TODAY
        loan = running_loan(desk, checker, application_id, SHORT, next(NUMBERS))
        life = Life(desk, checker, loan)
        for name, size, back in steps:
            if name == "gap":
                desk.clock.day += timedelta(days=size)
            else:
                getattr(life, name)(size, back)
        if not life.is_open():
            return
        short, seen, expected = both(desk, loan, entry(last, desk.clock.today()))
        assert seen == expected
        ways[short.carried is None] += 1

    lives()
    assert ways[False] > EXAMPLES[engine] // 5  # the short way is taken often
    assert ways[True] > 0


def test_an_advance_meets_what_fell_due_since(people) -> None:
    desk, checker, application_id = people
    loan = running_loan(desk, checker, application_id, SHORT, next(NUMBERS))
    Life(desk, checker, loan).receipt(430_000, 0)
    desk.clock.day += timedelta(days=62)
    wanted = entry((90_000, 0, AppropriationOrder.FIFO_IPC), desk.clock.today())
    short, seen, expected = both(desk, loan, wanted)
    assert short.carried is not None
    assert short.carried.advance_paise > 0
    assert seen == expected
    assert len(seen["corrections"]) > 0


def test_what_is_back_dated_is_read_whole(people) -> None:
    desk, checker, application_id = people
    loan = running_loan(desk, checker, application_id, SHORT, next(NUMBERS))
    Life(desk, checker, loan).receipt(90_000, 0)
    wanted = entry((90_000, 1, AppropriationOrder.FIFO_IPC), desk.clock.today())
    short, seen, expected = both(desk, loan, wanted)
    assert short.carried is None
    assert seen == expected


def test_a_long_loan_is_not_read_to_its_end(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(months=240, paid=9)
    loan = running_loan(desk, checker, submitted.application_id, planned)
    wanted = entry((90_000, 0, AppropriationOrder.FIFO_IPC), desk.clock.today())
    short, seen, expected = both(desk, loan, wanted)
    assert seen == expected
    assert len(short.schedule) == 4  # three in arrears and the next one
