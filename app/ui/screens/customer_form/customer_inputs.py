"""Every input of S22 in one form: typed facts out, stored facts or a draft in."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.register_customer import CustomerFacts
from app.ui.screens.customer_form.dues_content import dues_content, dues_of
from app.ui.screens.customer_form.field_line import FieldLine
from app.ui.screens.customer_form.identity_fields import IdentityFields
from app.ui.screens.customer_form.obligation_grid import ObligationGrid
from app.ui.screens.customer_form.person_fields import PersonFields
from app.ui.screens.customer_form.work_fields import WorkFields
from app.ui.widgets.bureau_fields import BureauFields, BureauScoreEdit
from app.ui.widgets.draft_content import Content, content_of, show_content
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.section_columns import SectionColumns
from app.ui.widgets.workbench import Workbench
from db.records.people import Customer

if TYPE_CHECKING:
    from app.ui.widgets.money_edit import MoneyEdit

DUES = "obligations"
# Fields whose stored value is shown as it is; numbers show as masks, others need a conversion.
_SHOWN = {
    **{
        name: attrgetter(name)
        for name in (
            "full_name",
            "full_name_local",
            "date_of_birth",
            "gender",
            "phone",
            "email",
            "address",
            "city",
            "state",
            "pincode",
            "form_60",
            "aadhaar_consent",
            "other_id_type",
            "other_id_expiry",
            "ifsc_code",
            "employment_type",
            "employer_name",
            "job_title",
            "employment_start_date",
            "income_source",
            "consent_bureau",
            "consent_data_use",
            "consent_contact",
        )
    },
    "monthly_income": attrgetter("monthly_income_paise"),
}


class CustomerInputs(QWidget):
    """The form. `edited` carries the name of the field that changed; `typed` tells of every key."""

    edited = Signal(str)
    typed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def today() -> date:
            return workbench.desk.clock.today()

        self.person = PersonFields(today)
        self.identity = IdentityFields(today)
        self.work = WorkFields(today)
        self.bureau = BureauFields(today)
        self.dues = ObligationGrid(workbench, today)
        self.form = Form()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 16, 24)
        rows.addWidget(self.form)
        rows.addStretch(1)
        self._lay_out()
        self.form.edited.connect(self._note)
        self.form.typed.connect(self._tell_typed)
        self.dues.changed.connect(self._note_dues)
        self.dues.line.edited.connect(self._note_dues)
        self.dues.line.typed.connect(self.typed)
        self.dues.line.passed.connect(self._pass_dues)

    def facts(self) -> CustomerFacts:
        """What is typed, in typed form."""
        facts = CustomerFacts(bureau=self.bureau.value(), obligations=self.dues.value())
        for part in (self.person, self.identity, self.work):
            facts = part.fill(facts)
        return facts

    def show_facts(self, facts: CustomerFacts, customer: Customer) -> None:
        """Show a stored customer; identity numbers show as masks and stay untyped."""
        for name, read in _SHOWN.items():
            self.form.row(name).field.set_value(read(facts))
        self.work.show_experience(facts.experience_months)
        self.bureau.set_value(facts.bureau)
        self.dues.set_value(facts.obligations)
        self.identity.show_masks(customer)

    def clear(self) -> None:
        """Empty the form for a new customer."""
        self.form.clear()
        self.dues.set_value(())
        self.identity.forget_masks()

    def content(self) -> Content:
        """What is typed, as plain data for a draft; empty if nothing is."""
        content = content_of(self._inputs())
        line = content_of(self.dues.line.fields())
        if self.dues.value():
            content[DUES] = dues_content(self.dues.value())
        if line:
            content["obligation_line"] = line
        return content

    def show_content(self, content: Mapping[str, object]) -> None:
        """Show a draft."""
        show_content(self._inputs(), content)
        self.dues.set_value(dues_of(content.get(DUES)))
        line = content.get("obligation_line")
        if isinstance(line, dict):
            show_content(self.dues.line.fields(), line)

    def _inputs(self) -> tuple[QWidget, ...]:
        return tuple(row.input for row in self.form.rows())

    def _note(self, name: str) -> None:
        """Echo what was read in the note column, then tell."""
        echoes: dict[str, MoneyEdit | BureauScoreEdit] = {
            "monthly_income": self.work.monthly_income,
            "bureau_score": self.bureau.score,
        }
        if name in echoes:
            self.form.row(name).set_note(echoes[name].echo())
        self.edited.emit(name)

    def _tell_typed(self, _name: str) -> None:
        self.typed.emit()

    def _pass_dues(self) -> None:
        """Enter in an empty due, the last field, goes to what is still missing."""
        self.form.go_to_empty()

    def _note_dues(self) -> None:
        self.edited.emit(DUES)
        self.typed.emit()

    def _lay_out(self) -> None:
        left = (
            self._section(self.tr("Person"), "", self.person.person_lines()),
            self._section(self.tr("Address"), "", self.person.address_lines()),
            self._section(self.tr("Identity papers"), "", self.identity.identity_lines()),
        )
        right = (
            self._section(self.tr("Work and income"), "", self.work.lines()),
            self._bureau_section(),
            self._section(self.tr("Bank account"), "", self.identity.account_lines()),
            self._section(self.tr("Consents"), "", self.identity.consent_lines()),
        )
        dues = FormSection(self.tr("Monthly dues"), self.tr("loans elsewhere, rent, fees"))
        dues.add_widget(self.dues)
        self.columns = SectionColumns(left, right, dues)
        self.form.add_widget(self.columns)

    def _bureau_section(self) -> FormSection:
        section = self._section(
            self.tr("Bureau report"),
            self.tr("as in the newest report; empty means unknown"),
            tuple(
                FieldLine(words, field, optional=True) for words, field in self.bureau.labelled()
            ),
        )
        section.setObjectName("form.bureau")
        section.setAccessibleName(self.tr("Bureau report"))
        return section

    def _section(self, title: str, detail: str, lines: tuple[FieldLine, ...]) -> FormSection:
        section = FormSection(title, detail)
        for line in lines:
            row = FormRow(line.label, line.field, line.optional)
            row.set_note(line.note)
            section.add(row)
        self.form.register(section)
        return section
