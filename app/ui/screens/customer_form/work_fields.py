"""Inputs about work and income (S22)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.dates import YearReading
from app.services.register_customer import CustomerFacts
from app.ui.screens.customer_form.field_line import FieldLine
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.people import EmploymentType, IncomeSource

MONTHS_PER_YEAR = 12


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerForm", words)


class WorkFields:
    """Employer, income and experience."""

    def __init__(self, today: Callable[[], date]) -> None:
        kinds = [Choice(kind, word_of("employment_type", kind)) for kind in EmploymentType]
        sources = [Choice(source, word_of("income_source", source)) for source in IncomeSource]
        self.employment_type = Picker("employment_type", kinds)
        self.employer_name = TextEdit("employer_name")
        self.job_title = TextEdit("job_title")
        self.employment_start_date = DateEdit("employment_start_date", today, YearReading.BIRTH)
        self.monthly_income = MoneyEdit("monthly_income")
        self.income_source = Picker("income_source", sources)
        self.years_of_experience = CountEdit("years_of_experience", _tr("years"))
        self._stored_months: int | None = None

    def lines(self) -> tuple[FieldLine, ...]:
        """The section about work and income."""
        return (
            FieldLine(_tr("Employment"), self.employment_type),
            FieldLine(_tr("Employer or business"), self.employer_name),
            FieldLine(_tr("Job title"), self.job_title),
            FieldLine(_tr("There since"), self.employment_start_date),
            FieldLine(_tr("Monthly income, net"), self.monthly_income),
            FieldLine(_tr("Source of income"), self.income_source, optional=True),
            FieldLine(_tr("Work experience"), self.years_of_experience),
        )

    def show_experience(self, months: int | None) -> None:
        """Show stored months as years; the months are kept while the years stay the same."""
        self._stored_months = months
        self.years_of_experience.set_value(None if months is None else months // MONTHS_PER_YEAR)

    def fill(self, facts: CustomerFacts) -> CustomerFacts:
        """Put the typed values into the facts."""
        return replace(
            facts,
            employment_type=self.employment_type.value(),
            employer_name=self.employer_name.value(),
            job_title=self.job_title.value(),
            employment_start_date=self.employment_start_date.value(),
            monthly_income_paise=self.monthly_income.value(),
            income_source=self.income_source.value(),
            experience_months=self._experience_months(),
        )

    def _experience_months(self) -> int | None:
        years = self.years_of_experience.value()
        if years is None:
            return None
        stored = self._stored_months
        if stored is not None and stored // MONTHS_PER_YEAR == years:
            return stored
        return years * MONTHS_PER_YEAR
