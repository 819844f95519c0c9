"""Benchmarks of the loans list: any page of a branch of 100,000 loans on PostgreSQL.

KASAUTI_BENCH_LOANS changes how many there are (at least 10,000).
"""

import os
from datetime import date
from functools import partial
from itertools import cycle

from bench import Measured, interleaved, milliseconds
from benchmark_books import crowded_book
from benchmark_crowd import BRANCH

DAY = date(2026, 9, 30)
LOANS = int(os.environ.get("KASAUTI_BENCH_LOANS", "100000"))
CUSTOMERS_A_LOAN = 3  # of the crowd
PAGE, PAGES = 50, 100
_RAW = (
    "SELECT l.*, c.full_name FROM loans l JOIN customers c ON c.branch_id = l.branch_id "
    "AND c.customer_id = l.customer_id WHERE l.branch_id = %s ORDER BY l.number LIMIT %s"
)


def loan_list(runs: int) -> Measured:
    """Pages at any depth with the closed day-end beside them, transactions included."""
    from db.records.lists import LoanFilter, Viewer
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work

    keys, viewer, wanted = FixedKeys().keys(), Viewer(BRANCH, None, DAY), LoanFilter()
    with crowded_book("postgresql", LOANS * CUSTOMERS_A_LOAN) as engine:
        with open_unit_of_work(engine, keys, reading=True) as unit:
            places = unit.loans.keys_every(viewer, wanted, PAGE)

        def page(after: str) -> None:
            with open_unit_of_work(engine, keys, reading=True) as unit:
                unit.loans.find(viewer, wanted, PAGE, after)
                unit.day_ends.last_closed(BRANCH)

        def raw() -> None:
            with engine.connect() as connection:
                connection.exec_driver_sql(_RAW, (BRANCH, PAGE)).fetchall()

        def totals() -> None:
            with open_unit_of_work(engine, keys, reading=True) as unit:
                unit.loans.totals(viewer, wanted)

        turns = cycle(places[:: max(len(places) // PAGES, 1)])  # from the first to the last
        ours, reference = interleaved(
            lambda: milliseconds(partial(page, next(turns))),
            lambda: milliseconds(raw),
            max(runs, PAGES),
        )
        sums = sorted(milliseconds(totals) for _ in range(max(runs, 5)))
    p95 = sorted(ours)[int(len(ours) * 0.95)]
    note = (
        f"{PAGE} rows anywhere in {LOANS:,} loans of a branch, p95 {p95:.1f}; reference: raw SQL, "
        f"first page; totals of the whole list {sums[len(sums) // 2]:.0f} ms"
    )
    return Measured(ours, reference, "ms", note)
