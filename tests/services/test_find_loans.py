from app.services.find_loans import FindLoans, count_loans, find_loans
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import AssetClass
from tests.services.sample_desks import small_sandbox


def test_pages_hold_every_loan_once_with_its_days(request):
    desk, made = small_sandbox(request)
    seen, after = [], None
    while True:
        found = find_loans(FindLoans(LoanFilter(), 20, after), desk)
        for row in found.page.rows:
            days = found.days_past_due[row.loan_id]
            oldest = row.oldest_unpaid_due
            assert days == (0 if oldest is None else (found.as_of - oldest).days + 1)
            seen.append(row.loan_id)
        after = found.page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == made.loans.total
    assert count_loans(LoanFilter(), desk).total == made.loans.total


def test_a_class_narrows_the_list(request):
    desk, _ = small_sandbox(request)
    wanted = LoanFilter(asset_class=AssetClass.STANDARD)
    found = find_loans(FindLoans(wanted, 200), desk)
    assert {row.asset_class for row in found.page.rows} == {AssetClass.STANDARD}
    assert count_loans(wanted, desk).total == len(found.page.rows)
