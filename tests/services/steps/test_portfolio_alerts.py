from datetime import date
from decimal import Decimal

from app.services.steps.portfolio_alerts import alert_limits, followed_alerts
from db.vocabulary.operations import Alert, AlertLevel

JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)
TODAY = date(2026, 9, 30)


def followed(rulebook, alert, *values):
    """The alerts that stand after these values, the last of them today's."""
    days = (JUNE, JULY, AUGUST, TODAY)[-len(values) :]
    told = [None if each is None else Decimal(each) for each in values]
    return list(followed_alerts({alert: list(zip(days, told, strict=True))}, rulebook))


def test_a_healthy_book_has_no_alerts(rulebook):
    for alert, value in ((Alert.NPA_RATIO, 0), (Alert.DEFAULT_RATE, 0), (Alert.ON_TIME, 100)):
        assert followed(rulebook, alert, value) == []


def test_each_limit_has_its_level(rulebook):
    for alert, value, rule, level in (
        (Alert.NPA_RATIO, "5.01", "npa_ratio", AlertLevel.CRITICAL),
        (Alert.NPA_RATIO, "3.01", "npa_ratio", AlertLevel.WARNING),
        (Alert.DEFAULT_RATE, "11", "default_rate", AlertLevel.CRITICAL),
        (Alert.ON_TIME, "79", "average_emi_payment_rate", AlertLevel.WARNING),
    ):
        (line,) = followed(rulebook, alert, value)
        assert (line.rule, line.level, line.since) == (rule, level, TODAY)


def test_every_alert_is_followed_by_itself(rulebook):
    lines = followed_alerts(
        {
            Alert.NPA_RATIO: [(TODAY, Decimal(6))],
            Alert.DEFAULT_RATE: [(TODAY, Decimal(1))],
            Alert.ON_TIME: [(TODAY, Decimal(50))],
        },
        rulebook,
    )
    assert [line.rule for line in lines] == ["npa_ratio", "average_emi_payment_rate"]


def test_the_line_says_since_when_it_stands(rulebook):
    (line,) = followed(rulebook, Alert.NPA_RATIO, 6, 1, "5.2", "5.1")
    assert line.since == AUGUST
    assert line.limit == Decimal(5)
    assert line.value == Decimal("5.1")


def test_an_alert_clears_only_well_inside_its_limit(rulebook):
    (line,) = followed(rulebook, Alert.NPA_RATIO, "5.2", "4.8")
    assert line.level is AlertLevel.CRITICAL
    (line,) = followed(rulebook, Alert.NPA_RATIO, "5.2", "4.6")
    assert line.level is AlertLevel.WARNING


def test_an_empty_book_has_no_ratio_and_no_alert(rulebook):
    assert followed(rulebook, Alert.NPA_RATIO, None) == []
    assert followed(rulebook, Alert.NPA_RATIO, 6, None) == []


def test_limits_to_draw_are_the_rule_rows(rulebook):
    limits = alert_limits(Alert.NPA_RATIO, rulebook, TODAY)
    assert {line.level: line.value for line in limits} == {
        AlertLevel.WARNING: Decimal(3),
        AlertLevel.CRITICAL: Decimal(5),
    }
