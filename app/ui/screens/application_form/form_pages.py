"""The tabs of the application form and what they hold together."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.rules.money import rupees_shown
from app.services.steps.case_builder import ApplicationContext
from app.ui.screens.application_form.form_values import Extras
from app.ui.screens.application_form.loan_section import LoanSection
from app.ui.screens.application_form.obligations_section import ObligationsSection
from app.ui.screens.application_form.security_section import SecuritySection
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, RecordPicker
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench


def _tr(words: str) -> str:
    return QCoreApplication.translate("FormPages", words)


class FormPages(QWidget):
    """Applicant and loan fields in one form; security, dues and bureau beside it."""

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
        self._applicant_words = label("", "muted")
        applicant.add_widget(self._applicant_words)
        self.form.add(applicant)
        self.form.add(LoanSection(workbench))
        self.security = SecuritySection(workbench)
        self.dues = ObligationsSection(workbench)
        self.tabs = Tabs()
        self.tabs.add("loan", _tr("Loan"), _scrolled(self.form))
        self.tabs.add("security", _tr("Security"), _scrolled(self.security))
        self.tabs.add("obligations", _tr("Obligations and bureau"), _scrolled(self.dues))
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
        if problems:
            self.tabs.choose("loan")
        self.form.show_errors(problems)


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
