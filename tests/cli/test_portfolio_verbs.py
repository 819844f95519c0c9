from decimal import Decimal

import pytest

from app.services.make_sample_book import MakeSampleBook, make_sample_book

VERBS = (
    "summary",
    "npa-analysis",
    "repayment-stats",
    "collateral-analysis",
    "loan-distribution",
    "trend",
)


@pytest.fixture
def portfolio(own_desk, run_on):
    make_sample_book(MakeSampleBook(customers=40, applications=60), own_desk)

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
    assert set(classes["Standard"]) == {"count", "amount", "percentage", "provision_required"}
    stats = answers["repayment-stats"]
    assert stats["due"] == stats["on_time"] + stats["late"] + stats["unpaid"]
    assert {"rows", "ltv_bands"} <= set(answers["collateral-analysis"])
    assert set(answers["loan-distribution"]["rows"][0]) == {"key", "loans", "amount", "share"}
    assert len(answers["trend"]["months"]) == 12


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
    assert set(rows[0]) == {"loan_id", "reference", "amount"}
    assert f"{sum(Decimal(row['amount']) for row in rows)}" == money["total_outstanding"]


def test_one_figure_can_be_asked_for(portfolio):
    classes = portfolio("portfolio", "npa-analysis").answer["npa_classification"]
    answer = portfolio("portfolio", "npa-analysis", "--rows", "class:Standard").answer
    (figure,) = answer["figures"]
    assert figure["loans"] == classes["Standard"]["count"]
    assert figure["amount"] == classes["Standard"]["amount"]
    assert portfolio("portfolio", "npa-analysis", "--rows", "class:Odd").code == 2


def test_bands_are_written_in_rupees_and_per_cent(portfolio):
    keys = [
        row["key"] for row in portfolio("portfolio", "loan-distribution").answer["ticket_sizes"]
    ]
    assert keys[0] == "0-500000"
    bands = portfolio("portfolio", "collateral-analysis").answer["ltv_bands"]
    assert {"none", "65-75"} <= {row["key"] for row in bands}


def test_a_maker_may_not_see_the_monitor(portfolio):
    said = portfolio("portfolio", "summary", "--as", "maker1")
    assert said.code == 8
