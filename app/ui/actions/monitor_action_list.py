"""Actions of the portfolio monitor's window, as data."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

MONITOR_ACTIONS = (
    ActionSpec(
        "monitor.refresh",
        QT_TRANSLATE_NOOP("Actions", "Refresh"),
        context="monitor",
        icon="refresh",
        hint="F5",
    ),
    ActionSpec("monitor.pause", QT_TRANSLATE_NOOP("Actions", "Pause"), "P", "monitor"),
    ActionSpec("monitor.full_screen", QT_TRANSLATE_NOOP("Actions", "Wall"), "F11", "monitor"),
    ActionSpec(
        "monitor.export",
        QT_TRANSLATE_NOOP("Actions", "Export"),
        "Ctrl+E",
        "monitor",
        Act.EXPORT_ROWS,
        style="filled",
    ),
    ActionSpec(
        "monitor.drill",
        QT_TRANSLATE_NOOP("Actions", "Show the loans"),
        context="monitor",
        hint="Enter",
    ),
    ActionSpec(
        "monitor.copy_value",
        QT_TRANSLATE_NOOP("Actions", "Copy value"),
        "Ctrl+Shift+C",
        "monitor",
        icon="copy",
    ),
    ActionSpec(
        "monitor.acknowledge_alert",
        QT_TRANSLATE_NOOP("Actions", "Acknowledge"),
        "A",
        "monitor",
        Act.ANSWER_ALERT,
        icon="check",
    ),
    ActionSpec(
        "monitor.snooze_alert",
        QT_TRANSLATE_NOOP("Actions", "Snooze"),
        "S",
        "monitor",
        Act.ANSWER_ALERT,
        icon="clock",
    ),
    ActionSpec(
        "monitor.run_stress",
        QT_TRANSLATE_NOOP("Actions", "Run scenario"),
        "Ctrl+Return",
        "monitor",
        Act.SEE_MONITOR,
        style="filled",
    ),
    ActionSpec(
        "monitor.stop_stress", QT_TRANSLATE_NOOP("Actions", "Stop"), "", "monitor", Act.SEE_MONITOR
    ),
)
