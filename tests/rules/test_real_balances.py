"""10,000 real loans replayed by our arithmetic: what the file says is left of each, to the cent.

The file has no dates of payment: it says what was paid of principal and interest since the loan
began. A borrower who paid so many whole instalments owes what a replay of just these leaves; the
others paid early or in part, and are counted. A cent takes the place of a paisa.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.rules.amortisation import run_down
from app.rules.day_count import due_date
from app.rules.loan_account import AccountDue, AccountEvent, EventKind, replay
from app.rules.money import PPM, ppm_of_percent

LOANS = 10_000
FIRST_DUE = date(2018, 2, 1)
BEGUN = FIRST_DUE - timedelta(days=31)
CENTS = 3  # the lender rounds in another place than we do, once a month
# What does not agree, by the file's own word for the loan: written off; paid early or in part.
WRITTEN_OFF = {"Charged Off": 7}
PAID_IN_PART = {
    "Current": 832, "In Grace Period": 19, "Late (16-30 days)": 10, "Late (31-120 days)": 6,
}  # fmt: skip


@dataclass(frozen=True)
class RealLoan:
    """One row of the file, in cents."""

    number: int
    status: str
    lent: int
    rate_ppm: int
    months: int
    instalment: int
    balance: int
    total: int
    principal: int
    interest: int
    late_fees: int


def cents(text: str) -> int:
    return int((100 * Decimal(text)).to_integral_value())


@pytest.fixture(scope="module")
def loans(shared_data: Path) -> list[RealLoan]:
    return list(read(shared_data / "openintro_loans" / "loans_full_schema.csv"))


def read(path: Path) -> Iterator[RealLoan]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield RealLoan(
                number,
                row["loan_status"],
                cents(row["loan_amount"]),
                ppm_of_percent(Decimal(row["interest_rate"])),
                int(row["term"]),
                *(
                    cents(row[name])
                    for name in (
                        "installment", "balance", "paid_total", "paid_principal", "paid_interest",
                        "paid_late_fees",
                    )
                ),
            )  # fmt: skip


def replayed(loan: RealLoan) -> tuple[int, int, int]:
    """Instalments paid, and what a replay of these leaves and takes as interest."""
    rows = run_down(loan.lent, loan.rate_ppm, loan.instalment, loan.months).rows
    dues = [
        AccountDue(
            row.number, due_date(FIRST_DUE, row.number), row.interest_paise, row.principal_paise
        )
        for row in rows
    ]
    paid, whole = 0, 0
    while whole < len(rows) and paid + rows[whole].principal_paise <= loan.principal + CENTS:
        paid += rows[whole].principal_paise
        whole += 1
    events = [
        AccountEvent(
            str(due.number), EventKind.RECEIPT, due.due_on, due.number,
            due.interest_paise + due.principal_paise,
        )
        for due in dues[:whole]
    ]  # fmt: skip
    until = dues[whole - 1].due_on if whole else BEGUN
    state = replay(loan.lent, dues, events, until)
    assert state.overdue_paise(until) == state.advance_paise == 0
    return whole, state.principal_left_paise, sum(s.interest_paise for s in state.splits.values())


def test_what_was_paid_is_what_it_went_to(loans: list[RealLoan]) -> None:
    off = [
        loan.number
        for loan in loans
        if abs(loan.total - loan.principal - loan.interest - loan.late_fees) > 1
    ]
    assert len(loans) == LOANS
    assert off == []


def test_what_is_left_is_what_was_lent_less_what_was_paid(loans: list[RealLoan]) -> None:
    off = Counter(loan.status for loan in loans if loan.balance != loan.lent - loan.principal)
    assert off == WRITTEN_OFF


def test_a_replay_of_whole_instalments_leaves_what_the_file_says(loans: list[RealLoan]) -> None:
    agree, exceptions, far = Counter[str](), Counter[str](), []
    for loan in loans:
        whole, left, interest = replayed(loan)
        if abs(left - (loan.lent - loan.principal)) > CENTS:
            exceptions[loan.status] += 1  # more than so many instalments, less than one more
            continue
        agree[loan.status] += 1
        month = loan.lent * loan.rate_ppm // (12 * PPM)
        if whole < loan.months and abs(loan.interest - interest) > month + CENTS:
            far.append((loan.number, loan.status, whole, loan.interest, interest))
    assert sum(agree.values()) == 9_133
    assert agree["Fully Paid"] == 447
    assert exceptions == PAID_IN_PART
    assert far == []  # the first period has some odd days, never a month of them
