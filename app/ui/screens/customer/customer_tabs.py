"""The tabs of S21: which there are for whom, which is read when."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.rules.permissions import Act, may
from app.services.read_customer_records import LoanStanding, customer_applications, customer_loans
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.notes_tab import NotesTab
from app.ui.screens.customer.overview_tab import OverviewTab
from app.ui.screens.customer.profile_tab import ProfileTab
from app.ui.screens.customer.record_columns import application_columns, loan_columns
from app.ui.screens.customer.record_list import ListTab
from app.ui.screens.customer.timeline_tab import TimelineTab
from app.ui.tasks.change_notice import Change
from app.ui.theme import theme_of
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationRow

if TYPE_CHECKING:
    from app.ui.screens.customer.customer_tab import CustomerTab


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


_FIRST = "overview"
_PAD = 8
_NEEDS = {"loans": Act.READ_LOANS, "applications": Act.READ_APPLICATIONS}
# What a change of each kind makes old; "book" makes everything old.
_TOUCHED = {
    "customer": frozenset({"overview", "profile", "timeline", "notes"}),
    "application": frozenset({"overview", "applications", "timeline"}),
    "loan": frozenset({"overview", "loans", "timeline"}),
    "draft": frozenset({"overview"}),
}


class CustomerTabs(Tabs):
    """Each tab is read when it is first shown, and again when it has become old.

    Signals:
        application_opened: carries the id of an application.
        loan_opened: carries the id of a loan.
    """

    application_opened = Signal(object)
    loan_opened = Signal(object)

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__()
        self._workbench = workbench
        self._buttons: dict[str, QPushButton] = {}
        self.overview = OverviewTab(workbench)
        self.profile = ProfileTab(workbench, page)
        self.loans, self.applications = _lists(workbench)
        self.timeline = TimelineTab(workbench)
        self.notes = NotesTab(workbench, page)
        self._words = {
            "overview": _tr("Overview"),
            "profile": _tr("Profile"),
            "loans": _tr("Loans"),
            "applications": _tr("Applications"),
            "timeline": _tr("Timeline"),
            "notes": _tr("Notes"),
        }
        self.parts: dict[str, CustomerTab] = {
            "overview": self.overview,
            "profile": self.profile,
            "loans": self.loans,
            "applications": self.applications,
            "timeline": self.timeline,
            "notes": self.notes,
        }
        self._buttons = {
            name: self.add(name, self._words[name], part) for name, part in self.parts.items()
        }
        self.setFocusProxy(self._buttons[_FIRST])
        self._connect()

    def start(self, customer_id: UUID) -> None:
        """Another customer, seen by the person at the desk."""
        roles = self._workbench.person.roles
        for name, part in self.parts.items():
            part.start(customer_id)
            self.set_words(name, self._words[name])
            self._buttons[name].setVisible(name not in _NEEDS or may(roles, _NEEDS[name]))
        self.choose(_FIRST)

    def choose(self, name: str) -> None:
        """Show a tab; keys that were on another one come along."""
        now = QApplication.focusWidget()
        inside = now is not None and self.isAncestorOf(now)
        super().choose(name)
        button = self._buttons[self.current_name]
        self.setFocusProxy(button)
        if inside:
            button.setFocus()

    def read(self) -> None:
        """Read the tab that is shown, if it is not known; the others wait until they are shown."""
        self.parts[self.current_name].ensure()

    def read_again(self) -> None:
        """F5, a new visit: everything is old."""
        for part in self.parts.values():
            part.out_of_date()
        self.read()

    def note_change(self, change: Change) -> None:
        """Something changed in the book: what shows it is read again."""
        for name in _TOUCHED.get(change.kind, frozenset(self.parts)):
            self.parts[name].out_of_date()
        self.read()

    def _connect(self) -> None:
        self.chosen.connect(self._ensure)
        self.overview.tab_asked.connect(self.choose)
        self.overview.application_opened.connect(self.application_opened)
        self.applications.opened.connect(self._open_row)
        self.loans.opened.connect(self._open_row)
        self.timeline.opened.connect(self._open_event)
        self.loans.counted.connect(self._count_loans)
        self.applications.counted.connect(self._count_applications)
        self.notes.counted.connect(self._count_notes)

    def _ensure(self, name: str) -> None:
        self.parts[name].ensure()

    def _open_row(self, row: object) -> None:
        if isinstance(row, ApplicationRow):
            self.application_opened.emit(row.application_id)
        elif isinstance(row, LoanStanding):
            self.loan_opened.emit(row.loan.loan_id)

    def _open_event(self, event: object) -> None:
        subject = getattr(event, "subject", "")
        if subject.startswith("A-"):
            self.application_opened.emit(getattr(event, "record_id", None))
        elif subject:
            self.loan_opened.emit(getattr(event, "record_id", None))

    def _count_loans(self, count: int) -> None:
        self._count("loans", count)

    def _count_applications(self, count: int) -> None:
        self._count("applications", count)

    def _count_notes(self, count: int) -> None:
        self._count("notes", count)

    def _count(self, name: str, count: int) -> None:
        words = f"{self._words[name]} {count}" if count else self._words[name]
        self.set_words(name, words)
        bold = QFontMetrics(theme_of().font("strong"))
        self._buttons[name].setMinimumWidth(bold.horizontalAdvance(words) + 2 * _PAD)


def _lists(workbench: Workbench) -> tuple[ListTab, ListTab]:
    """The tabs that are one list each."""
    theme = workbench.theme
    loans: RecordsModel[LoanStanding] = RecordsModel(loan_columns(), theme)
    applications: RecordsModel[ApplicationRow] = RecordsModel(application_columns(), theme)
    return (
        ListTab(
            workbench,
            "loans",
            _tr("Reading the loans"),
            loans,
            customer_loans,
            empty=_tr("No loans with us yet."),
        ),
        ListTab(
            workbench,
            "applications",
            _tr("Reading the applications"),
            applications,
            customer_applications,
            empty=_tr("No applications yet."),
        ),
    )
