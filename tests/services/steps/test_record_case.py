from app.rules.case_facts import OwnRecord
from app.services.steps.record_case import case_of_record
from tests.services.sample_desks import built_book


def test_a_case_holds_what_the_records_hold(rulebook):
    book, _ = built_book(rulebook)
    people = {made.customer.customer_id: made.customer for made in book.customers}
    own = OwnRecord(active_loans=2)
    for application in book.applications:
        customer = people[application.customer_id]
        incomes = {each.customer_id: 100 for each in application.co_applicants}
        case = case_of_record(application, customer, own, incomes)
        assert case.as_of == application.application_date
        assert case.own_record == own
        assert case.guarantors == len(application.guarantors)
        assert case.co_applicant_income_paise == 100 * len(application.co_applicants)
        assert case.terms.amount_paise == application.amount_paise
        assert case.applicant.monthly_income_paise == customer.employment.monthly_income_paise
