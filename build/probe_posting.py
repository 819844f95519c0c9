"""A desk that posts receipts for some seconds; prints how long each took.

`probe_posting.py URL FOLDER DAY SECONDS LOAN …`: receipts go to the loans in turn.
"""

import json
import sys
import time
from datetime import date
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
PAISE = 10_000


def main(words: list[str]) -> int:
    """Post until the time is up."""
    from app.bootstrap import build_desk
    from app.cli.verb import DeskRequest
    from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
    from app.services.steps.ids import new_id
    from app.services.steps.sandbox_staff import sandbox_actor
    from db.vocabulary.loan_life import PaymentMethod

    url, folder, today, seconds, *loans = words
    asked = DeskRequest(data_dir=folder, database=url, as_of=date.fromisoformat(today))
    desk = build_desk(asked).acting(sandbox_actor())
    desk.rulebook()
    receipt = ReceiptFacts(PAISE, PaymentMethod.CASH)
    end, taken = time.perf_counter() + float(seconds), []
    for loan in cycle(loans):
        started = time.perf_counter()
        if started > end:
            break
        post_repayment(PostRepayment(new_id(desk), loan, receipt), desk)
        taken.append((time.perf_counter() - started) * 1000.0)
    sys.stdout.write(json.dumps(taken) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
