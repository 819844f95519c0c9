"""The instalment against 10,000 real loans: the lender's own printed figure within one cent.

The file is read as text: money never passes through a float. A cent takes the place of a paisa.
"""

import csv
from decimal import Decimal
from pathlib import Path

from app.rules.emi import emi
from app.rules.money import ppm_of_percent
from db.vocabulary.lending import EmiRounding

LOANS = 10_000
MOST_EXCEPTIONS = LOANS // 1_000  # 99.9 % agree


def test_the_instalment_is_the_one_the_lender_printed(shared_data: Path) -> None:
    path = shared_data / "openintro_loans" / "loans_full_schema.csv"
    compared, exceptions = 0, []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            amount, printed = (
                int(100 * Decimal(row[name])) for name in ("loan_amount", "installment")
            )
            rate, months = ppm_of_percent(Decimal(row["interest_rate"])), int(row["term"])
            ours = emi(amount, rate, months, EmiRounding.PAISA)
            compared += 1
            if abs(ours - printed) > 1:
                exceptions.append((compared, amount, rate, months, printed, ours))
    assert compared == LOANS
    assert len(exceptions) <= MOST_EXCEPTIONS, f"{len(exceptions)} of {compared}: {exceptions}"
    # The README of the data counts three, the largest 20.88 off; a fourth would be ours.
    assert len(exceptions) == 3, f"{len(exceptions)} of {compared}: {exceptions}"
    assert max(abs(ours - printed) for *_, printed, ours in exceptions) == 2_088, exceptions
