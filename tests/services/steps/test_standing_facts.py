"""Signs of state over a branch against one loan after the other."""

from collections import defaultdict

import pytest
from sqlalchemy import select

from app.services.steps.standing_facts import standing_facts
from db.records.lists import LoanFilter, Viewer
from db.tables.applications import applications, assessments, co_applicants
from db.vocabulary.loan_life import AssetClass, LoanStatus
from tests.services.sample_desks import own_sandbox, small_sandbox

OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
NPA = tuple(AssetClass)[tuple(AssetClass).index(AssetClass.SUB_STANDARD) :]


def in_default(row) -> bool:
    return row.status is LoanStatus.DEFAULTED or (row.asset_class in NPA and row.status in OPEN)


@pytest.fixture
def book(request):
    desk, _ = small_sandbox(request)
    with desk.read_book() as opened:
        yield desk, opened


def rows_of(desk, opened):
    viewer = Viewer(desk.person().branch_id, None, desk.clock.today())
    return opened.loans.find(viewer, LoanFilter(), 1_000).rows


def facts_of(desk, opened):
    return standing_facts(opened, desk.person().branch_id, desk.rulebook(), desk.clock.today())


def test_later_scores_equal_those_of_each_loan(book) -> None:
    desk, opened = book
    scored = (
        select(applications, assessments.c.assessed_at, assessments.c.credit_score_hundredths)
        .join(assessments, assessments.c.assessment_id == applications.c.assessment_id)
        .order_by(assessments.c.assessed_at)
    )
    of_customer, of_application = defaultdict(list), {}
    for row in opened._connection.execute(scored).mappings():
        score = (row["assessed_at"], row["credit_score_hundredths"])
        of_application[row["application_id"]] = score
        of_customer[row["customer_id"]].append(score)
    wanted = {}
    for loan in rows_of(desk, opened):
        then, newest = of_application[loan.application_id], of_customer[loan.customer_id][-1]
        if loan.status in OPEN and newest[0] > then[0] and newest[1] < then[1]:
            wanted[loan.loan_id] = (then[1], newest[1])
    assert wanted
    found = {key: each.scores for key, each in facts_of(desk, opened).items() if each.scores}
    assert found == wanted


def test_cosigners_in_default_equal_those_of_each_loan(book) -> None:
    desk, opened = book
    rows = rows_of(desk, opened)
    debtors = {row.customer_id for row in rows if in_default(row)}
    beside = defaultdict(set)
    for row in opened._connection.execute(select(co_applicants)).mappings():
        beside[row["application_id"]].add(row["customer_id"])
    wanted = {
        row.loan_id for row in rows if row.status in OPEN and beside[row.application_id] & debtors
    }
    found = {key for key, each in facts_of(desk, opened).items() if each.cosigner_in_default}
    assert found == wanted  # no guarantor of the sample has a PAN to be known by


def test_what_security_hardly_carries_is_held_against_its_cap(request, tmp_path) -> None:
    desk = own_sandbox(request, tmp_path)
    with desk.open_book() as opened:  # rolled back: the value of every security falls
        opened._connection.exec_driver_sql("UPDATE collateral SET value_paise = 1000000")
        found = facts_of(desk, opened)
        breached = {key for key, each in found.items() if each.ltv and not each.ltv.passes}
        assert breached
    with desk.read_book() as opened:
        assert not {key for key, each in facts_of(desk, opened).items() if each.ltv}
