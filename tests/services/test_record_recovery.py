"""Money on a loan that is written off: principal first, no instalment touched, never too much."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.record_recovery import RecordRecovery, record_recovery
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import LoanBatch, NpaEntry
from db.vocabulary.lending import MoratoriumTreatment
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass, LoanStatus, PaymentMethod
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.running_loans import LoanPlanned

SINCE = date(2026, 10, 31)


def make_npa(found: TwoPeople) -> None:
    """As a day-end would leave it: an entry of its class, and the loan with it."""
    with found.maker.open_book() as book:
        held = book.accounts.lock(found.loan.branch_id, found.loan_id)
        entry = NpaEntry(
            new_id(found.maker), held.loan_id, SINCE, found.maker.clock.now(),
            AssetClass.SUB_STANDARD, None, SINCE, 0, "days past due",
        )  # fmt: skip
        book.accounts.add(held.branch_id, LoanBatch(npa_entries=(entry,)))
        npa = replace(held, asset_class=AssetClass.SUB_STANDARD, npa_since=SINCE)
        book.cells.move(held, book.accounts.update(npa))
        book.commit()


@pytest.fixture
def lent(desk, someone, submitted) -> TwoPeople:
    """A loan of 50,000.00 that was written off with 4 instalments unpaid."""
    checker = someone("meera", Role.SUPERVISOR)
    found = two_people(desk, checker, submitted.application_id, LoanPlanned(5_000_000, paid=8))
    make_npa(found)
    return found


def recovery(lent: TwoPeople, paise: int, **fields: object) -> RecordRecovery:
    asked = RecordRecovery(
        new_id(lent.maker), lent.loan_id, paise, lent.today, PaymentMethod.CASH, "R1", "Asha"
    )
    return replace(asked, **fields)


def test_principal_is_recovered_first_and_the_loan_stays_written_off(lent) -> None:
    given_up = lent.post(LoanAct.WRITE_OFF).after.written_off_paise
    schedule = lent.ledger.schedule
    lent.maker.clock.day += timedelta(days=60)
    first = record_recovery(recovery(lent, 1_000_000), lent.maker)
    assert (first.principal_paise, first.interest_paise) == (1_000_000, 0)
    assert first.left_paise == given_up - 1_000_000 == lent.loan.outstanding_paise
    assert lent.ledger.schedule == schedule
    interest = sum(row.interest_paise for row in schedule if 8 < row.number <= 12)
    last = record_recovery(recovery(lent, first.left_paise + interest), lent.maker)
    assert (last.left_paise, last.interest_paise) == (0, interest)
    loan = lent.loan
    assert (loan.status, loan.written_off_paise) == (LoanStatus.WRITTEN_OFF, given_up)
    rows = [row for row in lent.ledger.rows if row.kind is RepaymentKind.RECOVERY]
    assert sum(row.principal_paise for row in rows) == given_up
    lent.check_laws()
    with pytest.raises(Refused) as refusal:
        record_recovery(recovery(lent, 1), lent.maker)  # nothing is owed any more
    assert set(refusal.value.fields) == {"amount"}


def test_the_same_command_counts_once_and_other_content_is_refused(lent) -> None:
    lent.post(LoanAct.WRITE_OFF)
    asked = recovery(lent, 500_00)
    assert record_recovery(asked, lent.maker) == record_recovery(asked, lent.maker)
    with pytest.raises(Refused) as refusal:
        record_recovery(replace(asked, amount_paise=600_00), lent.maker)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_a_loan_that_is_not_written_off_takes_payments(lent) -> None:
    with pytest.raises(Refused) as refusal:
        record_recovery(recovery(lent, 500_00), lent.maker)
    assert refusal.value.kind is RefusalKind.CONFLICT


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"value_date": date(2026, 11, 22)}, "value_date"),
        ({"value_date": date(2026, 11, 24)}, "value_date"),
        ({"amount_paise": 0}, "amount"),
        ({"amount_paise": 10**10}, "amount"),
        ({"reference": "x" * 41}, "reference"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(lent, fields, at) -> None:
    lent.post(LoanAct.WRITE_OFF)
    with pytest.raises(Refused) as refusal:
        record_recovery(recovery(lent, 500_00, **fields), lent.maker)
    assert set(refusal.value.fields) == {at}


def test_who_may_not(lent, someone) -> None:
    lent.post(LoanAct.WRITE_OFF)
    with pytest.raises(Refused):
        record_recovery(recovery(lent, 500_00), someone("eye", Role.AUDITOR))


def test_a_loan_written_off_in_a_pause_grows_no_more(desk, someone, submitted) -> None:
    """Interest of the months after it joins nothing: the bank has stopped counting it."""
    planned = LoanPlanned(
        50_000_000, 60, 100_000, date(2026, 11, 5), 0, product_code="BUSINESS_TERM"
    )
    lent = two_people(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, planned)
    lent.post(LoanAct.MORATORIUM, months=3, treatment=MoratoriumTreatment.CAPITALISED_MONTHLY)
    lent.maker.clock.day = date(2026, 12, 20)
    make_npa(lent)
    given_up = lent.post(LoanAct.WRITE_OFF).after.written_off_paise
    assert given_up == lent.loan.outstanding_paise > 50_000_000  # December joined
    lent.maker.clock.day = date(2027, 3, 20)
    found = record_recovery(recovery(lent, 1_000_000), lent.maker)
    assert found.left_paise == lent.loan.outstanding_paise == given_up - 1_000_000
    joined = [row for row in lent.ledger.rows if row.kind is RepaymentKind.CAPITALISATION]
    assert [row.value_date for row in joined] == [date(2026, 12, 5)]
    lent.check_laws()
