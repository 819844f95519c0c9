from dataclasses import replace

import pytest

from app.services.steps.case_builder import case_of_application
from app.services.steps.outdated_score import is_outdated, score_is_outdated
from db.vocabulary.loan_life import ApplicationStatus


@pytest.fixture
def case(desk, submitted):
    with desk.open_book() as book:
        application = book.applications.get(412, submitted.application_id)
        customer = book.customers.get(412, application.customer_id)
        stored = book.applications.assessment(412, application.assessment_id)
        assert not score_is_outdated(book, application, customer, stored)
        poorer = replace(
            customer, employment=replace(customer.employment, monthly_income_paise=1_000_000)
        )
        assert score_is_outdated(book, application, poorer, stored)
        decided = replace(application, status=ApplicationStatus.REJECTED)
        assert not score_is_outdated(book, decided, poorer, stored)
        return case_of_application(book, application, customer)


def test_only_what_was_told_counts_and_only_while_open(case):
    own = replace(case, own_record=replace(case.own_record, active_loans=9))
    assert not is_outdated(ApplicationStatus.PENDING, own, case)
    asked = replace(case, guarantors=3)
    assert is_outdated(ApplicationStatus.PENDING, asked, case)
    assert not is_outdated(ApplicationStatus.APPROVED, asked, case)
