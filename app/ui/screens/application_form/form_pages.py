"""The tabs of the application form and what they hold together."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.rules.application_figures import ApplicationFigures
from app.rules.case_facts import CaseFacts
from app.rules.loan_plan import product_of
from app.rules.money import rupees_shown
from app.rules.rulebook import Rulebook
from app.services.steps.case_builder import ApplicationContext
from app.ui.screens.application_form.co_applicants_section import CoApplicantsSection
from app.ui.screens.application_form.form_values import (
    Extras,
    bureau_of_draft,
    co_applicants_of_draft,
    collateral_of_draft,
    fresh_values,
    guarantors_of_draft,
    values_of_draft,
)
from app.ui.screens.application_form.loan_section import (
    LoanSection,
    amount_note,
    fee_note,
    product_choices,
    rate_note,
    tenure_note,
)
from app.ui.screens.application_form.obligations_section import ObligationsSection
from app.ui.screens.application_form.schedule_page import SchedulePage
from app.ui.screens.application_form.security_section import SecuritySection
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker, RecordPicker
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench
from db.records.people import NO_REPORT
from db.vocabulary.lending import RateType

_WORDS_HEIGHT = 26


def _tr(words: str) -> str:
    return QCoreApplication.translate("FormPages", words)


class FormPages(QWidget):
    """Applicant and loan fields in one form; security, dues and bureau beside it.

    Signals:
        lists_changed: an entry of one of the lists, or the bureau report, changed.
    """

    lists_changed = Signal()

    def __init__(
        self,
        workbench: Workbench,
        picker: RecordPicker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Form("")
        self.picker = picker
        applicant = FormSection(_tr("Applicant"))
        applicant.add(FormRow(_tr("Customer"), self.picker))
        self._applicant_words = _reserved(label("", "muted"))
        applicant.add_widget(self._applicant_words)
        self.form.add(applicant)
        self.form.add(LoanSection(workbench))
        self.security = SecuritySection(workbench)
        self.dues = ObligationsSection(workbench)
        self.people = CoApplicantsSection(workbench)
        self.schedule = SchedulePage(workbench)
        self.tabs = Tabs()
        self.tabs.add("loan", _tr("Loan"), _scrolled(self.form))
        self.tabs.add("security", _tr("Security"), _scrolled(self.security))
        self.tabs.add("obligations", _tr("Obligations and bureau"), _scrolled(self.dues))
        self.tabs.add("co_applicants", _tr("Co-applicants"), _scrolled(self.people))
        self.tabs.add("schedule", _tr("Schedule"), self.schedule)
        self.form.jumped.connect(self._show_field)
        for section in (self.security, self.dues, self.people):
            section.changed.connect(self.lists_changed)
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
            collateral=self.security.collateral,
            guarantors=self.security.guarantors,
            closed=self.dues.closed,
            bureau=self.dues.bureau.value(),
            co_applicants=self.people.entries,
        )

    def show_customer(self, context: ApplicationContext) -> None:
        """Show who applies."""
        customer = context.customer
        self.picker.set_value(
            Choice(customer.customer_id, f"{customer.full_name}, {customer.reference}")
        )
        income = rupees_shown(customer.employment.monthly_income_paise)
        exposure = rupees_shown(context.exposure_paise)
        words = _tr("KYC %1. Net monthly income %2. Exposure with us %3.")
        words = words.replace("%1", str(customer.kyc_status).lower())
        self._applicant_words.setText(words.replace("%2", income).replace("%3", exposure))
        self.dues.show_customer(context)

    def show_errors(self, problems: dict[str, str]) -> None:
        """Put each sentence at its field and list them on top."""
        of_bureau = {name: words for name, words in problems.items() if name in _bureau(self)}
        if problems:
            self.tabs.choose("obligations" if problems == of_bureau else "loan")
        self.dues.bureau_form.show_errors(of_bureau)
        self.form.show_errors(problems)

    def problems(self) -> dict[str, str]:
        """Sentences of fields whose text cannot be read."""
        return self.form.problems() | self.dues.bureau_form.problems()

    def show_draft(self, draft: Mapping[str, Any]) -> None:
        """Show what a draft kept."""
        self.security.set_entries(collateral_of_draft(draft), guarantors_of_draft(draft))
        self.people.set_entries(co_applicants_of_draft(draft))
        self.dues.set_closed(tuple(UUID(due) for due in draft.get("closed", [])))
        report = bureau_of_draft(draft)
        if report != NO_REPORT:
            self.dues.bureau.set_value(report)
        self.form.set_values(values_of_draft(draft))

    def start_afresh(self) -> None:
        """Empty every list and field."""
        self.security.set_entries((), ())
        self.people.set_entries(())
        self.dues.forget_customer()
        self._applicant_words.setText("")
        self.picker.set_value(None)
        self.form.set_values(fresh_values())
        self.show_errors({})
        self.tabs.choose("loan")

    def start_at(self, name: str) -> None:
        """Put the cursor into a field of the loan tab, where typing begins."""
        field = self.form.row(name).field
        if isinstance(field, QWidget):
            field.setFocus()

    def show_case(self, case: CaseFacts, figures: ApplicationFigures, rulebook: Rulebook) -> None:
        """Fill the note column and the schedule from the present typing."""
        product, form = product_of(case, rulebook), self.form
        form.row("loan_amount").set_note(amount_note(case.terms.amount_paise))
        form.row("interest_rate").set_note(rate_note(product, case.terms.rate_ppm))
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

    def _show_field(self, _name: str) -> None:
        self.tabs.choose("loan")


def _reserved(line: QLabel) -> QLabel:
    """A line that keeps its place while it is empty, so that nothing moves when it is filled."""
    line.setMinimumHeight(_WORDS_HEIGHT)
    return line


def _bureau(pages: FormPages) -> frozenset[str]:
    return frozenset(row.name for row in pages.dues.bureau_form.rows())


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    lines = page.layout()
    if lines is not None:
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)  # a tall window leaves the rest empty
    area.setWidget(page)
    return area
