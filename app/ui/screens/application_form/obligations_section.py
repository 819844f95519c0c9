"""Section 4 of S31: what the customer already pays, and the bureau report of this application."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import month_shown
from app.services.steps.case_builder import ApplicationContext
from app.ui.item_models.columns import Column
from app.ui.screens.application_form.entry_list import EntryList
from app.ui.widgets.bureau_fields import BureauFields
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.workbench import Workbench
from db.records.people import NO_REPORT, Obligation


def _offer_words() -> str:
    return _tr("Grey is the customer's report: it counts while nothing is typed. Right takes it.")


def _tr(words: str) -> str:
    return QCoreApplication.translate("ObligationsSection", words)


class ObligationsSection(QWidget):
    """Dues from the customer record; a tick says that this loan closes one."""

    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._closed: set[UUID] = set()
        self._list: EntryList[Obligation] = EntryList(
            "obligations", self.tr("Obligations"), self._columns(), workbench.theme
        )
        self._list.set_detail(self.tr("from the customer record"))
        self._rows, self._table = self._list.rows, self._list.table
        self._table.current_changed.connect(self._show_current)
        self._tick = CheckField("closed_by_this_loan", self.tr("This loan closes the marked due"))
        self._tick.value_changed.connect(self._mark)
        self._mark_form = Form("form.obligation")
        section = FormSection()
        section.add(FormRow(self.tr("Closed by this loan"), self._tick))
        self._mark_form.add(section)
        self.bureau = BureauFields(workbench.desk.clock.today)
        self.bureau_form = Form("form.bureau")
        reported = FormSection()
        for words, field in self.bureau.labelled():
            reported.add(FormRow(words, field, optional=True))
        self.bureau_form.add(reported)
        self.bureau_form.edited.connect(self._bureau_edited)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._list)
        column.addWidget(self._mark_form)
        column.addWidget(label(self.tr("Bureau report"), "strong"))
        column.addWidget(label(_offer_words(), "small"))
        column.addWidget(self.bureau_form)
        column.addStretch(1)
        self._show_dues(())

    @property
    def closed(self) -> tuple[UUID, ...]:
        """Ids of the dues that this loan closes, in the order of the list."""
        rows = (self._rows.row_at(i) for i in range(self._rows.rowCount()))
        return tuple(row.obligation_id for row in rows if row.obligation_id in self._closed)

    def show_customer(self, context: ApplicationContext) -> None:
        """List the dues of a customer and offer the customer's bureau report."""
        self._show_dues(context.customer.obligations)
        self._closed &= {due.obligation_id for due in context.customer.obligations}
        self.bureau.suggest(context.customer.bureau)

    def forget_customer(self) -> None:
        """Nothing of one customer stays for the next."""
        self._closed = set()
        self._show_dues(())
        self.bureau.set_value(NO_REPORT)
        self.bureau.suggest(NO_REPORT)

    def set_closed(self, closed: tuple[UUID, ...]) -> None:
        """Mark the dues of a draft."""
        self._closed = set(closed)
        self._show_dues(tuple(self._rows.row_at(i) for i in range(self._rows.rowCount())))

    def _show_dues(self, dues: tuple[Obligation, ...]) -> None:
        """List dues; without any there is nothing to mark."""
        self._list.show_entries(dues, _tr("No monthly dues on the customer's record."))
        self._mark_form.setVisible(bool(dues))

    def _show_current(self, row: object) -> None:
        if isinstance(row, Obligation):
            self._tick.set_value(row.obligation_id in self._closed)

    def _mark(self, ticked: object) -> None:
        row = self._table.current_row()
        if not isinstance(row, Obligation):
            return
        if ticked:
            self._closed.add(row.obligation_id)
        else:
            self._closed.discard(row.obligation_id)
        self.changed.emit()

    def _bureau_edited(self, _field: str) -> None:
        self.changed.emit()

    def _columns(self) -> tuple[Column[Obligation], ...]:
        return (
            Column("lender", _tr("Lender"), lambda o: o.lender_name, 200, strong=True),
            Column(
                "kind", _tr("Kind"), lambda o: word_of("obligation_type", o.obligation_type), 140
            ),
            Column(
                "monthly",
                _tr("Monthly ₹"),
                lambda o: plain_amount(o.monthly_amount_paise),
                104,
                "right",
            ),
            Column(
                "outstanding",
                _tr("Outstanding ₹"),
                lambda o: plain_amount(o.outstanding_paise),
                116,
                "right",
            ),
            Column(
                "ends",
                _tr("Ends"),
                lambda o: month_shown(o.end_date) if o.end_date else UNKNOWN,
                88,
            ),
            Column("closed", _tr("Closed by this loan"), self._closed_words, 136),
        )

    def _closed_words(self, row: Obligation) -> str:
        return _tr("Yes") if row.obligation_id in self._closed else _tr("No")
