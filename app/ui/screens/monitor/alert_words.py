"""An alert that stands as one sentence: value, limit, since when, and how it moved this month."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.steps.monitor_answers import MonitorTiles
from app.services.watch_alerts import StandingAlert
from app.ui.screens.monitor.alerts_bar import AlertWords
from app.ui.screens.monitor.monitor_words import ratio_words, signed_ratio


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertWords", words)


def alert_words(alert: StandingAlert, tiles: MonitorTiles) -> AlertWords:
    """What the bar says of an alert; its tile knows the change and the loans."""
    tile = next((each for each in tiles.tiles if each.name == alert.rule), None)
    over = alert.value > alert.limit
    words = _tr("%1 %2, over %3") if over else _tr("%1 %2, under %3")
    words = words.replace("%1", alert.label if tile is None else tile.label)
    words = words.replace("%2", ratio_words(alert.value)).replace("%3", ratio_words(alert.limit))
    words += _tr(" since %1").replace("%1", date_shown(alert.since))
    change = "" if tile is None or tile.change is None else signed_ratio(Decimal(tile.change))
    if change:
        words += _tr(", %1 this month").replace("%1", change)
    drill = "" if tile is None else _tr("Show the loans")
    words += ". " + (_tr("Acknowledged.") if alert.acknowledged_by else _tr("Internal alert."))
    return AlertWords(alert.alert_id, alert.rule, alert.level, words, drill)
