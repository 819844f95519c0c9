from datetime import timedelta

from app.services.steps.sample_applications import nearest_income
from db.vocabulary.lending import CollateralType, RateType
from db.vocabulary.loan_life import ApplicationStatus
from tests.services.sample_desks import built_book


def test_verdicts_become_statuses(rulebook):
    book, _ = built_book(rulebook)
    expected = {
        "Approved": ApplicationStatus.DISBURSED,
        "Rejected": ApplicationStatus.REJECTED,
        "Pending": ApplicationStatus.PENDING,
    }
    for made, verdict in zip(book.applications, book.drawn.verdicts, strict=True):
        assert made.status is expected[verdict]
        assert made.status_since.date() >= made.application_date


def test_terms_are_the_drawn_ones_at_the_card_rate(rulebook):
    book, _ = built_book(rulebook)
    for made, drawn in zip(book.applications, book.drawn.applications, strict=True):
        product = rulebook.product(made.product_code, made.application_date)
        assert (made.amount_paise, made.tenure_months) == (drawn.amount_paise, drawn.tenure_months)
        assert made.rate_ppm == product.card_rate_ppm
        assert (made.benchmark is None) == (made.rate_type is RateType.FIXED)
        assert made.bureau.report_date == made.application_date


def test_valuations_are_fresh_enough_for_a_sanction(rulebook):
    book, _ = built_book(rulebook)
    for made in book.applications:
        for item in made.collateral:
            quick = item.collateral_type in (CollateralType.GOLD, CollateralType.SECURITIES)
            days = timedelta(0 if quick else 6)
            assert item.valuation_date == made.application_date - days


def test_a_co_applicant_is_another_customer_who_earns_about_that(rulebook):
    book, _ = built_book(rulebook)
    people = [made.customer for made in book.customers]
    someone = people[0]
    found = nearest_income(people, someone.employment.monthly_income_paise, someone)
    assert found is not None
    assert found.customer_id != someone.customer_id
    for made in book.applications:
        assert made.customer_id not in {each.customer_id for each in made.co_applicants}
    assert nearest_income([someone], 1, someone) is None
