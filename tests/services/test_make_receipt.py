"""The receipt of a payment on both engines: what it says, who makes it, once taken back."""

from dataclasses import replace

import pytest

from app.services.make_receipt import MakeReceipt, make_receipt
from app.services.post_repayment import PostRepayment, post_repayment
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_life import Language
from db.vocabulary.people import Role
from tests.file_formats.letter_reading import pages_of
from tests.services.running_loans import running_loan
from tests.services.test_post_repayment import PLANNED, upi


@pytest.fixture
def checker(someone):
    return someone("meera", Role.SUPERVISOR)


@pytest.fixture
def loan(desk, checker, submitted):
    return running_loan(desk, checker, submitted.application_id, PLANNED)


@pytest.fixture
def posted(desk, loan):
    facts = replace(upi(12_34_50), payer_name="Ravi Kumar")
    return post_repayment(PostRepayment(new_id(desk), loan.loan_id, facts), desk)


def words_of(made) -> str:
    return "".join("".join(pages_of(made.pdf)).split())


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_it_says_what_came_in_and_where_it_went(desk, loan, posted, language) -> None:
    made = make_receipt(MakeReceipt(posted.repayment_id, language), desk)
    said = words_of(made)
    assert made.pages == 1
    assert made.number in said
    assert made.number.startswith(f"RECEIPT-{loan.reference.removeprefix('L-')}-")
    for part in (loan.reference, "AshaKulkarni", "₹1,234.50", "RaviKumar", "431277881200"):
        assert part in said
    assert ("Onethousandtwohundred" in said) is (language is Language.EN)
    assert make_receipt(MakeReceipt(posted.repayment_id, language), desk).pdf == made.pdf
    with desk.read_book() as book:
        entries = book.audit.entries(desk.person().branch_id)
    kept = [entry for entry in entries if entry.act == "make_receipt"]
    assert made.sha256 in kept[0].details
    assert kept[0].entity_id == loan.loan_id


def test_one_that_was_taken_back_says_so(desk, checker, posted) -> None:
    propose_reversal(ProposeReversal(new_id(desk), posted.repayment_id, "REV-DUPLICATE"), desk)
    request = MakeReceipt(posted.repayment_id)
    assert "REVERSED" not in words_of(make_receipt(request, desk))
    confirm_reversal(DecideReversal(new_id(checker), posted.repayment_id), checker)
    gone = make_receipt(request, desk)
    assert "REVERSED" in words_of(gone)
    with desk.read_book() as book:
        rows = book.loans.repayments(desk.person().branch_id, posted.loan_id)
    undone = next(row for row in rows if row.amount_paise < 0)
    with pytest.raises(Refused, match="no payment"):
        make_receipt(MakeReceipt(undone.repayment_id), desk)


def test_who_may_and_what_there_is(desk, someone, posted) -> None:
    request = MakeReceipt(posted.repayment_id)
    with pytest.raises(Refused) as refused:
        make_receipt(request, someone("assist", Role.ASSISTANT))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    with pytest.raises(Refused):
        make_receipt(MakeReceipt(posted.repayment_id, Language.KN), desk)
    with pytest.raises(NotFound):
        make_receipt(MakeReceipt(new_id(desk)), desk)
