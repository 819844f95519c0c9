"""Posts numbered receipts in turn on some loans, until it is killed.

`python -m tests.end_to_end.steady_cashier FOLDER DATABASE FIRST LOAN …` prints each number
once it is posted.
"""

import sys
from itertools import count
from uuid import UUID, uuid5

from app.bootstrap import build_desk
from app.cli.verb import DeskRequest
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.desk import Desk
from app.services.steps.sandbox_staff import sandbox_actor
from db.vocabulary.loan_life import PaymentMethod

KEYS = UUID("5a0f8c1e-9f63-5d1a-8c55-0d1f4f9e7a10")
SMALLEST_PAISE = 10_000


def cashier(folder: str, database: str | None = None) -> Desk:
    """The sandbox desk of a folder, or of a server's database, with the officer at it."""
    request = DeskRequest(data_dir=folder, database=database or None)
    return build_desk(request).acting(sandbox_actor())


def amount_of(number: int) -> int:
    """Every receipt has an amount of its own, by which it is known."""
    return SMALLEST_PAISE + number


def main() -> None:
    """Post until the end comes."""
    folder, database, first, *loans = sys.argv[1:]
    desk = cashier(folder, database)
    for number in count(int(first)):
        facts = ReceiptFacts(amount_of(number), PaymentMethod.CASH)
        loan = loans[number % len(loans)]
        post_repayment(PostRepayment(uuid5(KEYS, str(number)), loan, facts), desk)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
