import pytest


@pytest.fixture
def loans(own_desk, fill, run_on):
    fill(20, 30)
    return lambda *words: run_on(own_desk, "loans", *words)


def test_loans_are_listed_with_their_days(loans):
    answer = loans("--limit", "5").answer
    assert len(answer["loans"]) == 5
    assert answer["total"] > 5
    assert {
        "loan_id",
        "reference",
        "customer_id",
        "application_id",
        "loan_amount",
        "outstanding_balance",
        "overdue_amount",
        "emi_amount",
        "interest_rate",
        "tenure_months",
        "disbursement_date",
        "next_due_date",
        "status",
        "asset_class",
        "days_past_due",
    } <= set(answer["loans"][0])


def test_pages_follow_each_other_by_cursor(loans):
    first = loans("--limit", "5").answer
    second = loans("--limit", "5", "--after", first["next"]).answer
    seen = {loan["loan_id"] for loan in first["loans"]}
    assert seen.isdisjoint(loan["loan_id"] for loan in second["loans"])


def test_a_class_narrows_the_list(loans):
    answer = loans("--class", "Standard").answer
    assert {loan["asset_class"] for loan in answer["loans"]} == {"Standard"}
    assert loans("--class", "Odd").code == 2


@pytest.mark.parametrize("limit", ["0", "-1", "x", "5000"])
def test_a_page_has_a_sane_size(loans, limit):
    assert loans("--limit", limit).code == 2


def test_a_cursor_of_somebody_else_is_refused(loans):
    assert loans("--after", "nonsense").code == 7
