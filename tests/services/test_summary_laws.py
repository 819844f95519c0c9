"""Summaries equal a count of the books after any acts and day-ends, on both engines."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.services.close_day import CloseDay, close_day
from app.services.steps.desk import Desk
from app.services.steps.summary_terms import summary_terms
from db.tables.monitor import first_bads
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople
from tests.services.conftest import BRANCH, TODAY
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_receipt_laws import Life

SHORT = LoanPlanned(1_200_000, 6, 120_000, date(2026, 7, 5), paid=3)  # one due is open
LATE = LoanPlanned(1_200_000, 12, 120_000, date(2026, 6, 5), paid=1)  # four dues are open
NEARLY = LoanPlanned(1_200_000, 12, 120_000, date(2026, 6, 28), paid=1)  # bad in two days
NUMBERS = count(2_001)
ONE_DAY = timedelta(days=1)
CLOSED = ("close", 1, 0)
SMA = (AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2)
WANTED = ("receipt", "reversal", "close", "write_off", "never bad after all")
EXAMPLES = {"sqlite": 10, "postgresql": 4}
SIZES = st.sampled_from([1, 90_000, 207_000, 430_000, 900_000])
RECEIPTS = st.tuples(st.just("receipt"), SIZES, st.sampled_from([0, 2, 7]))
REVERSALS = st.tuples(st.just("reversal"), st.integers(0, 9), st.just(0))
CLOSINGS = st.tuples(st.just("close"), st.sampled_from([1, 4, 31]), st.just(0))
WRITE_OFFS = st.tuples(st.just("write_off"), st.just(0), st.just(0))
LIVES = st.lists(
    st.one_of(RECEIPTS, RECEIPTS, REVERSALS, CLOSINGS, WRITE_OFFS), min_size=4, max_size=7
)


@dataclass
class Branch:
    """A desk that closes days, and the lives of its loans."""

    life: Life
    supervisor: Desk
    done: Counter[str] = field(default_factory=Counter)

    def receipt(self, size: int, back: int) -> None:
        before, bad = len(self.life.standing), self.is_bad()
        self.life.receipt(size, back)
        self.done["receipt"] += len(self.life.standing) - before
        self.done["never bad after all"] += bad and not self.is_bad()

    def reversal(self, place: int, back: int) -> None:
        before = len(self.life.standing)
        if self.life.is_open():
            self.life.reversal(place, back)
        self.done["reversal"] += before - len(self.life.standing)

    def close(self, days: int, _back: int) -> None:
        clock = self.life.desk.clock
        clock.day += timedelta(days=days)
        closed = close_day(CloseDay(clock.day), self.supervisor)
        assert [each.cells_differed for each in closed.days] == [0] * len(closed.days)
        self.done["close"] += 1

    def is_bad(self) -> bool:
        """Whether its cohort counts the loan for good, unless a back-dated entry says otherwise."""
        own = first_bads.c.loan_id == self.life.loan.loan_id
        with self.supervisor.read_book() as book:
            return bool(book._connection.execute(select(first_bads).where(own)).all())

    def write_off(self, _size: int, _back: int) -> None:
        lent = TwoPeople(self.life.desk, self.supervisor, self.life.loan.loan_id)
        loan = lent.loan
        npa = loan.asset_class not in (AssetClass.STANDARD, *SMA)
        running = loan.status in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
        if npa and running and not loan.advance_paise:
            lent.post(LoanAct.WRITE_OFF)
            self.done["write_off"] += 1


def differing(desk: Desk) -> dict[str, int]:
    """What the summaries of the branch say otherwise than its books."""
    with desk.open_book() as book:
        day = book.day_ends.last_closed(BRANCH) or desk.clock.today() - timedelta(days=1)
        found = book.summaries.differences(BRANCH, summary_terms(day, desk.rulebook()))
        cells = book.cells.differences(BRANCH)
    return found | ({"portfolio_cells": cells} if cells else {})


@pytest.fixture
def start(desk, someone, submitted) -> Callable[[LoanPlanned], Branch]:
    both = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    checker = someone("meera", Role.SUPERVISOR)

    seen: list[LoanPlanned] = []

    def begin(planned: LoanPlanned) -> Branch:
        if not seen:
            close_day(CloseDay(TODAY - ONE_DAY), checker)  # days are closed from here on
        seen.append(planned)
        with desk.read_book() as book:
            last = book.day_ends.last_closed(BRANCH)
        desk.clock.day = last + ONE_DAY
        planned = replace(planned, disbursed_on=planned.disbursed_on + (desk.clock.day - TODAY))
        loan = running_loan(both, checker, submitted.application_id, planned, next(NUMBERS))
        with desk.open_book() as book:  # a loan of an older book: its first days are found once
            book.summaries.rebuild(BRANCH, summary_terms(last, desk.rulebook()))
            book.commit()
        return Branch(Life(both, checker, loan), checker)

    return begin


def test_the_summaries_follow_every_act(start, request) -> None:
    engine = "postgresql" if "postgresql" in request.node.name else "sqlite"
    done: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES[engine],
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),  # a life takes seconds: shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from([SHORT, LATE, NEARLY]), LIVES)
    @example(LATE, [CLOSED, ("write_off", 0, 0), ("receipt", 90_000, 0), CLOSED])
    @example(SHORT, [("receipt", 430_000, 2), ("reversal", 0, 0), ("receipt", 1, 7), CLOSED])
    @example(NEARLY, [("close", 4, 0), ("receipt", 430_000, 7), CLOSED])
    def lives(planned, steps) -> None:
        branch = start(planned)
        for name, size, back in steps:
            getattr(branch, name)(size, back)
            assert not differing(branch.life.desk)
        done.update(branch.done)

    lives()
    assert min(done[each] for each in WANTED) > 0
