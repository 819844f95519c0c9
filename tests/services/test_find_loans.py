from app.services.find_loans import FindLoans, count_loans, find_loans, loan_choices
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


def test_the_totals_add_up_and_name_their_day_end(request):
    desk, made = small_sandbox(request)
    rows = find_loans(FindLoans(LoanFilter(), 500), desk)
    counted = count_loans(LoanFilter(), desk)
    assert counted.total == made.loans.total == len(rows.page.rows)
    assert counted.totals.outstanding_paise == sum(r.outstanding_paise for r in rows.page.rows)
    assert counted.as_of == rows.as_of == desk.clock.today()
    assert {row.officer_name for row in rows.page.rows} == {"Meera Iyer"}


def test_the_filters_offer_what_the_book_has(request):
    desk, _ = small_sandbox(request)
    rows = find_loans(FindLoans(LoanFilter(), 500), desk)
    choices = loan_choices(desk)
    assert {row.product_code for row in rows.page.rows} <= set(choices.products)
    assert list(choices.officers.values()) == ["Meera Iyer"]
    assert rows.product_names == choices.products
