from decimal import Decimal

import pytest

from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from app.services.watch_portfolio import (
    FIGURES,
    collateral_analysis,
    loan_distribution,
    npa_analysis,
    portfolio_summary,
    portfolio_trend,
    repayment_stats,
    rows_behind,
)
from db.vocabulary.loan_life import AssetClass
from tests.services.sample_desks import small_sandbox


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_summary_is_made_of_the_rules_ratios(analyst):
    summary = portfolio_summary(analyst)
    assert summary.total_applications == 150
    npa, outstanding = summary.total_npa_amount_paise, summary.total_outstanding_paise
    assert summary.npa_ratio == Decimal(100 * npa) / outstanding
    assert summary.net_npa_ratio < summary.npa_ratio
    assert summary.par30 >= summary.par60 >= summary.par90
    assert summary.default_rate == Decimal(100 * summary.defaulted_loans) / summary.total_loans


@pytest.mark.parametrize(
    ("figure", "amount"),
    [
        ("npa", "total_npa_amount_paise"),
        ("outstanding", "total_outstanding_paise"),
        ("disbursed", "total_disbursed_paise"),
    ],
)
def test_rows_and_sum_of_the_drill_equal_the_figure(analyst, figure, amount):
    rows = rows_behind(figure, analyst)
    assert sum(each.amount_paise for each in rows) == getattr(portfolio_summary(analyst), amount)


def test_counts_of_the_drill_equal_the_figure(analyst):
    summary = portfolio_summary(analyst)
    for figure, name in (
        ("loans", "total_loans"),
        ("active_loans", "active_loans"),
        ("defaulted_loans", "defaulted_loans"),
    ):
        assert len(rows_behind(figure, analyst)) == getattr(summary, name)


def test_every_class_stands_in_the_table_with_its_provision(analyst):
    found = npa_analysis(analyst)
    assert [line.asset_class for line in found.classes] == list(AssetClass)
    summary = portfolio_summary(analyst)
    assert sum(line.outstanding_paise for line in found.classes) == summary.total_outstanding_paise
    assert sum(line.percentage for line in found.classes) == pytest.approx(Decimal(100))
    for line in found.classes:
        rows = rows_behind(f"class:{line.asset_class}", analyst)
        assert len(rows) == line.loans
        assert sum(each.amount_paise for each in rows) == line.outstanding_paise
        assert (line.provision_required_paise > 0) == (line.outstanding_paise > 0)


def test_unpaid_instalments_count_against(analyst):
    stats = repayment_stats(analyst)
    assert stats.due == stats.on_time + stats.late + stats.unpaid
    assert stats.on_time_share == Decimal(100 * stats.on_time) / stats.due
    assert sum(line.share for line in stats.by_method) == pytest.approx(Decimal(100))


def test_distributions_add_up(analyst):
    found = loan_distribution(analyst)
    total = portfolio_summary(analyst).total_outstanding_paise
    assert sum(line.amount_paise for line in found.rows) == total
    for line in found.rows:
        assert len(rows_behind(f"purpose:{line.key}", analyst)) == line.loans
    for line in collateral_analysis(analyst).rows:
        assert len(rows_behind(f"collateral:{line.key}", analyst)) > 0


def test_the_trend_ends_at_the_books_day(analyst):
    months = portfolio_trend(analyst)
    summary = portfolio_summary(analyst)
    assert len(months) == 12
    assert months[-1].month_end == summary.as_of
    assert months[-1].outstanding_paise == summary.total_outstanding_paise
    assert months[-1].npa_ratio == summary.npa_ratio


def test_all_figures_can_be_asked_for_and_no_other(analyst):
    for figure in FIGURES:
        rows_behind(figure, analyst)
    with pytest.raises(Refused, match="Name one of these figures"):
        rows_behind("everything", analyst)


def test_an_officer_may_not_see_the_monitor(analyst):
    with pytest.raises(Refused, match="does not allow"):
        portfolio_summary(analyst.acting(sandbox_actor(MAKER)))
