"""Every figure of the monitor equals a count of the raw rows, after random lives, on both engines.

Every cell of every tab drills to exactly its rows, in each scope and at a kept month end.
"""

from datetime import timedelta

import pytest

from tests.services.conftest import BRANCH
from tests.services.monitor_books import (
    OTHER_BRANCH,
    at_day,
    lived_book,
    pay_somewhere,
    scopes,
)
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.raw_book import RawBook

QUICK = (1,)


@pytest.mark.parametrize(
    "seed", [*QUICK, *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 22))]
)
def test_every_figure_is_a_count_of_the_raw_rows(
    blank_desk, customer_form, application_form, seed
) -> None:
    made = lived_book(blank_desk, (customer_form, application_form), seed)
    raw = RawBook(made.analyst)
    for name, scope in scopes(made).items():
        oracle = oracle_of(made.analyst, scope, raw)
        assert oracle.loans, name
        for check in CHECKS.values():
            check(made.analyst, scope, oracle)
    with made.analyst.open_book() as book:
        assert book.roll_up.refresh()  # now the bank's own rows are read
        book.commit()
    bank = scopes(made)["bank"]
    for check in CHECKS.values():
        check(made.analyst, bank, oracle_of(made.analyst, bank, raw))
    day = made.until + timedelta(days=1)
    later, paid = at_day(made.analyst, day), pay_somewhere(made, day)
    with later.read_book() as book:  # the bank's rows hold, but for the branch that has moved
        assert set(book.summaries.positions.holding(None)) == {BRANCH, OTHER_BRANCH} - {paid}
    raw = RawBook(later)
    for name in ("classes", "concentration", "security"):
        CHECKS[name](later, bank, oracle_of(later, bank, raw))
