"""One receipt costs these statements and no other: whoever adds one has to say so here."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.ids import new_id
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.running_loans import running_loan
from tests.services.test_post_repayment import EMI, PLANNED

OF_ALL = [
    "SELECT command_receipts",
    "SELECT day_ends",
    "SELECT loans",  # the borrower's, locked
    "SELECT repayments",  # the newest day of rows and charges, and the open instalments
    "INSERT repayments",
    "UPDATE loans",
    "SELECT audit_heads",
    "INSERT audit_entries",
    "UPDATE audit_heads",
    "INSERT command_receipts",
    "INSERT repayment_cells",  # the monitor's day and month
]
WITH_DUES = [
    *OF_ALL[:5], "UPDATE instalments", "UPDATE loans", "UPDATE portfolio_cells", *OF_ALL[6:],
]  # fmt: skip
MOST_BACK_DATED = 25


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Verb and first table of every statement that runs."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        verb = statement.split(maxsplit=1)[0]
        if verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            table = re.search(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)", statement)
            found.append(f"{verb} {table.group(1)}")

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def loan(desk, someone, submitted):
    return running_loan(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, PLANNED)


def cash(desk, loan, paise: int, back: int = 0) -> None:
    day = desk.clock.today() - timedelta(days=back)
    facts = ReceiptFacts(paise, PaymentMethod.CASH, day, form_60=True)
    post_repayment(PostRepayment(new_id(desk), loan.reference, facts), desk)


def test_a_receipt_that_pays_dues(desk, loan, statements) -> None:
    statements.clear()
    cash(desk, loan, EMI)
    assert statements == WITH_DUES
    statements.clear()
    desk.clock.day += timedelta(days=1)
    cash(desk, loan, 2 * EMI)  # two instalments are settled in one go
    assert statements == WITH_DUES


def test_an_advance_touches_neither_dues_nor_cells(desk, loan, statements) -> None:
    cash(desk, loan, 3 * EMI)
    desk.clock.day += timedelta(days=1)
    statements.clear()
    cash(desk, loan, 10_000)
    assert statements == OF_ALL


def test_the_same_again_asks_once(desk, loan, statements) -> None:
    request = PostRepayment(new_id(desk), loan.loan_id, ReceiptFacts(EMI, PaymentMethod.CASH))
    first = post_repayment(request, desk)
    statements.clear()
    assert post_repayment(request, desk) == first
    assert statements == ["SELECT command_receipts"]


def test_a_back_dated_receipt_reads_the_whole_account(desk, someone, loan, statements) -> None:
    cash(desk, loan, EMI)
    supervisor = someone("bela", Role.SUPERVISOR)
    statements.clear()
    cash(supervisor, loan, EMI, back=3)
    assert len(statements) <= MOST_BACK_DATED
    assert "SELECT disbursements" in statements
