from app.services.find_applications import (
    FindApplications,
    count_applications,
    find_applications,
)
from db.records.lists import ApplicationFilter
from db.vocabulary.loan_life import ApplicationStatus


def test_a_page_and_its_count(desk, submitted):
    found = find_applications(FindApplications(), desk)
    (row,) = found.page.rows
    assert row.application_id == submitted.application_id
    assert row.credit_score_hundredths == int(submitted.estimate.credit_score * 100)
    wanted = ApplicationFilter(status=ApplicationStatus.REJECTED)
    assert count_applications(wanted, desk).total == 0
    assert count_applications(ApplicationFilter(), desk).keys == ()
