"""An alert that stands as one sentence: value, limit, since when, and how it stands now."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.steps.monitor_answers import MonitorTiles, Tile
from app.services.watch_alerts import StandingAlert
from app.ui.screens.monitor.alerts_bar import AlertWords
from app.ui.screens.monitor.monitor_words import one_place, ratio_words, signed_ratio


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertWords", words)


def alert_words(alert: StandingAlert, tiles: MonitorTiles) -> AlertWords:
    """What the bar says of an alert; its tile knows the value now, the change and the loans."""
    tile = next((each for each in tiles.tiles if each.name == alert.rule), None)
    over = alert.value > alert.limit
    words = _tr("%1 %2, over %3") if over else _tr("%1 %2, under %3")
    words = words.replace("%1", alert.label if tile is None else tile.label)
    words = words.replace("%2", ratio_words(alert.value)).replace("%3", ratio_words(alert.limit))
    words += _tr(" since %1").replace("%1", date_shown(alert.since))
    words += "" if tile is None else _meanwhile(tile, alert)
    words += ". " + (_tr("Acknowledged.") if alert.acknowledged_by else _tr("Internal alert."))
    drill = _tr("Show the loans") if alert.figure else _tr("Show drift")
    return AlertWords(alert.alert_id, alert.rule, alert.level, words, drill)


def _meanwhile(tile: Tile, alert: StandingAlert) -> str:
    """The value now where it is not the one that raised the alert, and the month's change."""
    words = ""
    if tile.value is not None and one_place(Decimal(tile.value)) != one_place(alert.value):
        words = _tr(", now %1").replace("%1", ratio_words(Decimal(tile.value)))
    if tile.change is not None:
        words += _tr(", %1 this month").replace("%1", signed_ratio(Decimal(tile.change)))
    return words
