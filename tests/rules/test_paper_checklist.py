"""The checklist of a loan: which papers it asks for and which are there."""

from app.rules.paper_checklist import (
    checklist,
    is_income,
    paper_states,
    papers_wanted,
)
from db.vocabulary.decisions import PolicyState
from db.vocabulary.loan_life import DocumentKind as Kind
from db.vocabulary.people import EmploymentType
from tests.rules.case_samples import DAY
from tests.rules.lending_vectors import RULEBOOK, wording

HOME = RULEBOOK.product("HOME_RENOVATION", DAY)


def test_always_then_by_work_then_by_security():
    salaried = papers_wanted(HOME, EmploymentType.SALARIED, secured=False)
    assert salaried[:2] == (Kind.PAN_CARD, Kind.ADDRESS_PROOF)
    assert salaried[-3:] == (Kind.PAYSLIP, Kind.BANK_STATEMENT, Kind.FORM_16)
    secured = papers_wanted(HOME, EmploymentType.SALARIED, secured=True)
    assert secured[len(salaried) :] == (Kind.VALUATION_REPORT, Kind.OWNERSHIP_DECLARATION)
    unknown = papers_wanted(HOME, None, secured=False)
    assert unknown == salaried[: len(unknown)]
    business = papers_wanted(HOME, EmploymentType.BUSINESS, secured=False)
    assert Kind.GST_RETURNS in business
    assert len(set(business)) == len(business)


def test_one_checked_copy_makes_the_kind_checked():
    states = paper_states([(Kind.PAYSLIP, False), (Kind.PAYSLIP, True), (Kind.PAYSLIP, False)])
    assert states == (("PAYSLIP", PolicyState.PASS),)
    assert paper_states([(Kind.ITR, False)]) == (("ITR", PolicyState.UNVERIFIED),)
    assert paper_states([]) == ()


def test_given_missing_and_beside():
    papers = dict(paper_states([(Kind.FORM_60, True), (Kind.PHOTO, False), (Kind.ITR, False)]))
    lines = checklist((Kind.PAN_CARD, Kind.PHOTO, Kind.PAYSLIP), papers)
    assert [(e.kind, e.wanted, e.given, e.checked, e.missing) for e in lines] == [
        (Kind.PAN_CARD, True, True, True, False),  # Form 60 stands in its place
        (Kind.PHOTO, True, True, False, False),
        (Kind.PAYSLIP, True, False, False, True),
        (Kind.ITR, False, True, False, False),
    ]


def test_income_papers_are_those_of_their_group():
    words = wording()
    income = {kind for kind in Kind if is_income(kind, words)}
    assert {Kind.PAYSLIP, Kind.FORM_16, Kind.PENSION_SLIP} <= income
    assert not income & {Kind.PAN_CARD, Kind.EMPLOYMENT_PROOF, Kind.BUREAU_REPORT}
