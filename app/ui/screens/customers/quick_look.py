"""The context panel of the customers list: one customer at a glance (S20, Space and arrows)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import month_shown
from app.rules.money import rupees_compact, rupees_shown
from app.services.read_customer import CustomerView
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.fact_list import Fact, FactList, PairList
from app.ui.widgets.labels import Badge, label
from app.ui.widgets.lending_cells import (
    KYC_ICONS,
    KYC_LEVELS,
    STATUS_ICONS,
    UNKNOWN,
    word_of,
)
from db.records.lists import ApplicationRow
from db.records.people import Customer

_MARGIN = 16
_APPLICATIONS_SHOWN = 3
_MONTHS = 12


class QuickLook(QWidget):
    """Rebuilt for each customer: a dozen labels, cheaper than keeping them in step."""

    def __init__(self, buttons: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Quick look"))
        self._content = QWidget(self)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        for button in buttons:
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        self._rows.addWidget(self._content, 1)
        self._rows.addLayout(self._foot)
        self._buttons = tuple(buttons)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No customer is chosen."""
        self._put(label(self.tr("Choose a customer to see them here"), "muted"))

    def show_failure(self, failure: TaskFailed) -> None:
        """Say why the customer cannot be shown."""
        words = label(failure.sentence, "muted")
        words.setWordWrap(True)
        self._put(words)

    def show_customer(self, view: CustomerView) -> None:
        """Show one customer."""
        customer = view.customer
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self._add_head(rows, customer, view.age)
        rows.addWidget(hair())
        rows.addLayout(self._sums(view))
        rows.addWidget(hair())
        rows.addWidget(label(self.tr("Facts"), "strong"))
        facts = FactList(narrow=True)
        facts.set_facts(self._facts(customer))
        rows.addWidget(facts)
        self._add_dues(rows, customer)
        self._add_applications(rows, view.applications)
        rows.addStretch(1)
        self._swap(content)

    def _add_head(self, rows: QVBoxLayout, customer: Customer, age: int | None) -> None:
        line = QHBoxLayout()
        name = label(customer.full_name, "header")
        name.setWordWrap(True)
        line.addWidget(name, 1)
        line.addWidget(label(customer.reference, "small"), 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(line)
        years = "" if age is None else self.tr("%1 years").replace("%1", str(age))
        parts = [customer.full_name_local, years, customer.city]
        rows.addWidget(label("  ·  ".join(part for part in parts if part), "muted"))
        badge = QHBoxLayout()
        badge.addWidget(kyc_badge(customer, self._kyc_words(customer)))
        badge.addStretch(1)
        rows.addLayout(badge)

    def _kyc_words(self, customer: Customer) -> str:
        words = self.tr("KYC %1").replace("%1", word_of("kyc_status", customer.kyc_status).lower())
        if customer.kyc_due_on is not None:
            words += " " + self.tr("to %1").replace("%1", month_shown(customer.kyc_due_on))
        return words

    def _sums(self, view: CustomerView) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        for words, paise in (
            (self.tr("Sanctioned"), view.sanctioned_paise),
            (self.tr("Outstanding"), view.exposure_paise),
            (self.tr("Overdue"), view.overdue_paise),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(words, "small"))
            value = label(rupees_compact(paise), "strong")
            value.setToolTip(rupees_shown(paise))
            column.addWidget(value)
            line.addLayout(column)
        line.addStretch(1)
        return line

    def _facts(self, customer: Customer) -> list[Fact]:
        work = customer.employment
        told = self.tr("told")
        months = work.experience_months
        years = UNKNOWN
        if months is not None:
            years = self.tr("%1 years").replace("%1", str(months // _MONTHS))
        return [
            Fact(words, value, checked=False, source=told)
            for words, value in (
                (self.tr("Net income"), rupees_shown(work.monthly_income_paise)),
                (self.tr("Employer"), work.employer_name or UNKNOWN),
                (self.tr("Experience"), years),
                (self.tr("PAN"), customer.pan_masked or self.tr("Form 60")),
            )
        ]

    def _add_dues(self, rows: QVBoxLayout, customer: Customer) -> None:
        if not customer.obligations:
            return
        rows.addWidget(hair())
        rows.addWidget(label(self.tr("Monthly dues"), "strong"))
        dues = PairList()
        pairs = [
            (
                word_of("obligation_type", due.obligation_type),
                rupees_shown(due.monthly_amount_paise),
                "body",
            )
            for due in customer.obligations
        ]
        total = sum(due.monthly_amount_paise for due in customer.obligations)
        dues.set_pairs([*pairs, (self.tr("Together"), rupees_shown(total), "strong")])
        rows.addWidget(dues)

    def _add_applications(self, rows: QVBoxLayout, applications: Sequence[ApplicationRow]) -> None:
        if not applications:
            return
        rows.addWidget(hair())
        rows.addWidget(label(self.tr("Applications"), "strong"))
        for row in applications[:_APPLICATIONS_SHOWN]:
            line = QHBoxLayout()
            line.addWidget(label(row.reference, "strong"))
            line.addWidget(label(word_of("loan_purpose", row.loan_purpose), "body"), 1)
            line.addWidget(label(rupees_compact(row.amount_paise), "body"))
            rows.addLayout(line)
            state = QHBoxLayout()
            icon, level = STATUS_ICONS[row.status]
            state.addWidget(
                Badge(word_of("application_status", row.status), icon, _badge_level(level))
            )
            state.addStretch(1)
            rows.addLayout(state)

    def _put(self, words: QWidget) -> None:
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(words)
        rows.addStretch(1)
        self._swap(content, usable=False)

    def _swap(self, content: QWidget, *, usable: bool = True) -> None:
        self._rows.replaceWidget(self._content, content)
        self._content.deleteLater()
        self._content = content
        for button in self._buttons:
            button.setVisible(usable)


def kyc_badge(customer: Customer, words: str) -> Badge:
    """The badge of a customer's KYC state."""
    icon, _token = KYC_ICONS[customer.kyc_status]
    return Badge(words, icon, KYC_LEVELS[customer.kyc_status])


def _badge_level(token: str) -> str:
    return token if token in {"good", "warning", "bad"} else "neutral"
