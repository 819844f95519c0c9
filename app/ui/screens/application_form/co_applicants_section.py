"""Customers who apply together with the applicant; their income counts if it is ticked."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui.item_models.columns import Column
from app.ui.screens.application_form.customer_lookup import CustomerLookup
from app.ui.screens.application_form.entry_section import EntrySection, EntryWords, too_many
from app.ui.screens.application_form.form_values import CoApplicantEntry
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker, RecordPicker
from app.ui.widgets.workbench import Workbench
from db.records.applications import CoApplicant
from db.vocabulary.people import Relationship


def _tr(words: str) -> str:
    return QCoreApplication.translate("CoApplicantsSection", words)


class CoApplicantsSection(EntrySection[CoApplicantEntry]):
    """Up to four customers of the branch."""

    def __init__(self, workbench: Workbench) -> None:
        lookup = CustomerLookup(workbench, workbench.runner)
        self._picker = lookup.picker
        words = EntryWords(
            "co_applicants",
            "co_applicant",
            _tr("Co-applicants"),
            _tr("No co-applicant yet."),
            _tr("Removed co-applicant."),
        )
        super().__init__(workbench, words, _columns(), _form(lookup.picker))
        lookup.setParent(self)
        self.list.set_detail(_tr("customers of this branch"))
        column = self.layout()
        if column is not None:
            column.setContentsMargins(0, 12, 16, 16)

    def read(self, values: Mapping[str, Any]) -> tuple[CoApplicantEntry | None, dict[str, str]]:
        """A co-applicant as chosen."""
        faults, chosen = {}, values["customer_id"]
        if chosen is None:
            faults["customer_id"] = _tr("Choose a customer of this branch")
        elif any(entry.person.customer_id == chosen for entry in self.entries):
            faults["customer_id"] = _tr("This customer is a co-applicant already")
        if values["relationship"] is None:
            faults["relationship"] = _tr("Choose how the co-applicant is related")
        if found := too_many(self.entries, _tr("co-applicants")):
            faults["customer_id"] = found
        if faults:
            return None, faults
        kin, counted = Relationship(values["relationship"]), bool(values["income_counted"])
        return CoApplicantEntry(CoApplicant(chosen, kin, counted), self._picker.text()), {}


def _form(picker: RecordPicker) -> Form:
    form, section = Form("form.co_applicant"), FormSection()
    kin = [Choice(kind, word_of("relationship", kind)) for kind in Relationship]
    counted = CheckField("income_counted", _tr("Count the income of this customer"))
    section.add(FormRow(_tr("Co-applicant"), picker))
    section.add(FormRow(_tr("Related as"), Picker("relationship", kin)))
    section.add(FormRow(_tr("Income"), counted))
    form.add(section)
    return form


def _columns() -> tuple[Column[CoApplicantEntry], ...]:
    return (
        Column("who", _tr("Customer"), lambda c: c.words, 280, strong=True),
        Column("kin", _tr("Related as"), _kin_words, 140),
        Column("income", _tr("Income counted"), _counted_words, 140),
    )


def _kin_words(entry: CoApplicantEntry) -> str:
    return word_of("relationship", entry.person.relationship)


def _counted_words(entry: CoApplicantEntry) -> str:
    return _tr("Yes") if entry.person.income_counted else _tr("No")
