"""A payment is taken back on its day by two people; afterwards the loan may be paid out anew."""

from dataclasses import replace

import pytest

from app.services.disburse_loan import DecideDisbursement, withdraw_disbursement
from app.services.find_loans import FindLoans, count_loans, find_loans
from app.services.read_application import read_application
from app.services.read_customer_overview import read_customer_overview
from app.services.read_customer_records import customer_loans
from app.services.read_disbursement import read_disbursement
from app.services.read_loan import ReadLoan, read_loan
from app.services.reverse_disbursement import ReverseDisbursement, propose_reversal
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind
from db.records.lists import LoanFilter
from db.records.loans import Charge, LoanBatch
from db.records.monitor import BookCut, FigureTerms
from db.vocabulary.loan_account import ActState, ChargeEntry, ChargeKind
from db.vocabulary.loan_life import ApplicationStatus, LoanStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import ReversalReason
from tests.services.disbursement_cases import LENT, accepted, confirmed, move_on, paid_out
from tests.services.letter_cases import conflict, refusal
from tests.services.test_summary_laws import differing

BRANCH = 412


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def ready(desk, checker, submitted):
    return accepted(desk, checker, submitted)


def reversal(desk, submitted, reason=ReversalReason.REV_WRONG_AMOUNT, note=""):
    request = ReverseDisbursement(new_id(desk), submitted.application_id, reason, note)
    return propose_reversal(request, desk)


def status_of(desk, submitted):
    return read_application(submitted.application_id, desk).application.status


def test_two_people_take_a_payment_back_and_pay_out_anew(desk, checker, ready):
    first = paid_out(desk, checker, ready)
    waits = reversal(desk, ready)
    assert (waits.state, waits.loan_id) == (ActState.PROPOSED, first.loan_id)
    assert read_disbursement(ready.application_id, checker).reversing
    own = refusal(lambda: confirmed(desk, ready))
    assert own.kind is RefusalKind.NOT_PERMITTED
    done = confirmed(checker, ready)
    assert (done.state, done.act_id) == (ActState.POSTED, waits.act_id)
    assert status_of(desk, ready) is ApplicationStatus.APPROVED
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, first.loan_id)
        out, back = book.loans.disbursements(BRANCH, first.loan_id)
        assert book.loans.schedule(BRANCH, first.loan_id) == ()
        assert len(book.accounts.past_schedule(BRANCH, first.loan_id, 1)) == 60
        versions = book.accounts.versions(BRANCH, first.loan_id)
        assert book.cells.all(BRANCH) == book.cells.counted(BRANCH) == ()
    assert {out.amount_paise, back.amount_paise} == {LENT, -LENT}
    assert (loan.outstanding_paise, loan.status, loan.closed_on) == (
        0, LoanStatus.CLOSED, desk.clock.today(),
    )  # fmt: skip
    assert [(each.version, each.instalments) for each in versions] == [(1, 60), (2, 0)]
    again = paid_out(desk, checker, ready)
    assert again.loan_id != first.loan_id
    assert status_of(desk, ready) is ApplicationStatus.DISBURSED


def test_a_loan_that_was_taken_back_is_none_of_the_customers_loans(desk, checker, ready):
    gone = paid_out(desk, checker, ready)
    reversal(desk, ready)
    confirmed(checker, ready)
    assert counted(desk, ready) == (0, 0, 0, 0)
    with desk.read_book() as book:
        reference = book.loans.get(BRANCH, gone.loan_id).reference
    for search in (reference, reference.removeprefix("L-")):
        by_number = find_loans(FindLoans(LoanFilter(search=search)), desk)
        assert [row.loan_id for row in by_number.page.rows] == [gone.loan_id]
    shown = read_loan(ReadLoan(gone.loan_id), desk)
    assert (shown.full_name, shown.loan.status) == ("Asha Kulkarni", LoanStatus.CLOSED)
    again = paid_out(desk, checker, ready)
    assert counted(desk, ready) == (1, 1, 1, 1)
    assert read_loan(ReadLoan(again.loan_id), desk).others == ()


def counted(desk, submitted):
    """Loans of the customer by overview, tab, list and its totals."""
    overview = read_customer_overview(submitted.customer_id, desk)
    wanted = LoanFilter(customer_id=submitted.customer_id)
    listed = find_loans(FindLoans(wanted), desk)
    totals = count_loans(wanted, desk).totals
    assert overview.sums is not None
    assert overview.sums.sanctioned_paise == LENT * overview.sums.loans
    tab = customer_loans(submitted.customer_id, desk)
    return overview.sums.loans, len(tab), len(listed.page.rows), totals.loans


def test_the_next_day_is_too_late(desk, checker, ready):
    paid_out(desk, checker, ready)
    reversal(desk, ready)
    move_on(desk, 1)
    assert "own day only" in conflict(lambda: confirmed(checker, ready))
    withdraw_disbursement(DecideDisbursement(new_id(desk), ready.application_id), desk)
    assert "own day only" in conflict(lambda: reversal(desk, ready))


def test_what_stands_in_the_way(desk, checker, ready):
    assert "Nothing was paid out" in conflict(lambda: reversal(desk, ready))
    done = paid_out(desk, checker, ready)
    bare = refusal(lambda: reversal(desk, ready, ReversalReason.REV_OTHER))
    assert list(bare.fields) == ["note"]
    charge = Charge(
        new_id(desk), done.loan_id, ChargeEntry.LEVIED, ChargeKind.OTHER, desk.clock.today(),
        desk.clock.now(), 100, "A copy of the agreement", desk.person().user_id,
    )  # fmt: skip
    waits = reversal(desk, ready)
    assert "waits for its second person" in conflict(lambda: reversal(desk, ready))
    with desk.open_book() as book:
        book.accounts.add(BRANCH, LoanBatch(charges=(charge,)))
        book.commit()
    assert "receipt or charge" in conflict(lambda: confirmed(checker, ready))
    assert waits.loan_id == done.loan_id


def test_cells_equal_a_rebuild_after_any_walk(desk, checker, ready):
    """Pay out and take back again and again: the cells follow, paisa for paisa."""
    for _ in range(6):
        if status_of(desk, ready) is ApplicationStatus.APPROVED:
            paid_out(desk, checker, ready)
        else:
            reversal(desk, ready)
            confirmed(checker, ready)
        with desk.open_book() as book:
            assert book.cells.all(BRANCH) == book.cells.counted(BRANCH)
        assert differing(desk) == {}
        is_lent = status_of(desk, ready) is ApplicationStatus.DISBURSED
        assert lent(desk) == (int(is_lent), int(is_lent))


def lent(desk):
    """Loans lent by the monitor: as its summaries keep them, and counted from the loans."""
    cut = BookCut(BRANCH, desk.clock.today(), present=True)
    with desk.read_book() as book:
        kept, anew = (
            book.monitor.sums.flows(each)
            for each in (cut, replace(cut, officer_id=desk.person().user_id))
        )
        lines, _ = book.monitor.figures.total(("loans",), cut, FigureTerms())
    assert lines == sum(each.lent_loans for each in kept)
    return lines, sum(each.lent_loans for each in anew)


def test_a_payment_of_an_earlier_day_that_is_taken_back_was_never_lent(desk, checker, ready):
    dated = desk.clock.today()
    move_on(desk, 1)
    paid_out(desk, checker, ready, disbursement_date=dated, agreement_date=dated)
    assert (lent(desk), counted(desk, ready)) == ((1, 1), (1, 1, 1, 1))
    reversal(desk, ready)
    confirmed(checker, ready)
    assert (lent(desk), counted(desk, ready)) == ((0, 0), (0, 0, 0, 0))
    assert differing(desk) == {}
