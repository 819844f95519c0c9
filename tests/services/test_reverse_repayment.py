"""A receipt is undone once, by two people, on its own value date, and history stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.post_repayment import PostRepayment, post_repayment, preview_repayment
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    decline_reversal,
    propose_reversal,
    withdraw_reversal,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_account import ActState, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_post_repayment import EMI, PLANNED, consistent, post, upi


@pytest.fixture
def checker(someone) -> Desk:
    return someone("meera", Role.SUPERVISOR)


@pytest.fixture
def loan(desk, checker, submitted):
    return running_loan(desk, checker, submitted.application_id, PLANNED)


def proposed(desk: Desk, repayment_id, reason: str = "REV-BOUNCE", note: str = ""):
    return propose_reversal(ProposeReversal(new_id(desk), repayment_id, reason, note), desk)


def confirmed(desk: Desk, repayment_id):
    return confirm_reversal(DecideReversal(new_id(desk), repayment_id), desk)


def refused(call) -> Refused:
    with pytest.raises(Refused) as found:
        call()
    return found.value


def test_the_account_is_as_if_the_receipt_had_never_been(desk, checker, loan) -> None:
    before = consistent(desk, loan)[0]
    done = post(desk, loan, upi(2 * EMI + 5))
    asked = proposed(desk, done.repayment_id)
    assert asked.state is ActState.PROPOSED
    assert consistent(desk, loan)[0].overdue_paise == EMI - 5  # nothing moved yet
    back = confirmed(checker, done.repayment_id)
    assert back.effect == asked.effect  # what was shown is what is done
    assert (back.effect.dues_before, back.effect.dues_after) == (1, 3)
    assert back.effect.after == done.effect.before
    after, ledger = consistent(desk, loan)
    assert replace(after, version=before.version) == before
    (row,) = [each for each in ledger.rows if each.kind is RepaymentKind.REVERSAL]
    assert (row.repayment_id, row.reverses_id) == (back.reversal_id, done.repayment_id)
    assert row.value_date == done.value_date


def test_a_bounced_cheque_ages_the_loan_from_its_first_due_date(desk, checker, loan) -> None:
    """The reversal a week later keeps the value date; later receipts take its place."""
    first = post(desk, loan, upi(EMI))
    desk.clock.day += timedelta(days=7)
    second = post(desk, loan, upi(EMI, reference="431277881299"))
    assert second.effect.after.days_past_due == 26  # since 5 Nov
    proposed(desk, first.repayment_id)
    back = confirmed(checker, first.repayment_id)
    assert back.effect.after.days_past_due == 57  # since 5 Oct
    assert back.effect.moved_receipts == len(back.corrections) == 1
    _, ledger = consistent(desk, loan)
    assert ledger.net_split(first.repayment_id).total_paise == 0


def test_a_used_advance_is_given_back(desk, checker, loan) -> None:
    done = post(desk, loan, upi(3 * EMI + 1_000))
    desk.clock.day += timedelta(days=20)  # 13 December: the advance met the due of 5 December
    post(desk, loan, upi(100, reference="431277881299"))
    proposed(desk, done.repayment_id)
    back = confirmed(checker, done.repayment_id)
    after, ledger = consistent(desk, loan)
    assert after.advance_paise == 0
    assert after.overdue_paise == 4 * EMI - 100
    assert sum(row.excess_paise for row in ledger.rows) == 0
    assert {each.kind for each in back.corrections} == {RepaymentKind.REALLOCATION}


def test_a_closed_loan_opens_again(desk, checker, submitted) -> None:
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=9))
    _, ledger = consistent(desk, loan)
    owed = sum(row.interest_paise + row.principal_paise for row in ledger.schedule[9:])
    desk.clock.day = ledger.schedule[-1].due_date
    penal = preview_repayment(loan.loan_id, upi(owed), desk).effect.charges_due_paise
    done = post(desk, loan, upi(owed + penal))
    assert consistent(desk, loan)[0].status is LoanStatus.CLOSED
    proposed(desk, done.repayment_id)
    confirmed(checker, done.repayment_id)
    after = consistent(desk, loan)[0]
    assert (after.status, after.closed_on) == (LoanStatus.ACTIVE, None)
    assert after.outstanding_paise == loan.outstanding_paise


def test_a_receipt_is_undone_once(desk, checker, loan) -> None:
    done = post(desk, loan, upi(EMI))
    asked = proposed(desk, done.repayment_id)
    waits = refused(lambda: proposed(desk, done.repayment_id))
    assert waits.kind is RefusalKind.CONFLICT
    request = DecideReversal(new_id(checker), done.repayment_id)
    first = confirm_reversal(request, checker)
    stood = consistent(desk, loan)
    assert confirm_reversal(request, checker) == first  # the same command again
    for call in (
        lambda: confirmed(checker, done.repayment_id),
        lambda: proposed(desk, done.repayment_id),
    ):
        assert "reversed already" in refused(call).sentence
    assert "reversal itself" in refused(lambda: proposed(desk, asked.reversal_id)).sentence
    assert consistent(desk, loan) == stood


def test_the_maker_is_no_checker(desk, someone, loan) -> None:
    both = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    done = post(both, loan, upi(EMI))
    proposed(both, done.repayment_id)
    note = DecideReversal(new_id(desk), done.repayment_id, "It is good")
    for call in (
        lambda: confirmed(both, done.repayment_id),
        lambda: decline_reversal(note, both),
        lambda: withdraw_reversal(note, desk),  # another's
        lambda: confirmed(desk, done.repayment_id),  # an officer is no checker
    ):
        assert refused(call).kind is RefusalKind.NOT_PERMITTED
    stood = consistent(desk, loan)
    assert withdraw_reversal(note, both).state is ActState.WITHDRAWN
    assert consistent(desk, loan) == stood


def test_a_declined_reversal_moves_nothing(desk, checker, loan) -> None:
    done = post(desk, loan, upi(EMI))
    nothing = refused(lambda: confirmed(checker, done.repayment_id))
    assert "proposed first" in nothing.sentence
    proposed(desk, done.repayment_id)
    stood = consistent(desk, loan)
    request = DecideReversal(new_id(checker), done.repayment_id)
    assert list(refused(lambda: decline_reversal(request, checker)).fields) == ["note"]
    ended = decline_reversal(replace(request, note="The cheque was paid"), checker)
    assert (ended.state, ended.effect) == (ActState.DECLINED, None)
    assert consistent(desk, loan) == stood
    assert proposed(desk, done.repayment_id).state is ActState.PROPOSED  # it may be asked again


def test_only_receipts_are_undone(desk, checker, loan) -> None:
    post(desk, loan, upi(EMI // 2))
    late = upi(EMI, value_date=desk.clock.today() - timedelta(days=7), reference="431277881299")
    done = post_repayment(PostRepayment(new_id(checker), loan.loan_id, late), checker)
    (moved,) = done.corrections
    assert "corrects a split" in refused(lambda: proposed(desk, moved.repayment_id)).sentence
    with pytest.raises(NotFound):
        proposed(desk, loan.loan_id)


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [
        ("", "", "reason"),
        ("APP-POLICY", "", "reason"),
        ("REV-OTHER", " ", "note"),
        ("REV-BOUNCE", "PAN ACUPR7085K", "note"),
    ],
)
def test_a_reversal_says_why(desk, loan, reason, note, field) -> None:
    done = post(desk, loan, upi(EMI))
    assert list(refused(lambda: proposed(desk, done.repayment_id, reason, note)).fields) == [field]


def test_who_may_not_reverse_is_told(desk, someone, loan) -> None:
    done = post(desk, loan, upi(EMI))
    auditor = someone("p.auditor", Role.AUDITOR)
    for call in (
        lambda: proposed(auditor, done.repayment_id),
        lambda: confirmed(auditor, done.repayment_id),
    ):
        assert refused(call).kind is RefusalKind.NOT_PERMITTED
