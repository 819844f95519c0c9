"""Drawn loans: the payment's schedule is the statement's, adds up and closes at nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.steps.bank_facts import bank_facts
from app.services.steps.disbursed_loan import changed_sections, disbursed_loan, loan_paid_on
from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.disbursement_terms import DisbursementTerms
from app.services.steps.refusal import Refused
from db.vocabulary.loan_life import DisbursementMode, Language
from db.vocabulary.people import Role
from tests.services.disbursement_cases import accepted, wanted
from tests.services.letter_samples import NO_FOLDER
from tests.services.letter_sanctions import beside, drawn

LENDER = bank_facts(NO_FOLDER, Language.EN).lender
DRAWN = 200


def terms_on(given, day) -> DisbursementTerms:
    return DisbursementTerms(given.terms.amount_paise, day, DisbursementMode.ACCOUNT_CREDIT)


def test_two_hundred_drawn_loans_are_their_statements(rulebook):
    joined = 0
    for number in range(DRAWN):
        given = drawn(rulebook, number)
        facts, schedule = beside(given, rulebook)
        loan = loan_paid_on(given, terms_on(given, given.issued_on), LENDER, rulebook)
        rows, repaid = loan.started.instalments, facts.part_one.repayments
        joins = sum(row.joined_paise for row in rows)
        joined += joins > 0
        assert sum(row.principal_paise for row in rows) == given.terms.amount_paise + joins
        assert rows[-1].closing_paise == 0
        assert loan.started.emi_paise == repaid.amount_paise
        assert loan.started.total_interest_paise == repaid.total_interest_paise
        assert rows[-1].due_on == repaid.last_on
        assert loan.net_paise == facts.table.net_disbursed_paise
        if schedule is not None:
            assert [(row.due_on, row.interest_paise + row.principal_paise) for row in rows] == [
                (row.due_on, row.instalment_paise + row.broken_paise) for row in schedule.rows
            ]
    assert joined > DRAWN // 40


def test_a_later_payment_never_costs_more_than_its_statement(rulebook):
    for number in range(60):
        given = drawn(rulebook, number)
        issued = given.issued_on
        loan = loan_paid_on(given, terms_on(given, issued), LENDER, rulebook)
        later = loan_paid_on(given, terms_on(given, issued + timedelta(days=2)), LENDER, rulebook)
        assert later.started.total_interest_paise <= loan.started.total_interest_paise


@pytest.fixture
def case(desk, someone, submitted):
    accepted(desk, someone("bela", Role.SUPERVISOR), submitted)
    with desk.open_book() as book:
        return read_case_to_disburse(book, submitted.application_id, desk)


def test_the_loan_equals_its_accepted_statement_until_a_term_moves(desk, case):
    assert changed_sections(case, case.statement, desk) == ()
    shorter = replace(case.letter.step, tenure_months=48)
    moved = replace(case, letter=replace(case.letter, step=shorter))
    changed = changed_sections(moved, case.statement, desk)
    assert "the schedule" in changed
    assert "other terms" not in changed


def test_a_first_due_date_of_ones_own_is_refused_at_its_field(desk, case):
    loan = disbursed_loan(case, wanted(desk), desk)
    assert len(loan.started.instalments) == 60
    assert loan.net_paise == case.terms.amount_paise - loan.charges.total_paise
    with pytest.raises(Refused) as refused:
        disbursed_loan(case, wanted(desk, first_due_date=desk.clock.today()), desk)
    assert list(refused.value.fields) == ["first_due_date"]
