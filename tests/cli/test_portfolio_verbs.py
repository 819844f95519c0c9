from decimal import Decimal

import pytest

VERBS = (
    "summary",
    "npa-analysis",
    "repayment-stats",
    "collateral-analysis",
    "loan-distribution",
    "trend",
    "concentration",
    "cohorts",
    "roll-rates",
)


@pytest.fixture
def portfolio(own_desk, fill, run_on):
    fill(40, 60)
    return lambda *words: run_on(own_desk, *words)


def test_every_verb_of_the_group_answers_as_the_contract_says(portfolio):
    answers = {name: portfolio("portfolio", name).answer for name in VERBS}
    assert all(answer["as_of"] for answer in answers.values())
    summary = answers["summary"]
    assert set(summary["loan_statistics"]) == {
        "total_applications",
        "total_loans",
        "active_loans",
        "defaulted_loans",
        "approval_rate",
    }
    assert set(summary["financial_metrics"]) == {
        "total_disbursed",
        "total_outstanding",
        "total_repaid",
        "total_npa_amount",
    }
    assert {
        "npa_ratio",
        "net_npa_ratio",
        "default_rate",
        "average_emi_payment_rate",
        "par30",
        "par60",
        "par90",
        "collection_efficiency",
    } <= set(summary["risk_metrics"])
    classes = answers["npa-analysis"]["npa_classification"]
    assert len(classes) == 9
    assert {"count", "amount", "percentage", "provision_required"} <= set(classes["Standard"])
    stats = answers["repayment-stats"]
    assert stats["due"] == stats["on_time"] + stats["late"] + stats["unpaid"]
    assert {"rows", "ltv_bands"} <= set(answers["collateral-analysis"])
    assert set(answers["loan-distribution"]["rows"][0]) == {"key", "loans", "amount", "share"}
    assert len(answers["trend"]["months"]) == 12
    groups = answers["concentration"]
    assert {"key", "loans", "amount", "share", "npa_share"} <= set(groups["rows"][0])
    assert 0 < groups["hhi"] <= 1
    cohort = answers["cohorts"]["cohorts"][0]
    assert {"month", "loans", "ever_90_plus"} <= set(cohort)
    assert len(cohort["ever_90_plus"]) == len(answers["cohorts"]["months_on_book"])
    rolls = answers["roll-rates"]
    assert bool(rolls["message"]) != bool(rolls["matrix"])


def test_rows_are_exactly_the_loans_behind_each_figure(portfolio):
    summary = portfolio("portfolio", "summary").answer
    figures = {
        each["figure"]: each
        for each in portfolio("portfolio", "summary", "--rows").answer["figures"]
    }
    money = summary["financial_metrics"]
    assert figures["loans"]["loans"] == summary["loan_statistics"]["total_loans"]
    assert figures["outstanding"]["amount"] == money["total_outstanding"]
    assert figures["npa"]["amount"] == money["total_npa_amount"]
    rows = figures["outstanding"]["rows"]
    assert {"loan_id", "reference", "amount"} <= set(rows[0])
    assert f"{sum(Decimal(row['amount']) for row in rows)}" == money["total_outstanding"]


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_lists_the_lines_of_its_figures(portfolio, name):
    listed = portfolio("portfolio", name, "--rows").answer["figures"]
    assert listed or name == "roll-rates"  # the sample book may keep no month end
    for figure in listed:
        total = sum(Decimal(row["amount"]) for row in figure["rows"])
        assert (figure["loans"], Decimal(figure["amount"])) == (len(figure["rows"]), total)


@pytest.mark.parametrize("by", ["state", "city", "employer", "officer", "segment", "product"])
def test_the_book_by_any_key(portfolio, by):
    whole = portfolio("portfolio", "summary").answer["financial_metrics"]["total_outstanding"]
    rows = portfolio("portfolio", "concentration", "--by", by).answer["rows"]
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(whole)


def test_scope_is_given_to_every_verb(portfolio):
    bank = portfolio("portfolio", "summary", "--bank").answer
    assert bank == portfolio("portfolio", "summary").answer
    none = portfolio("portfolio", "summary", "--product", "GOLD_LOAN").answer
    assert none["loan_statistics"]["total_loans"] == 0
    assert none["risk_metrics"]["npa_ratio"] is None
    future = portfolio("portfolio", "cohorts", "--month-end", "2031-01-31")
    assert (future.code, "closed up to" in future.error["message"]) == (7, True)


def test_one_figure_can_be_asked_for(portfolio):
    classes = portfolio("portfolio", "npa-analysis").answer["npa_classification"]
    answer = portfolio("portfolio", "npa-analysis", "--rows", "class Standard").answer
    (figure,) = answer["figures"]
    assert figure["loans"] == classes["Standard"]["count"]
    assert figure["amount"] == classes["Standard"]["amount"]
    assert portfolio("portfolio", "npa-analysis", "--rows", "class Odd").code == 7


def test_bands_are_written_in_rupees_and_per_cent(portfolio):
    keys = [
        row["key"] for row in portfolio("portfolio", "loan-distribution").answer["ticket_sizes"]
    ]
    assert {"0-500000", "500000-1500000"} & set(keys)
    assert keys == sorted(keys, key=lambda key: int(key.partition("-")[0]))
    bands = portfolio("portfolio", "collateral-analysis").answer["ltv_bands"]
    assert {"none", "65-75"} <= {row["key"] for row in bands}


def test_a_maker_may_not_see_the_monitor(portfolio):
    said = portfolio("portfolio", "summary", "--as", "maker1")
    assert said.code == 8
