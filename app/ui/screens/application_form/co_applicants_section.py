"""Customers who apply together with the applicant; their income counts if it is ticked."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.screens.application_form.customer_lookup import CustomerLookup
from app.ui.screens.application_form.entry_list import EntryList
from app.ui.screens.application_form.form_values import CoApplicantEntry
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.workbench import Workbench
from db.records.applications import CoApplicant
from db.vocabulary.people import Relationship

_MOST = 4


def _tr(words: str) -> str:
    return QCoreApplication.translate("CoApplicantsSection", words)


class CoApplicantsSection(QWidget):
    """Up to four customers of the branch.

    Signals:
        changed: an entry was added.
        people_changed: the same, for who reads incomes.
    """

    changed = Signal()
    people_changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[CoApplicantEntry, ...] = ()
        self._picker = CustomerLookup(workbench, self).picker
        self._form = self._make_form()
        self._list: EntryList[CoApplicantEntry] = EntryList(
            "co_applicants", self.tr("Co-applicants"), _columns(), workbench.theme
        )
        self._list.set_detail(self.tr("customers of this branch"))
        add = workbench.registry.create("co_applicant.add", self._add, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._list)
        column.addWidget(self._form)
        button = action_button(add, style="plain", small=True)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.set_entries(())

    def set_entries(self, entries: tuple[CoApplicantEntry, ...]) -> None:
        """Show drafted entries."""
        self.entries = entries
        self._list.show_entries(entries, _tr("No co-applicant yet."))

    def _make_form(self) -> Form:
        form, section = Form("form.co_applicant"), FormSection()
        kin = [Choice(kind, word_of("relationship", kind)) for kind in Relationship]
        counted = CheckField("income_counted", _tr("Count the income of this customer"))
        section.add(FormRow(_tr("Co-applicant"), self._picker))
        section.add(FormRow(_tr("Related as"), Picker("relationship", kin)))
        section.add(FormRow(_tr("Income"), counted))
        form.add(section)
        return form

    def _add(self) -> None:
        values = self._form.values()
        problems = {}
        if values["customer_id"] is None:
            problems["customer_id"] = _tr("Choose a customer of this branch")
        if values["relationship"] is None:
            problems["relationship"] = _tr("Choose how the co-applicant is related")
        if len(self.entries) >= _MOST:
            problems["customer_id"] = _tr("An application has at most 4 co-applicants")
        self._form.show_errors(problems)
        if problems:
            return
        person = CoApplicant(
            values["customer_id"],
            Relationship(values["relationship"]),
            bool(values["income_counted"]),
        )
        self.set_entries((*self.entries, CoApplicantEntry(person, self._picker.text())))
        self._form.clear()
        self.changed.emit()
        self.people_changed.emit()


def _columns() -> tuple[Column[CoApplicantEntry], ...]:
    return (
        Column("who", _tr("Customer"), lambda c: c.words, 280, strong=True),
        Column(
            "kin", _tr("Related as"), lambda c: word_of("relationship", c.person.relationship), 140
        ),
        Column(
            "income",
            _tr("Income counted"),
            lambda c: _tr("Yes") if c.person.income_counted else _tr("No"),
            140,
        ),
    )
