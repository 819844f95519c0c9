"""A loan is paid out by two people: what is written, and what stops it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.rules.bank_time import bank_day
from app.rules.day_count import add_months
from app.services.disburse_loan import (
    DecideDisbursement,
    ProposeDisbursement,
    confirm_disbursement,
    decline_disbursement,
    propose_disbursement,
    withdraw_disbursement,
)
from app.services.read_application import read_application
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from app.services.steps.refusal import RefusalKind
from db.vocabulary.loan_account import ActState, DpdBucket
from db.vocabulary.loan_life import (
    ApplicationStatus,
    AssetClass,
    DisbursementMode,
    LetterKind,
    LoanStatus,
    ProvisionSegment,
)
from db.vocabulary.people import Role
from tests.services.disbursement_cases import (
    IFSC,
    LENT,
    MASKED,
    accepted,
    confirmed,
    move_on,
    paid_out,
    proposed,
    wanted,
)
from tests.services.letter_cases import conflict, content, decided, made, refusal

BRANCH = 412


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def ready(desk, checker, submitted):
    return accepted(desk, checker, submitted)


def status_of(desk, submitted):
    return read_application(submitted.application_id, desk).application.status


def cells(desk):
    with desk.open_book() as book:
        return book.cells.all(BRANCH), book.cells.counted(BRANCH)


def test_two_people_pay_a_loan_out(desk, checker, ready):
    waits = proposed(desk, ready)
    assert (waits.state, waits.loan_id) == (ActState.PROPOSED, None)
    assert status_of(desk, ready) is ApplicationStatus.APPROVED
    done = confirmed(checker, ready)
    assert (done.state, done.act_id) == (ActState.POSTED, waits.act_id)
    assert status_of(desk, ready) is ApplicationStatus.DISBURSED
    today = desk.clock.today()
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, done.loan_id)
    assert loan.reference == done.reference
    assert (loan.principal_paise, loan.outstanding_paise, loan.overdue_paise) == (LENT, LENT, 0)
    assert (loan.status, loan.asset_class) == (LoanStatus.ACTIVE, AssetClass.STANDARD)
    assert (loan.dpd_bucket, loan.provision_segment) == (DpdBucket.NONE, ProvisionSegment.OTHER)
    assert (loan.sanction_date, loan.disbursement_date) == (today, today)
    assert loan.first_due_date == loan.next_due_date == add_months(today, 1)
    kept, counted = cells(desk)
    assert kept == counted
    assert sum(cell.outstanding_paise for cell in kept) == LENT
    trail = [entry.act for entry in read_application(ready.application_id, desk).trail]
    assert trail[-2:] == ["propose_disbursement", "confirm_disbursement"]


def test_what_hangs_on_the_loan(desk, checker, ready, rulebook):
    done = paid_out(desk, checker, ready)
    with desk.open_book() as book:
        schedule = book.loans.schedule(BRANCH, done.loan_id)
        (out,) = book.loans.disbursements(BRANCH, done.loan_id)
        (version,) = book.accounts.versions(BRANCH, done.loan_id)
        (act,) = book.acts.of(BRANCH, application_id=ready.application_id)
    assert len(schedule) == 60
    assert schedule[-1].closing_paise == 0
    assert sum(row.principal_paise for row in schedule) == LENT
    assert (out.amount_paise, out.act_id) == (LENT, act.act_id)
    assert (out.disbursement_id, out.account) == (done.disbursement_id, f"{IFSC} {MASKED}")
    assert (version.version, version.act_id, version.instalments) == (1, act.act_id, 60)
    used = set(json.loads(version.rule_rows))
    today = desk.clock.today()
    assert rulebook.product("HOME_RENOVATION", today).row_id in used
    assert rulebook.row("day_count", today).row_id in used
    assert (act.state, act.checker_id) == (ActState.POSTED, checker.person().user_id)
    assert act.maker_id == desk.person().user_id
    assert json.loads(act.after)["loan"] == done.reference


def test_the_schedule_is_that_of_the_accepted_statement(desk, checker, ready):
    done = paid_out(desk, checker, ready)
    with desk.open_book() as book:
        schedule = book.loans.schedule(BRANCH, done.loan_id)
        (letter,) = book.documents.of_application(BRANCH, ready.application_id)
    printed = json.loads(content(desk, letter)[1])["schedule"]
    rows = printed["rows"]
    assert len(rows) == len(schedule)
    for row, due in zip(rows, schedule, strict=True):
        money = [
            due.opening_paise, due.principal_paise, due.interest_paise,
            due.interest_paise + due.principal_paise, due.closing_paise,
        ]  # fmt: skip
        assert [int(re.sub("[^0-9]", "", cell)) for cell in row[2:]] == money


def test_nobody_confirms_what_they_proposed(desk, someone, ready):
    both = someone("chitra", Role.OFFICER, Role.SUPERVISOR)
    proposed(both, ready)
    found = refusal(lambda: confirmed(both, ready))
    assert found.kind is RefusalKind.NOT_PERMITTED
    assert "another person" in found.sentence
    assert status_of(desk, ready) is ApplicationStatus.APPROVED


def test_who_may_not_pay_out(desk, someone, ready):
    for role in (Role.ASSISTANT, Role.COLLECTIONS, Role.AUDITOR, Role.RISK_ANALYST):
        other = someone(f"no.{role.name.lower()}", role)
        for act in (lambda o=other: proposed(o, ready), lambda o=other: confirmed(o, ready)):
            assert refusal(act).kind is RefusalKind.NOT_PERMITTED


def test_a_command_sent_again_pays_once(desk, checker, ready):
    request = ProposeDisbursement(new_id(desk), ready.application_id, wanted(desk))
    assert propose_disbursement(request, desk) == propose_disbursement(request, desk)
    changed = replace(request, terms=wanted(desk, mandate_reference="UMRN-2"))
    assert "other content" in conflict(lambda: propose_disbursement(changed, desk))
    confirm = DecideDisbursement(new_id(checker), ready.application_id)
    assert confirm_disbursement(confirm, checker) == confirm_disbursement(confirm, checker)
    with desk.open_book() as book:
        (act,) = book.acts.of(BRANCH, application_id=ready.application_id)
        assert len(book.loans.disbursements(BRANCH, act.loan_id)) == 1


def test_a_payment_is_proposed_and_confirmed_once(desk, someone, checker, ready):
    proposed(desk, ready)
    assert "waits for its second person" in conflict(lambda: proposed(desk, ready))
    confirmed(checker, ready)
    other = someone("dev", Role.SUPERVISOR)
    assert "No payment waits" in conflict(lambda: confirmed(other, ready))
    assert "All of this loan" in conflict(lambda: proposed(desk, ready))


def test_a_proposal_is_declined_with_a_word_or_withdrawn_by_its_maker(desk, checker, ready):
    proposed(desk, ready)
    key = ready.application_id
    bare = DecideDisbursement(new_id(checker), key)
    assert list(refusal(lambda: decline_disbursement(bare, checker)).fields) == ["note"]
    numbered = replace(bare, note="Aadhaar 2341 2341 2346 does not fit")
    assert list(refusal(lambda: decline_disbursement(numbered, checker)).fields) == ["note"]
    own = DecideDisbursement(new_id(desk), key, "Not yet")
    assert refusal(lambda: decline_disbursement(own, desk)).kind is RefusalKind.NOT_PERMITTED
    taken = refusal(lambda: withdraw_disbursement(replace(bare, note="x"), checker))
    assert taken.kind is RefusalKind.NOT_PERMITTED
    said = DecideDisbursement(new_id(checker), key, "The account is another one")
    assert decline_disbursement(said, checker).state is ActState.DECLINED
    proposed(desk, ready)
    back = withdraw_disbursement(DecideDisbursement(new_id(desk), key), desk)
    assert back.state is ActState.WITHDRAWN
    assert "No payment waits" in conflict(lambda: confirmed(checker, ready))
    assert status_of(desk, ready) is ApplicationStatus.APPROVED


WRONG = {
    "too much": ({"amount_paise": LENT + 1}, "amount"),
    "nothing": ({"amount_paise": 0}, "amount"),
    "no account": ({"beneficiary_account": "", "ifsc_code": ""}, "beneficiary_account"),
    "half an account": ({"beneficiary_account": "12"}, "beneficiary_account"),
    "a wrong branch code": ({"ifsc_code": "HDFC1"}, "ifsc_code"),
    "no agreement": ({"agreement_date": None}, "agreement_date"),
    "no mandate": ({"mandate_reference": " "}, "mandate_reference"),
    "a long reference": ({"mandate_reference": "x" * 41}, "mandate_reference"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_terms_that_are_refused(desk, ready, name):
    changes, field = WRONG[name]
    found = refusal(lambda: proposed(desk, ready, **changes))
    assert (found.kind, list(found.fields)) == (RefusalKind.BAD_INPUT, [field])


def test_days_that_are_refused(desk, ready):
    today, day = desk.clock.today(), timedelta(days=1)
    for changes, field in (
        ({"disbursement_date": today - day, "agreement_date": None}, "disbursement_date"),
        ({"disbursement_date": today + day}, "disbursement_date"),
        ({"agreement_date": today + day}, "agreement_date"),
        ({"agreement_date": today - day}, "agreement_date"),
        ({"first_due_date": today}, "first_due_date"),
        ({"first_due_date": add_months(today, 2)}, "first_due_date"),
    ):
        found = refusal(lambda changes=changes: proposed(desk, ready, **changes))
        assert field in found.fields, (changes, found.fields)


def test_no_money_without_an_accepted_statement(desk, checker, submitted):
    assert "before the decision" in conflict(lambda: proposed(desk, submitted))
    decided(desk, checker, submitted)
    assert "Issue a Key Facts Statement" in conflict(lambda: proposed(desk, submitted))
    made(desk, submitted, LetterKind.KFS)
    assert "Have the borrower accept" in conflict(lambda: proposed(desk, submitted))
    move_on(desk, 10)
    assert "could be accepted until" in conflict(lambda: proposed(desk, submitted))


def test_a_sanction_does_not_hold_for_ever(desk, checker, ready):
    move_on(desk, 91)
    assert "The sanction held until" in conflict(lambda: proposed(desk, ready))


def test_the_checks_are_made_again_at_the_confirmation(desk, checker, ready):
    proposed(desk, ready)
    (desk.data_dir / "bank.json").write_text('{"nodal_phone": "1800 111 1111"}', "utf-8")
    found = conflict(lambda: confirmed(checker, ready))
    assert "differs from its statement in other terms" in found
    (desk.data_dir / "bank.json").unlink()
    assert confirmed(checker, ready).loan_id is not None


def test_paid_out_later_the_interest_runs_from_the_real_day(desk, checker, ready):
    stated = add_months(desk.clock.today(), 1)
    move_on(desk, 6)
    today = desk.clock.today()
    with_date = {"first_due_date": stated}
    done = paid_out(desk, checker, ready, **with_date)
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, done.loan_id)
        schedule = book.loans.schedule(BRANCH, done.loan_id)
    assert (loan.disbursement_date, loan.first_due_date) == (today, stated)
    days = (stated - today).days
    assert schedule[0].interest_paise == (LENT * 122_500 * days * 2 + 365 * 10**6) // (730 * 10**6)
    assert schedule[-1].closing_paise == 0
    assert bank_day(desk.clock.now()) == today


def test_a_month_after_the_real_day_when_no_day_is_named(desk, checker, ready):
    move_on(desk, 6)
    done = paid_out(desk, checker, ready)
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, done.loan_id)
    assert loan.first_due_date == add_months(desk.clock.today(), 1)


def test_an_account_is_not_asked_for_where_a_cheque_is_handed_over(desk, checker, ready):
    done = paid_out(
        desk, checker, ready,
        mode=DisbursementMode.CHEQUE, beneficiary_account="", ifsc_code="",
    )  # fmt: skip
    with desk.open_book() as book:
        (out,) = book.loans.disbursements(BRANCH, done.loan_id)
    assert (out.mode, out.account) == (DisbursementMode.CHEQUE, None)


def test_stored_rows_are_what_a_replay_over_the_schedule_gives(desk, checker, ready):
    done = paid_out(desk, checker, ready)
    move_on(desk, 1)
    with desk.open_book() as book:
        loan = book.loans.get(BRANCH, done.loan_id)
        ledger = read_ledger(book, loan)
        state = replay_ledger(ledger, desk.clock.today())
    assert ledger.disbursed_paise == state.principal_left_paise == loan.outstanding_paise == LENT
    assert settled_rows(ledger, state) == ()
