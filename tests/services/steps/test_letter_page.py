"""What every letter about an account shares."""

from datetime import date

from app.services.steps.letter_page import PageHead, page_values
from app.services.steps.letter_words import letter_words
from db.vocabulary.loan_life import Language, LetterKind
from tests.services.sample_desks import small_sandbox


def test_bank_customer_number_and_a_footer_that_follows_the_content(request) -> None:
    desk = small_sandbox(request)[0]
    branch_id = desk.person().branch_id
    with desk.read_book() as book:
        loan = book.loans.by_reference(branch_id, "L-1001")
        owner = book.customers.get(branch_id, loan.customer_id)
    head = PageHead(LetterKind.RECEIPT, "RECEIPT-1001-1", owner, date(2026, 9, 1), "REVERSED")
    words = letter_words(Language.EN)
    values = page_values(head, {"note": "One"}, words, desk)
    other = page_values(head, {"note": "Two"}, words, desk)
    assert values["title"] == "Payment receipt"
    assert values["customer"]["name"] == owner.full_name
    assert (values["note"], values["watermark"]) == ("One", "REVERSED")
    assert values["footer"].startswith("Payment receipt RECEIPT-1001-1")
    assert "01 Sep 2026" in values["footer"]
    assert values["footer"] != other["footer"]
