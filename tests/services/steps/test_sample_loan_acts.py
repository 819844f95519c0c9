"""Every sample loan was paid out by two people, and its agreed schedule stands as version 1."""

from app.services.steps.sandbox_staff import CHECKER, MAKER, staff_user_id
from db.records.lists import LoanFilter, Viewer
from db.vocabulary.loan_account import ActState, LoanAct
from tests.services.sample_desks import small_sandbox


def test_two_people_paid_every_sample_loan_out(request):
    desk = small_sandbox(request)[0]
    branch = desk.person().branch_id
    with desk.open_book() as book:
        page = book.loans.find(Viewer(branch, None, desk.clock.today()), LoanFilter(), 20)
        assert len(page.rows) == 20
        for row in page.rows:
            (act,) = book.acts.of(branch, loan_id=row.loan_id)
            (out,) = book.loans.disbursements(branch, row.loan_id)
            (first,) = book.accounts.versions(branch, row.loan_id)
            assert (act.act, act.state) == (LoanAct.DISBURSEMENT, ActState.POSTED)
            assert (act.maker_id, act.checker_id) == (staff_user_id(MAKER), staff_user_id(CHECKER))
            assert out.act_id == first.act_id == act.act_id
            assert first.version == 1
            assert first.instalments == len(book.loans.schedule(branch, row.loan_id))
        assert book.acts.waiting(branch) == ()
