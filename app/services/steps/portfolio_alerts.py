"""Which internal alerts stand, followed month by month so that they do not flicker.

Source: lending-rules.md 14 and the rule rows `alert_*`; screens.md S80 (they clear only well inside
their limit).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from app.rules.money import PPM_PER_PERCENT
from app.rules.portfolio_ratios import alert_level
from app.rules.rulebook import Rulebook
from app.services.steps.portfolio_figures import AlertLine, LimitLine
from db.vocabulary.operations import Alert, AlertLevel

RULE_OF = {
    Alert.NPA_RATIO: "npa_ratio",
    Alert.DEFAULT_RATE: "default_rate",
    Alert.ON_TIME: "average_emi_payment_rate",
    Alert.DTI_MEAN_SHIFT: "dti_mean_shift",
    Alert.MODEL_ACCURACY: "model_accuracy",
}
LABELS = {
    Alert.NPA_RATIO: "NPA ratio",
    Alert.DEFAULT_RATE: "Default rate",
    Alert.ON_TIME: "Paid on time",
    Alert.DTI_MEAN_SHIFT: "Shift of mean debt to income",
    Alert.MODEL_ACCURACY: "Accuracy of the model",
}


def followed_alerts(
    values: Mapping[Alert, Sequence[tuple[date, Decimal | None]]], rulebook: Rulebook
) -> Iterator[AlertLine]:
    """The alerts that stand on the last day of each line of values, the oldest value first."""
    for alert, line in values.items():
        stands = _standing(alert, line, rulebook)
        if stands is not None:
            yield stands


def _standing(
    alert: Alert, values: Sequence[tuple[date, Decimal | None]], rulebook: Rulebook
) -> AlertLine | None:
    """Follow an alert from the oldest value to the newest."""
    level: AlertLevel | None = None
    since: date | None = None
    for day, value in values:
        before = level
        level = None if value is None else alert_level(alert, value, before, rulebook, day)
        if level is not before:
            since = day
    day, value = values[-1]
    if level is None or value is None:
        return None
    limit = limit_of(alert, level, rulebook, day)
    return AlertLine(RULE_OF[alert], LABELS[alert], level, value, limit, since)


def limit_of(alert: Alert, level: AlertLevel, rulebook: Rulebook, on: date) -> Decimal:
    """The limit of a level in per cent."""
    code = f"alert_{alert.value.lower()}"
    return Decimal(rulebook.ppm(code, on, level.name)) / PPM_PER_PERCENT


def alert_limits(alert: Alert, rulebook: Rulebook, on: date) -> tuple[LimitLine, ...]:
    """The limits of one alert, to draw beside its trend."""
    code = f"alert_{alert.value.lower()}"
    return tuple(
        LimitLine(limit_of(alert, level, rulebook, on), level.value, level)
        for level in AlertLevel
        if rulebook.optional_row(code, on, level.name) is not None
    )
