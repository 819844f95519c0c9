"""The runs of late instalments, set-based against one loan after the other."""

import random
from datetime import date, timedelta

import pytest

from app.rules.day_count import add_months
from db.records.loans import Instalment, LoanBatch
from db.vocabulary.loan_life import LoanStatus

BRANCH, DAY = 412, date(2026, 9, 30)
OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)


def schedule_of(rng: random.Random, loan_id, first: date) -> list[Instalment]:
    """Monthly dues, some in a pause; paid in time, late, or from some month on not at all."""
    rows, stops = [], rng.choice([0, 3, 7, 99])
    for number in range(1, 13):
        due = add_months(first, number - 1)
        asked = 0 if rng.random() < 0.08 else 1_000
        paid_on = due + timedelta(days=rng.choice([-3, 0, 0, 1, 9, 40]))
        paid = asked > 0 and (number <= 12 - stops or rng.random() < 0.2) and paid_on <= DAY
        rows.append(
            Instalment(
                loan_id,
                number,
                due,
                0,
                asked,
                0,
                0,
                asked if paid else 0,
                0,
                paid_on if paid else None,
            )
        )
    return rows


def run_of(rows: list[Instalment]) -> list[tuple[date, date | None]]:
    found: list[tuple[date, date | None]] = []
    for row in rows:
        if row.due_date > DAY or not row.interest_paise:
            continue
        if row.paid_on is not None and row.paid_on <= row.due_date:
            found = []
        else:
            found.append((row.due_date, row.paid_on))
    return found


class LateBook:
    """Sixty loans of one borrower, some closed, in a book that is rolled back."""

    def __init__(self, book, samples, make_loan, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311  # a test's own dice
        new = samples.customer()
        book.customers.add(new)
        application = samples.application(new.customer)
        book.applications.add(application)
        self.loans, self.schedules = [], {}
        for number in range(60):
            first = add_months(DAY, -rng.randint(-2, 11)) - timedelta(days=rng.randint(0, 25))
            rows = schedule_of(rng, samples.new_id(), first)
            unpaid = [r.due_date for r in rows if r.interest_paise and r.paid_on is None]
            behind = [due for due in unpaid if due <= DAY]
            loan = make_loan(
                application,
                loan_id=rows[0].loan_id,
                reference=f"L-{number + 2000}",
                status=rng.choice([*OPEN, LoanStatus.CLOSED]) if number % 5 == 0 else OPEN[0],
                oldest_unpaid_due=min(behind, default=None),
                next_due_date=min((due for due in unpaid if due > DAY), default=None),
            )
            self.loans.append(loan)
            self.schedules[loan.loan_id] = rows
        rows = tuple(row for each in self.schedules.values() for row in each)
        book.loans.add_many(BRANCH, LoanBatch(tuple(self.loans), rows))

    def runs(self) -> dict:
        """Of each open loan alone; one over its term and paid has no latest due to be late."""
        found = {}
        for loan in self.loans:
            run = run_of(self.schedules[loan.loan_id])
            recent = bool(run) and run[-1][0] > DAY - timedelta(days=62)
            if loan.status in OPEN and (recent or any(paid is None for _, paid in run)):
                found[loan.loan_id] = run
        return found


@pytest.mark.parametrize("seed", range(4))
def test_runs_equal_those_of_each_loan_alone(unguarded, samples, make_loan, seed) -> None:
    made = LateBook(unguarded, samples, make_loan, seed)
    wanted, found = made.runs(), {}
    for row in unguarded.follow_ups.late_rows(BRANCH, DAY, date.min):
        found.setdefault(row.loan_id, []).append((row.due_date, row.paid_on))
        assert row.length == len(wanted[row.loan_id])
    assert found == wanted
    overdue = {
        each.loan_id for each in made.loans if each.status in OPEN and each.oldest_unpaid_due
    }
    concerned = {each.loan_id for each in unguarded.follow_ups.late_loans(BRANCH, DAY)}
    assert concerned == set(wanted) | overdue
    assert any(all(paid is not None for _, paid in run) for run in wanted.values())
    assert unguarded.follow_ups.late_rows(413, DAY, DAY) == []


@pytest.mark.parametrize("seed", range(2))
def test_what_was_paid_long_ago_only_counts(unguarded, samples, make_loan, seed) -> None:
    made, then = LateBook(unguarded, samples, make_loan, seed), DAY - timedelta(days=30)
    wanted = {}
    for loan_id, run in made.runs().items():
        rows = {row.due_date: row.number for row in made.schedules[loan_id]}
        dues = {number: due for due, number in rows.items()}
        wanted[loan_id] = [
            (due, paid)
            for due, paid in run
            if paid is None
            or paid > then
            or due == run[-1][0]
            or dues.get(rows[due] + 1, date.max) <= paid
        ]
    found: dict = {}
    for row in unguarded.follow_ups.late_rows(BRANCH, DAY, then):
        found.setdefault(row.loan_id, []).append((row.due_date, row.paid_on))
        assert row.length == len(made.runs()[row.loan_id])
    assert found == wanted
