"""The window's own actions, as data: rail, panes, jobs, drafts, lists."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

SHELL_ACTIONS = (
    ActionSpec("app.find", QT_TRANSLATE_NOOP("Actions", "Find"), "Ctrl+K", icon="search"),
    ActionSpec("app.back", QT_TRANSLATE_NOOP("Actions", "Back"), "Alt+Left", icon="arrow-left"),
    ActionSpec(
        "app.forward", QT_TRANSLATE_NOOP("Actions", "Forward"), "Alt+Right", icon="arrow-right"
    ),
    ActionSpec("app.refresh", QT_TRANSLATE_NOOP("Actions", "Refresh"), "F5", icon="refresh"),
    ActionSpec(
        "app.open_monitor",
        QT_TRANSLATE_NOOP("Actions", "Portfolio"),
        "Ctrl+M",
        act=Act.SEE_MONITOR,
        icon="chart-line",
    ),
    ActionSpec(
        "app.toggle_context",
        QT_TRANSLATE_NOOP("Actions", "Show or hide the side panel"),
        "Ctrl+\\",
        icon="layout-sidebar-right",
    ),
    ActionSpec("app.next_pane", QT_TRANSLATE_NOOP("Actions", "Next pane"), "F6"),
    ActionSpec("app.previous_pane", QT_TRANSLATE_NOOP("Actions", "Previous pane"), "Shift+F6"),
    ActionSpec("app.jobs", QT_TRANSLATE_NOOP("Actions", "Jobs"), "Ctrl+J", icon="list-check"),
    ActionSpec(
        "app.shortcuts", QT_TRANSLATE_NOOP("Actions", "Keyboard keys"), "Ctrl+/", icon="keyboard"
    ),
    ActionSpec("app.lock", QT_TRANSLATE_NOOP("Actions", "Lock"), "Ctrl+L", icon="lock"),
    ActionSpec("app.theme", QT_TRANSLATE_NOOP("Actions", "Light or dark"), icon="moon"),
    ActionSpec("app.sign_out", QT_TRANSLATE_NOOP("Actions", "Sign out"), icon="logout"),
    ActionSpec("app.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", icon="x"),
    ActionSpec(
        "app.go_today", QT_TRANSLATE_NOOP("Actions", "Today"), "Ctrl+1", icon="calendar-event"
    ),
    ActionSpec(
        "app.go_customers",
        QT_TRANSLATE_NOOP("Actions", "Customers"),
        "Ctrl+2",
        act=Act.READ_CUSTOMERS,
        icon="users",
    ),
    ActionSpec(
        "app.go_applications",
        QT_TRANSLATE_NOOP("Actions", "Applications"),
        "Ctrl+3",
        act=Act.READ_APPLICATIONS,
        icon="file-text",
    ),
    ActionSpec(
        "app.go_queue",
        QT_TRANSLATE_NOOP("Actions", "Queue"),
        "Ctrl+4",
        act=Act.DECIDE_APPLICATION,
        icon="list-check",
    ),
    ActionSpec(
        "app.go_loans",
        QT_TRANSLATE_NOOP("Actions", "Loans"),
        "Ctrl+5",
        act=Act.READ_LOANS,
        icon="building-bank",
    ),
    ActionSpec(
        "app.go_follow_up",
        QT_TRANSLATE_NOOP("Actions", "Follow-up"),
        "Ctrl+6",
        act=Act.FOLLOW_UP_BORROWER,
        icon="phone",
    ),
    ActionSpec(
        "app.go_admin",
        QT_TRANSLATE_NOOP("Actions", "Rules"),
        "Ctrl+7",
        act=Act.READ_RULES,
        icon="notes",
    ),
    ActionSpec(
        "draft.save",
        QT_TRANSLATE_NOOP("Actions", "Save draft"),
        "Ctrl+S",
        icon="device-floppy",
    ),
    ActionSpec("draft.discard", QT_TRANSLATE_NOOP("Actions", "Discard draft"), icon="trash"),
    ActionSpec("list.find", QT_TRANSLATE_NOOP("Actions", "Find in list"), "Ctrl+F"),
    ActionSpec("list.new", QT_TRANSLATE_NOOP("Actions", "New"), "Ctrl+N"),
    ActionSpec("list.clear_filters", QT_TRANSLATE_NOOP("Actions", "Clear filters"), "Ctrl+Shift+F"),
)
