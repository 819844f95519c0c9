"""DOC-INCOME and DOC-SET answer once their papers are there; nothing given is not checked."""

from dataclasses import replace

from app.rules.paper_checklist import paper_states, papers_wanted
from db.vocabulary.decisions import PolicyState as S
from db.vocabulary.loan_life import DocumentKind as Kind
from db.vocabulary.people import EmploymentType
from db.vocabulary.reasons import PolicyCheck as C
from tests.rules.case_samples import DAY, WORKED, lines_of, with_terms
from tests.rules.lending_vectors import RULEBOOK

WANTED = papers_wanted(
    RULEBOOK.product("HOME_RENOVATION", DAY), EmploymentType.SALARIED, secured=False
)


def found(check, *papers, case=WORKED):
    return lines_of(replace(case, papers=paper_states(papers)))[check]


def test_nothing_given_is_not_checked():
    assert found(C.DOC_INCOME).state is S.UNVERIFIED
    assert found(C.DOC_SET).state is S.UNVERIFIED


def test_a_payslip_counts_once_it_was_checked():
    assert found(C.DOC_INCOME, (Kind.PAYSLIP, False)).state is S.UNVERIFIED
    assert found(C.DOC_INCOME, (Kind.PHOTO, True)).state is S.UNVERIFIED
    assert found(C.DOC_INCOME, (Kind.PAYSLIP, True)).state is S.PASS


def test_the_missing_papers_are_named_and_the_whole_set_passes():
    some = found(C.DOC_SET, *[(kind, False) for kind in WANTED[:-2]])
    assert some.state is S.NOTE
    assert some.text == "These papers were not given: Bank statement, Form 16."
    assert found(C.DOC_SET, *[(kind, False) for kind in WANTED]).state is S.PASS


def test_a_product_that_asks_for_no_income_papers_has_no_income_check():
    gold = with_terms(product_code="GOLD_CONSUMPTION")
    assert found(C.DOC_INCOME, case=gold).state is S.NOT_APPLICABLE
    assert found(C.DOC_INCOME, case=with_terms(product_code=None, loan_purpose=None)).state is (
        S.UNVERIFIED
    )


def test_what_was_recorded_of_the_check_itself_comes_first():
    for check in (C.DOC_INCOME, C.DOC_SET):
        for state in (S.PASS, S.NOTE, S.NOT_APPLICABLE, S.UNVERIFIED):
            case = replace(WORKED, papers=((check, state),))
            assert lines_of(case)[check].state is state
