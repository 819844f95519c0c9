from datetime import timedelta

from app.services.keep_draft import KeepDraft, keep_draft
from app.services.today_work import today_work
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.disbursement_cases import LENT, accepted, confirmed, proposed
from tests.services.running_loans import LoanPlanned


def test_what_waits_drafts_and_counts(desk, submitted):
    keep_draft(KeepDraft("customer_form", None, 0, "Asha", {}), desk)
    work = today_work(desk)
    (line,) = work.to_do
    assert (line.what, line.reference, line.age_days) == ("New", submitted.reference, 0)
    assert (line.screen, line.record_id) == ("decision", submitted.application_id)
    assert work.counts[ApplicationStatus.PENDING] == 1
    assert [each.title for each in work.drafts] == ["Asha"]
    assert work.disbursed_month_paise == 0
    desk.clock.day += timedelta(days=8)
    assert today_work(desk).to_do[0].what == "Waiting"


def test_collections_see_no_applications(someone, submitted):
    assert today_work(someone("caller", Role.COLLECTIONS)).to_do == ()


def test_payments_wait_for_their_maker_and_then_for_another(desk, someone, submitted):
    checker = someone("bela", Role.SUPERVISOR)
    accepted(desk, checker, submitted)
    (mine,) = today_work(desk).to_do
    assert (mine.what, mine.screen, mine.record_id) == (
        "Approved", "disbursement", submitted.application_id,
    )  # fmt: skip
    assert today_work(someone("typist", Role.ASSISTANT)).to_do == ()
    proposed(desk, submitted)
    (theirs,) = today_work(checker).to_do
    assert (theirs.what, theirs.who, theirs.amount_paise) == ("Payment", "Asha Kulkarni", LENT)
    assert (theirs.screen, theirs.reference) == ("disbursement", submitted.reference)
    assert [each.what for each in today_work(desk).to_do] == ["Approved"]
    confirmed(checker, submitted)
    assert today_work(checker).to_do == today_work(desk).to_do == ()


def test_a_change_of_a_loan_waits_for_a_second_person(desk, someone, submitted):
    checker = someone("bela", Role.SUPERVISOR)
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned())
    asked = lent.propose(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    (line,) = [each for each in today_work(checker).to_do if each.screen == "loan_acts"]
    assert (line.what, line.reference, line.record_id) == ("Loan change", "L-1042", asked.act_id)
    assert line.amount_paise == 20_000_000
    assert not [each for each in today_work(desk).to_do if each.screen == "loan_acts"]
