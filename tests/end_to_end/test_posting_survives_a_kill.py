"""A power cut while receipts are posted: nothing confirmed is lost, nothing stands twice.

A real process posts numbered receipts on a few loans and is killed at some moment; the next one
begins with the last number that was confirmed, so that this one is sent twice.
"""

import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from db.tables.loans import loans
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from tests.conftest import PROJECT
from tests.end_to_end.sample_places import Place, sample_place
from tests.end_to_end.steady_cashier import amount_of, cashier
from tests.services.test_post_repayment import consistent

BRANCH, LOANS = 412, 4
MOST = 5  # receipts before the one that is broken off


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Iterator[Place]:
    server = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
    made = sample_place(tmp_path, server)
    yield made
    made.remove()


def largest_loans(desk) -> list:
    """Running loans with room for many small receipts."""
    running = (
        select(loans.c.loan_id)
        .where(loans.c.status == LoanStatus.ACTIVE)
        .order_by(loans.c.outstanding_paise.desc())
        .limit(LOANS)
    )
    with desk.read_book() as book:
        ids = book._connection.execute(running).scalars().all()
        return [book.loans.get(BRANCH, each) for each in ids]


def killed_while_posting(place: Place, first: int, paid, rng: random.Random) -> int:
    """The last number that was confirmed before the kill, which falls into a posting."""
    words = [sys.executable, "-m", "tests.end_to_end.steady_cashier", str(place.folder)]
    words += [place.address or "", str(first)]
    with subprocess.Popen(
        [*words, *(loan.reference for loan in paid)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        lines = [child.stdout.readline()]  # it posts now
        begin = monotonic()
        lines += [child.stdout.readline() for _ in range(rng.randint(1, MOST))]
        taken_s = (monotonic() - begin) / (len(lines) - 1)
        sleep(rng.random() * taken_s)  # the moment of the power cut itself
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    confirmed = [int(line) for line in lines if line.endswith("\n")]
    assert confirmed == list(range(first, first + len(confirmed)))
    return confirmed[-1]


def check_book(desk, paid, last: int) -> None:
    found: Counter[int] = Counter()
    for loan in paid:
        _, ledger = consistent(desk, loan)
        ours = [row for row in ledger.rows if row.kind is RepaymentKind.RECEIPT]
        found.update(row.amount_paise for row in ours)
    assert all(found[amount_of(number)] == 1 for number in range(last + 1))
    assert found[amount_of(last + 1)] <= 1  # posted, and killed before it was told
    assert found[amount_of(last + 2)] == 0


def kill_often(place: Place, kills: int, seed: int) -> int:
    desk = cashier(str(place.folder), place.address)
    paid = largest_loans(desk)
    rng = random.Random(seed)  # noqa: S311  # moments, no secret
    last = 0
    for _ in range(kills):
        last = killed_while_posting(place, last, paid, rng)
        check_book(desk, paid, last)
    return last


def test_killed_cashiers_lose_and_double_nothing(place):
    assert kill_often(place, 3, 20261126) > 0


@pytest.mark.long
def test_two_hundred_killed_cashiers(place):
    assert kill_often(place, 200, 20261127) > 200
