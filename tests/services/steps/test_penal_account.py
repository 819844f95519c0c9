"""A month of one loan by its ledger: terms of its sanction, parts where its schedule changed."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from app.rules.penal_period import PenalSpan
from app.services.steps.loan_day import LoanPast
from app.services.steps.loan_ledger import LoanLedger, RowMaker
from app.services.steps.penal_account import (
    PenalAccount,
    contract_terms,
    ends_month,
    month_of,
    replayed_charge,
    settled_until,
)
from db.records.loans import Disbursement
from db.vocabulary.loan_life import DisbursementMode
from tests.rules.lending_vectors import RULEBOOK
from tests.services.running_loans import NOBODY, LoanPlanned, account_of
from tests.services.steps.test_loan_ledger import AT

APRIL = PenalSpan(date(2026, 4, 1), date(2026, 4, 30))
TODAY = date(2026, 5, 31)


def account() -> PenalAccount:
    """A loan whose instalments of April and May 2026 are unpaid."""
    planned = LoanPlanned(paid=4)
    own = account_of(planned, RULEBOOK, TODAY, NOBODY)
    ledger = LoanLedger(own.loan, own.rows, own.receipts, (), planned.amount_paise)
    return PenalAccount(ledger, LoanPast((), (own.version,)))


def with_version(one: PenalAccount, begins: date, replaced: bool) -> PenalAccount:
    """The account after a new schedule, which takes the arrears of April away where it says so."""
    [first] = one.past.versions
    version = replace(first, version=2, from_date=begins)
    april = next(row for row in one.ledger.schedule if row.due_date == date(2026, 4, 5))
    kept = tuple(row for row in one.ledger.schedule if not replaced or row != april)
    old = tuple(row for row in one.ledger.schedule if row.number >= april.number)
    later = {1: old} if replaced else {}
    return PenalAccount(
        replace(one.ledger, schedule=kept), LoanPast(one.past.paid_out, (first, version), later)
    )


def paid_out(one: PenalAccount) -> PenalAccount:
    loan = one.ledger.loan
    out = Disbursement(
        uuid4(), loan.loan_id, loan.principal_paise, loan.disbursement_date,
        DisbursementMode.CHEQUE,
    )  # fmt: skip
    return replace(one, past=replace(one.past, paid_out=(out,)))


def test_days_of_a_month() -> None:
    assert month_of(date(2026, 2, 28)) == PenalSpan(date(2026, 2, 1), date(2026, 2, 28))
    assert ends_month(date(2028, 2, 29))
    assert not ends_month(date(2028, 2, 28))


def test_a_month_is_charged_on_what_was_overdue_in_it() -> None:
    one = paid_out(account())
    month = replayed_charge(one, APRIL, RULEBOOK)
    assert month is not None
    assert month.missed.paise_days == one.ledger.loan.emi_paise * 26
    row = month.row(one.ledger.loan.loan_id, RowMaker(uuid4, uuid4(), AT))
    assert (row.due_date, row.of_day_end) == (date(2026, 4, 5), True)


@pytest.mark.parametrize(("replaced", "days"), [(False, 26), (True, 10)])
def test_arrears_that_a_new_schedule_took_away_count_until_it_began(replaced, days) -> None:
    one = paid_out(account())
    then = with_version(one, date(2026, 4, 15), replaced)
    month = replayed_charge(then, APRIL, RULEBOOK)
    assert month is not None
    assert month.missed.paise_days == one.ledger.loan.emi_paise * days


def test_a_product_that_is_not_known_has_no_terms() -> None:
    assert contract_terms("OF_OLD", date(2026, 1, 5), RULEBOOK, TODAY) is None
    assert contract_terms("VEHICLE", date(2026, 1, 5), RULEBOOK, TODAY) is not None
    one = account()
    old = replace(one.ledger.loan, product_code="OF_OLD")
    assert (
        replayed_charge(replace(one, ledger=replace(one.ledger, loan=old)), APRIL, RULEBOOK) is None
    )


def test_an_account_is_settled_as_far_as_its_rows_and_dues_say() -> None:
    ledger = account().ledger
    assert settled_until(ledger, date(2026, 4, 10)) == date(2026, 5, 5)  # May's due has fallen
    assert settled_until(ledger, date(2026, 5, 31)) == date(2026, 5, 31)
    none_left = replace(ledger, loan=replace(ledger.loan, next_due_date=None))
    assert settled_until(none_left, TODAY) == ledger.schedule[-1].due_date
