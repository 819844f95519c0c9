"""The tabs of the application form and what they hold together."""

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.rules.application_figures import ApplicationFigures
from app.rules.case_facts import CaseFacts
from app.rules.loan_plan import product_of
from app.rules.money import rupees_shown
from app.rules.rulebook import Rulebook
from app.services.steps.case_builder import ApplicationContext
from app.ui.screens.application_form.co_applicants_section import CoApplicantsSection
from app.ui.screens.application_form.documents_section import DocumentsSection
from app.ui.screens.application_form.entry_section import EntrySection
from app.ui.screens.application_form.form_values import Extras, fresh_values
from app.ui.screens.application_form.loan_section import (
    ChargesSection,
    LoanSection,
    amount_note,
    fee_note,
    product_choices,
    show_rate,
    tenure_note,
)
from app.ui.screens.application_form.obligations_section import ObligationsSection
from app.ui.screens.application_form.review_page import ReviewPage
from app.ui.screens.application_form.schedule_page import SchedulePage
from app.ui.screens.application_form.security_section import SecuritySection
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker, RecordPicker
from app.ui.widgets.section_columns import SectionColumns
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench
from db.vocabulary.lending import RateType

_WORDS_HEIGHT = 22


def _tr(words: str) -> str:
    return QCoreApplication.translate("FormPages", words)


class FormPages(QWidget):
    """Applicant and loan fields in one form; security, people, dues and papers beside it.

    Signals:
        lists_changed: an entry of one of the lists, or the bureau report, changed.
        typed: a key was pressed in any field, also where it cannot be read yet.
    """

    lists_changed = Signal()
    typed = Signal()

    def __init__(
        self, workbench: Workbench, picker: RecordPicker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Form("")
        self.picker = picker
        self._applicant_words = _reserved(label("", "muted"))
        self._lay_out_loan(workbench)
        self.security = SecuritySection(workbench)
        self.dues = ObligationsSection(workbench)
        self.people = CoApplicantsSection(workbench)
        self.documents = DocumentsSection(workbench)
        self.review = ReviewPage()
        self.schedule = SchedulePage(workbench)
        self.tabs = Tabs()
        self._add_tabs()
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form.summary)
        column.addWidget(self.tabs, 1)

    def values(self) -> dict[str, Any]:
        """Plain fields by name."""
        return self.form.values()

    def extras(self, customer_id: UUID | None) -> Extras:
        """Lists and bureau report beside the plain fields."""
        return Extras(
            customer_id=customer_id,
            collateral=self.security.collateral.entries,
            guarantors=self.security.guarantors.entries,
            closed=self.dues.closed,
            bureau=self.dues.bureau.value(),
            co_applicants=self.people.entries,
            papers=self.documents.entries(),
        )

    def entry_sections(self) -> dict[str, EntrySection[Any]]:
        """The lists whose entries are typed in a form of their own, by the tab they stand on."""
        return {
            "collateral": self.security.collateral,
            "guarantors": self.security.guarantors,
            "co_applicants": self.people,
        }

    def entry_forms(self) -> dict[str, Form]:
        """Every sub-form, by its name in a draft."""
        forms = {name: section.form for name, section in self.entry_sections().items()}
        return forms | {"bureau": self.dues.bureau_form, "document": self.documents.form}

    def take_entries(self) -> bool:
        """Add entries that stand typed; False, with the tab shown, if one cannot be read."""
        for name, section in self.entry_sections().items():
            if section.is_typed() and not section.take_entry():
                self.tabs.choose("co_applicants" if name == "co_applicants" else "security")
                return False
        return True

    def show_customer(self, context: ApplicationContext) -> None:
        """Show who applies."""
        customer = context.customer
        self.picker.set_value(
            Choice(customer.customer_id, f"{customer.full_name}, {customer.reference}")
        )
        income = rupees_shown(customer.employment.monthly_income_paise)
        exposure = rupees_shown(context.exposure_paise)
        words = _tr("KYC %1. Net monthly income %2. Exposure with us %3.")
        words = words.replace("%1", word_of("kyc_status", customer.kyc_status).lower())
        self._applicant_words.setText(words.replace("%2", income).replace("%3", exposure))
        self.dues.show_customer(context)

    def show_errors(self, problems: dict[str, str]) -> None:
        """Put each sentence at its field and list them on top."""
        bureau = {row.name for row in self.dues.bureau_form.rows()}
        of_bureau = {name: words for name, words in problems.items() if name in bureau}
        if problems:
            self.tabs.choose("obligations" if problems == of_bureau else "loan")
        self.dues.bureau_form.show_errors(of_bureau)
        self.form.show_errors(problems)

    def problems(self) -> dict[str, str]:
        """Sentences of fields whose text cannot be read."""
        return self.form.problems() | self.dues.bureau_form.problems()

    def start_afresh(self) -> None:
        """Empty every list and field."""
        for section in self.entry_sections().values():
            section.set_entries(())
            section.form.clear()
        self.documents.set_papers(())
        self.documents.form.clear()
        self.dues.forget_customer()
        self._applicant_words.setText("")
        self.picker.set_value(None)
        self.form.set_values(fresh_values())
        self.show_errors({})
        self.tabs.choose("loan")

    def go_to(self, name: str) -> None:
        """Put the cursor into a field, wherever it stands."""
        if name in {row.name for row in self.form.rows()}:
            self.form.jump_to(name)
            return
        for tab, form in self._forms_by_tab():
            if name in {row.name for row in form.rows()}:
                self.tabs.choose(tab)
                form.jump_to(name)
                return

    def show_case(self, case: CaseFacts, figures: ApplicationFigures, rulebook: Rulebook) -> None:
        """Fill the note column and the schedule from the present typing."""
        product, form = product_of(case, rulebook), self.form
        form.row("loan_amount").set_note(amount_note(case.terms.amount_paise))
        show_rate(form.row("interest_rate"), product, case.terms.rate_ppm)
        born = case.applicant.date_of_birth
        form.row("loan_tenure_months").set_note(tenure_note(figures.last_due_date, born))
        form.row("processing_fee").set_note(
            fee_note(figures.processing_fee_paise, figures.gst_paise)
        )
        household = product is not None and product.household_income_rule is not None
        floating = self.values()["rate_type"] is RateType.FLOATING
        for names, wanted in (
            (("household_income", "household_repayments"), household),
            (("benchmark", "spread"), floating),
        ):
            for name in names:
                form.row(name).setVisible(wanted)
        self.schedule.show_case(case, rulebook)

    def offer_products(self, rulebook: Rulebook, today: date) -> None:
        """Offer the products of the purpose; its default where the chosen one does not fit."""
        values, products = self.values(), rulebook.products_on(today)
        purpose, row = values["loan_purpose"], self.form.row("product_code")
        if isinstance(row.input, Picker):
            row.input.set_choices(product_choices(products, purpose))
        codes = {p.product_code for p in products if purpose in p.purposes}
        if purpose is not None and values["product_code"] not in codes:
            row.field.set_value(rulebook.default_product_for(purpose, today).product_code)

    def show_schedule(self) -> None:
        """Show the schedule and let the arrow keys read it."""
        self.tabs.choose("schedule")
        self.schedule.take_focus()

    def _forms_by_tab(self) -> tuple[tuple[str, Form], ...]:
        return (
            ("security", self.security.collateral.form),
            ("security", self.security.guarantors.form),
            ("obligations", self.dues.bureau_form),
            ("co_applicants", self.people.form),
            ("documents", self.documents.form),
        )

    def _lay_out_loan(self, workbench: Workbench) -> None:
        applicant = FormSection(_tr("Applicant"))
        applicant.add(FormRow(_tr("Customer"), self.picker))
        applicant.add_widget(self._applicant_words)
        loan, charges = LoanSection(), ChargesSection(workbench)
        for section in (applicant, loan, charges):
            self.form.register(section)
        self.form.add_widget(SectionColumns((applicant, loan), (charges,)))

    def _add_tabs(self) -> None:
        for name, words, page in (
            ("loan", _tr("Loan"), self.form),
            ("security", _tr("Security"), self.security),
            ("obligations", _tr("Obligations and bureau"), self.dues),
            ("co_applicants", _tr("Co-applicants"), self.people),
            ("documents", _tr("Documents"), self.documents),
            ("review", _tr("Review"), self.review),
        ):
            self.tabs.add(name, words, _scrolled(page))
        self.tabs.add("schedule", _tr("Schedule"), self.schedule)

    def _connect(self) -> None:
        self.form.jumped.connect(self._show_field)
        self.review.chosen.connect(self.go_to)
        for section in (self.security, self.dues, self.people, self.documents):
            section.changed.connect(self.lists_changed)
        for form in (self.form, *self.entry_forms().values()):
            form.typed.connect(self._tell_typed)

    def _tell_typed(self, _name: str) -> None:
        self.typed.emit()

    def _show_field(self, _name: str) -> None:
        self.tabs.choose("loan")


def _reserved(line: QLabel) -> QLabel:
    """A line that keeps its place while it is empty, so that nothing moves when it is filled."""
    line.setMinimumHeight(_WORDS_HEIGHT)
    return line


def _scrolled(page: QWidget) -> FormScroll:
    lines = page.layout()
    if lines is not None:
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)  # a tall window leaves the rest empty
    return FormScroll(page)
