from app.rules.days_past_due import days_past_due
from db.vocabulary.loan_life import AssetClass, LoanStatus
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.sample_desks import built_book


def test_a_loan_agrees_with_its_receipts(rulebook):
    loans = built_book(rulebook)[0].loans
    for loan in loans.loans:
        paid = sum(r.principal_paise for r in loans.repayments if r.loan_id == loan.loan_id)
        assert loan.outstanding_paise == loan.principal_paise - paid
        assert loan.sanction_date < loan.disbursement_date < loan.first_due_date
        assert (loan.status is LoanStatus.CLOSED) == (loan.outstanding_paise == 0)
        assert (loan.overdue_paise > 0) == (loan.oldest_unpaid_due is not None)


def test_the_class_is_the_one_of_the_last_entry(rulebook):
    loans = built_book(rulebook)[0].loans
    last = {entry.loan_id: entry for entry in loans.npa_entries}
    for loan in loans.loans:
        if loan.status is LoanStatus.CLOSED:
            continue
        assert last[loan.loan_id].business_date == SANDBOX_DAY
        assert last[loan.loan_id].asset_class is loan.asset_class
        assert last[loan.loan_id].provision_paise > 0
        if loan.npa_since is None:
            days = days_past_due(loan.oldest_unpaid_due, SANDBOX_DAY, rulebook)
            assert (loan.asset_class is AssetClass.STANDARD) == (days == 0)


def test_a_late_receipt_is_never_a_mandate(rulebook):
    from db.vocabulary.loan_life import PaymentMethod

    loans = built_book(rulebook)[0].loans
    due_days = {(each.loan_id, each.due_date) for each in loans.instalments}
    for each in loans.repayments:
        if each.method is PaymentMethod.MANDATE:
            assert (each.loan_id, each.value_date) in due_days


def test_one_disbursement_a_loan(rulebook):
    loans = built_book(rulebook)[0].loans
    assert [each.loan_id for each in loans.disbursements] == [each.loan_id for each in loans.loans]
    assert all(
        paid.amount_paise == loan.principal_paise
        for paid, loan in zip(loans.disbursements, loans.loans, strict=True)
    )
