"""S21 Profile: facts with their provenance at the left, the fact in hand at the right."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.read_customer_profile import CustomerProfile, read_customer_profile
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.correction_decision import CorrectionDecision
from app.ui.screens.customer.customer_tab import CustomerTab
from app.ui.screens.customer.fact_card import FactCard
from app.ui.screens.customer.profile_rows import ProfileRow, profile_columns, rows_of
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.labels import KeyHints
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_SIDE = 332
_ROW = 24


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


class FactTable(TableView):
    """Its current row is what the card beside it tells of, so it is always marked."""

    @property
    def marks_current(self) -> bool:
        """Mark it with and without the focus."""
        return True


class ProfileTab(CustomerTab):
    """Enter or C corrects the current fact; A and R decide what waits; own is withdrawn.

    Signals:
        refused: carries a TaskFailed that no field explains.
    """

    refused = Signal(TaskFailed)

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(workbench, "profile", _tr("Reading the facts"), read_customer_profile)
        create = workbench.registry.create
        self.correct = create("customer.propose_correction", self._open_form, page)
        approve = create("customer.approve_correction", self._approve, page)
        refuse = create("customer.refuse_correction", self._refuse, page)
        withdraw = create("customer.withdraw_correction", self._withdraw, page)
        self._decision = CorrectionDecision(workbench, (approve, refuse), withdraw)
        self._profile: CustomerProfile | None = None
        self._rows: RecordsModel[ProfileRow] = RecordsModel(profile_columns(), workbench.theme)
        self.table = FactTable("table.facts", _tr("Facts"), _ROW)
        self.table.set_records(self._rows)
        self.card = FactCard(workbench, self.correct, self._decision)
        self._build()
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open_form)
        self.card.changed.connect(self.refresh)
        self.card.failed.connect(self.refused)
        self.card.closed.connect(self.table.setFocus)
        self._decision.decided.connect(self.refresh)
        self._decision.failed.connect(self.refused)

    def show_answer(self, answer: object) -> None:
        """Show one customer's facts; the row that was current stays so."""
        if not isinstance(answer, CustomerProfile):
            return
        row = max(self.table.currentIndex().row(), 1)  # the first row is a heading
        same = self._profile is not None and (
            self._profile.customer.customer_id == answer.customer.customer_id
        )
        self._profile = answer
        self._rows.set_rows(rows_of(answer.facts))
        self.table.go_to(row if same else 1)
        self._show_current(self.table.current_row())
        self.states.content()

    def section(self) -> str:
        """The section of the current row, for editing it in the form."""
        row = self.table.current_row()
        return row.section.value if isinstance(row, ProfileRow) else ""

    def _show_current(self, row: object) -> None:
        fact = row.fact if isinstance(row, ProfileRow) else None
        self.card.show_fact(self._profile, fact)

    def _open_form(self, _row: object = None) -> None:
        if self.isVisible():
            self.card.open_form(self.workbench.desk.clock.today)

    def _approve(self) -> None:
        if self.isVisible():
            self._decision.approve()

    def _refuse(self) -> None:
        if self.isVisible():
            self._decision.refuse()

    def _withdraw(self) -> None:
        if self.isVisible():
            self._decision.withdraw()

    def _build(self) -> None:
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 12, 16, 8)
        line.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(6)
        listed = Card(tight=True)
        listed.body.addWidget(self.table)
        left.addWidget(listed, 1)
        hints = KeyHints((("Enter", _tr("correct this fact")), ("E", _tr("edit in the form"))))
        hints.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        left.addWidget(hints)
        line.addLayout(left, 1)
        self.card.setFixedWidth(_SIDE)
        line.addWidget(self.card)
        self.hold(content)
