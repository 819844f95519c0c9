"""Where each screen is; a screen's module is imported at its first visit.

Nothing of a screen is loaded before, so that the window paints quickly. A bundle takes the
modules from `MODULES`, since no import statement names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from app.services.steps.desk import Desk
from app.ui.charts.chart_loading import CURVES
from app.ui.widgets.find_box import FoundLine
from app.ui.widgets.screen import Screen
from app.ui.widgets.workbench import Workbench

_FIND_ACT = "app.services.find_customers"
_QUEUE_ACT = "app.services.read_queue"
_REPORT_ACT = "app.services.save_portfolio_report"  # of the monitor's export
_ROOT = "app.ui.screens"


@dataclass(frozen=True, slots=True)
class ScreenPlace:
    """The module and class of a screen."""

    module: str
    class_name: str


PLACES = {
    "sign_in": ScreenPlace(f"{_ROOT}.sign_in.sign_in_screen", "SignInScreen"),
    "today": ScreenPlace(f"{_ROOT}.today.today_screen", "TodayScreen"),
    "customers": ScreenPlace(f"{_ROOT}.customers.customers_screen", "CustomersScreen"),
    "customer": ScreenPlace(f"{_ROOT}.customer.customer_screen", "CustomerScreen"),
    "customer_form": ScreenPlace(f"{_ROOT}.customer_form.form_screen", "CustomerFormScreen"),
    "applications": ScreenPlace(f"{_ROOT}.applications.applications_screen", "ApplicationsScreen"),
    "application_form": ScreenPlace(
        f"{_ROOT}.application_form.form_screen", "ApplicationFormScreen"
    ),
    "decision": ScreenPlace(f"{_ROOT}.decision.decision_screen", "DecisionScreen"),
    "queue": ScreenPlace(f"{_ROOT}.queue.queue_screen", "QueueScreen"),
    "documents": ScreenPlace(f"{_ROOT}.documents.documents_screen", "DocumentsScreen"),
    "disbursement": ScreenPlace(f"{_ROOT}.disbursement.disbursement_screen", "DisbursementScreen"),
    "loans": ScreenPlace(f"{_ROOT}.loans.loans_screen", "LoansScreen"),
    "loan": ScreenPlace(f"{_ROOT}.loan_account.loan_screen", "LoanScreen"),
    "loan_change": ScreenPlace(f"{_ROOT}.loan_change.change_screen", "LoanChangeScreen"),
    "loan_acts": ScreenPlace(f"{_ROOT}.loan_acts.acts_screen", "LoanActsScreen"),
    "statement": ScreenPlace(f"{_ROOT}.statement.statement_screen", "StatementScreen"),
    "payment": ScreenPlace(f"{_ROOT}.record_payment.payment_screen", "PaymentScreen"),
    "day_end": ScreenPlace(f"{_ROOT}.day_end.day_end_screen", "DayEndScreen"),
    "follow_up": ScreenPlace(f"{_ROOT}.follow_up.follow_up_screen", "FollowUpScreen"),
    "monitor": ScreenPlace(f"{_ROOT}.monitor.monitor_screen", "MonitorScreen"),
    "rules": ScreenPlace(f"{_ROOT}.rules.rules_screen", "RulesScreen"),
    "products": ScreenPlace(f"{_ROOT}.products.products_screen", "ProductsScreen"),
}
OWN_WINDOWS = frozenset({"monitor"})  # pages that stand beside the main window, not in it
# Of the monitor, loaded when they are first asked for.
_LATE = ("stress_tab", "drift_tab", "alerts_tab")
MODULES = (
    *(place.module for place in PLACES.values()),
    *(f"{_ROOT}.monitor.{name}" for name in _LATE),
    _FIND_ACT,
    _QUEUE_ACT,
    _REPORT_ACT,
    CURVES,
)


class UnknownScreenError(KeyError):
    """No screen has this name."""


def build_screen(name: str, workbench: Workbench) -> Screen:
    """Import and build a screen.

    Raises:
        UnknownScreenError: the catalogue has no such name.
    """
    if name not in PLACES:
        raise UnknownScreenError(name)
    place = PLACES[name]
    screen_class = getattr(import_module(place.module), place.class_name)
    screen: Screen = screen_class(workbench)
    return screen


def find_records(text: str, desk: Desk) -> Sequence[FoundLine]:
    """Find records for the find box (database lane); the act is imported at its first use."""
    act = import_module(_FIND_ACT)
    lines: Sequence[FoundLine] = act.quick_find(text, desk)
    return lines


def count_queue(desk: Desk) -> int:
    """Count what waits for this person's decision (database lane)."""
    act = import_module(_QUEUE_ACT)
    return len(act.read_queue(desk))
