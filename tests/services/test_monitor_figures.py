"""Every figure of the monitor equals a count of the raw rows, after random lives, on both engines.

Every cell of every tab drills to exactly its rows, in each scope and at a kept month end.
"""

import pytest

from tests.services.monitor_books import lived_book, scopes
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
