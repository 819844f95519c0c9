"""S21 Profile: facts with their provenance, by section."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.records.people import Customer
from db.vocabulary.people import EmploymentType

MONTHS_PER_YEAR = 12


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def _told(label: str, value: str | None) -> Fact:
    return Fact(label, value or UNKNOWN, checked=False if value else None, source=_tr("told"))


def person_facts(customer: Customer) -> list[Fact]:
    """Who they are and where they live."""
    born = customer.date_of_birth
    place = ", ".join(part for part in (customer.address, customer.city) if part)
    return [
        _told(_tr("Name in own script"), customer.full_name_local),
        _told(_tr("Date of birth"), date_shown(born) if born else None),
        _told(_tr("Phone"), customer.phone),
        _told(_tr("E-mail"), customer.email),
        _told(_tr("Address"), place),
        _told(_tr("State and PIN"), f"{customer.state} {customer.pincode}"),
    ]


def work_facts(customer: Customer) -> list[Fact]:
    """What they do and earn."""
    work = customer.employment
    months, since, source = work.experience_months, work.employment_start_date, work.income_source
    years = None if months is None else f"{months // MONTHS_PER_YEAR} {_tr('years')}"
    return [
        _told(_tr("Employment"), _work_kind(work.employment_type)),
        _told(_tr("Employer"), work.employer_name),
        _told(_tr("Job title"), work.job_title),
        _told(_tr("There since"), date_shown(since) if since else None),
        _told(_tr("Monthly income, net"), rupees_shown(work.monthly_income_paise)),
        _told(_tr("Source of income"), word_of("income_source", source) if source else None),
        _told(_tr("Work experience"), years),
    ]


def paper_facts(customer: Customer) -> list[Fact]:
    """Identity papers by their masks, and the bank account."""
    kind = customer.other_id_type
    facts = [
        _told(_tr("PAN"), customer.pan_masked or (_tr("Form 60") if customer.form_60 else None)),
        _told(_tr("Aadhaar"), customer.aadhaar_masked),
        _told(_tr("Bank account"), customer.bank_account_masked),
        _told(_tr("IFSC"), customer.ifsc_code),
    ]
    if kind is not None:
        facts.insert(2, _told(word_of("other_id_type", kind), customer.other_id_masked))
    return facts


def bureau_facts(customer: Customer) -> list[Fact]:
    """The newest bureau report."""
    report = customer.bureau
    day = date_shown(report.report_date) if report.report_date else ""
    source = f"{report.bureau_name or ''} {day}".strip() or _tr("bureau")
    state = report.score_state
    score = str(report.score) if report.score is not None else None
    if score is None and state is not None:
        score = word_of("bureau_score_state", state)
    counts = (
        (_tr("Bureau score"), score),
        (_tr("Late payments"), None if report.late_payments is None else str(report.late_payments)),
        (_tr("Active loans"), None if report.active_loans is None else str(report.active_loans)),
    )
    return [
        Fact(words, value or UNKNOWN, checked=True if value else None, source=source)
        for words, value in counts
    ]


def _work_kind(kind: EmploymentType | None) -> str | None:
    return None if kind is None else word_of("employment_type", kind)


class ProfileTab(QWidget):
    """Four cards, two beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = {name: FactList() for name in ("person", "work", "papers", "bureau")}
        titles = {
            "person": self.tr("Person"),
            "work": self.tr("Work and income"),
            "papers": self.tr("Identity papers"),
            "bureau": self.tr("Bureau report"),
        }
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 12, 16, 16)
        grid.setSpacing(12)
        for number, (name, facts) in enumerate(self._lists.items()):
            card = Card(titles[name])
            card.body.addWidget(facts)
            card.body.addStretch(1)
            grid.addWidget(card, number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(FormScroll(inside))

    def show_customer(self, customer: Customer) -> None:
        """Show one customer's facts."""
        self._lists["person"].set_facts(person_facts(customer))
        self._lists["work"].set_facts(work_facts(customer))
        self._lists["papers"].set_facts(paper_facts(customer))
        self._lists["bureau"].set_facts(bureau_facts(customer))
