from app.services.steps.sample_customers import OUTSTANDING_SHARE
from db.vocabulary.people import ConsentPurpose, CustomerSegment, KycStatus
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.sample_desks import built_book


def test_economics_are_the_drawn_ones(rulebook):
    book, _ = built_book(rulebook)
    for made, drawn in zip(book.customers, book.drawn.customers, strict=True):
        customer = made.customer
        assert customer.employment.monthly_income_paise == drawn.income_paise
        assert customer.date_of_birth == drawn.date_of_birth
        assert customer.bureau.score == drawn.bureau.score
        assert len(customer.obligations) == len(drawn.obligations)
        assert customer.created_at.date() == drawn.customer_since


def test_borrowers_have_complete_papers(rulebook):
    book, _ = built_book(rulebook)
    borrowers = {loan.customer_id for loan in book.loans.loans}
    for made in book.customers:
        if made.customer.customer_id in borrowers:
            assert made.customer.kyc_status is KycStatus.COMPLETE
            assert made.numbers.aadhaar_number
        assert made.customer.kyc_due_on > SANDBOX_DAY
        assert {each.purpose for each in made.customer.consents} == set(ConsentPurpose)


def test_dues_still_run_on_the_books_day(rulebook):
    book, _ = built_book(rulebook)
    dues = [due for made in book.customers for due in made.customer.obligations]
    assert all(due.lender_name for due in dues)
    for due in dues:
        assert due.end_date is None or due.end_date >= SANDBOX_DAY
        if due.outstanding_paise:
            assert due.outstanding_paise * OUTSTANDING_SHARE > 0


def test_segments_follow_the_income(rulebook):
    book, _ = built_book(rulebook)
    for made in book.customers:
        rich = made.customer.employment.monthly_income_paise >= 20_000_000
        expected = CustomerSegment.PRIORITY if rich else CustomerSegment.RETAIL
        assert made.customer.segment is expected
