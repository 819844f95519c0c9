"""What follows from the typing at once: age, KYC state, notes; and the search for duplicates."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.rules.day_count import whole_years
from app.rules.rulebook import Rulebook
from app.services.find_customers import SimilarSearch, find_similar
from app.services.register_customer import CustomerFacts
from app.ui.screens.customer_form.kyc_preview import kyc_preview
from app.ui.screens.customer_form.side_panel import SidePanel
from app.ui.tasks.task import Lane, Task
from app.ui.widgets.policy_notes import PolicyNote
from app.ui.widgets.workbench import Workbench
from db.records.lists import SimilarCustomer
from db.records.people import Customer

_SEARCH_AFTER_MS = 300
SEARCHED = frozenset({"full_name", "date_of_birth", "phone", "pan_number"})


class LiveNotes(QObject):
    """Keeps the side panel in step with the form."""

    def __init__(
        self,
        workbench: Workbench,
        panel: SidePanel,
        facts: Callable[[], CustomerFacts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._panel = panel
        self._facts = facts
        self._rulebook: Rulebook | None = None
        self._stored: Customer | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_AFTER_MS)
        self._pause.timeout.connect(self._search)

    def start(self, stored: Customer | None) -> None:
        """Begin with a new customer (None) or a stored one."""
        self._stored = stored
        self._panel.show_similar(())
        desk = self._workbench.desk
        self._workbench.runner.submit(
            Task(
                self.tr("Reading the rules"),
                Lane.DATABASE,
                lambda _control: desk.rulebook(),
                key="customer_form.rules",
                owner="customer_form",
                quiet=True,
            ),
            self._take_rules,
        )
        self.show()

    def edited(self, name: str) -> None:
        """A field changed."""
        self.show()
        if name in SEARCHED:
            self._pause.start()

    def stop(self) -> None:
        """Search for nobody any more."""
        self._pause.stop()

    def show(self) -> None:
        """Show age, KYC state and notes of what is typed now."""
        facts, desk = self._facts(), self._workbench.desk
        if desk.actor is None:
            return
        today, born = desk.clock.today(), facts.date_of_birth
        age = whole_years(born, today) if born is not None and born < today else None
        if self._rulebook is None:
            self._panel.show_age(age, ())
            self._panel.show_kyc(None)
            return
        self._panel.show_age(age, self._age_notes(age, self._rulebook))
        self._panel.show_kyc(kyc_preview(facts, self._stored, self._rulebook, desk))

    def _age_notes(self, age: int | None, rulebook: Rulebook) -> tuple[PolicyNote, ...]:
        if age is None:
            return ()
        today = self._workbench.desk.clock.today()
        least = rulebook.years("age_min_at_application", today)
        if age >= least:
            return ()
        words = self.tr("This customer is %1: a loan needs %2 years of age")
        return (PolicyNote(words.replace("%1", str(age)).replace("%2", str(least)), "AGE-MIN"),)

    def _take_rules(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.show()

    def _search(self) -> None:
        facts, desk = self._facts(), self._workbench.desk
        search = SimilarSearch(
            pan_number=facts.pan_number,
            phone=facts.phone or None,
            full_name=facts.full_name or None,
            date_of_birth=facts.date_of_birth,
            exclude_id=self._stored.customer_id if self._stored else None,
        )
        self._workbench.runner.submit(
            Task(
                self.tr("Looking for similar customers"),
                Lane.DATABASE,
                lambda _control: find_similar(search, desk),
                key="customer_form.similar",
                owner="customer_form",
                quiet=True,
            ),
            self._found,
        )

    def _found(self, found: tuple[SimilarCustomer, ...]) -> None:
        self._panel.show_similar(found)
