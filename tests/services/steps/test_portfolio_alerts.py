from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.services.steps.portfolio_alerts import alert_limits, npa_ratio_of, standing_alerts
from db.records.portfolio import BookSums, MonthSum
from db.vocabulary.operations import Alert, AlertLevel

TODAY = date(2026, 9, 30)
SUMS = BookSums(
    as_of=TODAY,
    applications=10,
    decided=10,
    approved=10,
    loans=100,
    active_loans=100,
    defaulted_loans=0,
    disbursed_paise=10_000,
    outstanding_paise=10_000,
    repaid_paise=0,
    npa_outstanding_paise=0,
    npa_provision_paise=0,
    outstanding_above_30_paise=0,
    outstanding_above_60_paise=0,
    outstanding_above_90_paise=0,
    instalments_due=100,
    instalments_on_time=100,
    instalments_late=0,
    instalments_unpaid=0,
    current_demand_paise=0,
    collected_on_current_paise=0,
    late_fees_paise=0,
)


def month(day, npa, defaulted=0):
    return MonthSum(day, 10_000, npa, 100, defaulted, 0, 0, 0)


def levels(sums, months, rulebook):
    return {line.rule: line.level for line in standing_alerts(sums, months, rulebook)}


def test_a_healthy_book_has_no_alerts(rulebook):
    assert levels(SUMS, [], rulebook) == {}


def test_each_limit_has_its_level(rulebook):
    assert levels(replace(SUMS, npa_outstanding_paise=501), [], rulebook) == {
        "npa_ratio": AlertLevel.CRITICAL
    }
    assert levels(replace(SUMS, npa_outstanding_paise=301), [], rulebook) == {
        "npa_ratio": AlertLevel.WARNING
    }
    assert levels(replace(SUMS, defaulted_loans=11), [], rulebook) == {
        "default_rate": AlertLevel.CRITICAL
    }
    late = replace(SUMS, instalments_on_time=79, instalments_unpaid=21)
    assert levels(late, [], rulebook) == {"average_emi_payment_rate": AlertLevel.WARNING}


def test_the_line_says_since_when_it_stands(rulebook):
    months = [
        month(date(2026, 6, 30), 600),
        month(date(2026, 7, 31), 100),
        month(date(2026, 8, 31), 520),
    ]
    (line,) = standing_alerts(replace(SUMS, npa_outstanding_paise=510), months, rulebook)
    assert line.since == date(2026, 8, 31)
    assert line.limit == Decimal(5)
    assert line.value == Decimal("5.1")


def test_an_alert_clears_only_well_inside_its_limit(rulebook):
    months = [month(date(2026, 8, 31), 520)]
    (line,) = standing_alerts(replace(SUMS, npa_outstanding_paise=480), months, rulebook)
    assert line.level is AlertLevel.CRITICAL
    (line,) = standing_alerts(replace(SUMS, npa_outstanding_paise=460), months, rulebook)
    assert line.level is AlertLevel.WARNING


def test_an_empty_book_has_no_ratio_and_no_alert(rulebook):
    empty = replace(SUMS, outstanding_paise=0, loans=0, instalments_due=0, instalments_on_time=0)
    assert levels(empty, [], rulebook) == {}
    assert npa_ratio_of(MonthSum(TODAY, 0, 0, 0, 0, 0, 0, 0)) is None


def test_limits_to_draw_are_the_rule_rows(rulebook):
    limits = alert_limits(Alert.NPA_RATIO, rulebook, TODAY)
    assert {line.level: line.value for line in limits} == {
        AlertLevel.WARNING: Decimal(3),
        AlertLevel.CRITICAL: Decimal(5),
    }
