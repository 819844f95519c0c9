"""The tabs of a loan's account; one answer fills them all, so that they agree."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.services.read_classification import Classification
from app.services.read_loan import LoanAccount
from app.ui.cards.class_card import ClassCard
from app.ui.screens.loan_account.account_words import tr
from app.ui.screens.loan_account.money_tabs import LedgerTab, PaymentsTab, ScheduleTab
from app.ui.screens.loan_account.standing_tabs import (
    ClassTab,
    DocumentsTab,
    ProvisionTab,
    SecurityTab,
    TimelineTab,
)
from app.ui.screens.loan_account.why_words import (
    why_corner,
    why_cure,
    why_lines,
    why_reasons,
    why_title,
)
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from app.ui.screens.loan_account.account_list import AccountTab

FIRST = "schedule"


class AccountTabs(Tabs):
    """Eight tabs. The why card stands on Schedule and on Class, wherever one looks.

    Signals:
        documents_asked: a letter was chosen.
        said: carries a level and a sentence.
    """

    documents_asked = Signal()
    said = Signal(str, str)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        theme, payments = workbench.theme, PaymentsTab(workbench)
        schedule, classes, documents = ScheduleTab(theme), ClassTab(theme), DocumentsTab(theme)
        self._parts: dict[str, AccountTab] = {
            FIRST: schedule,
            "ledger": LedgerTab(theme),
            "payments": payments,
            "security": SecurityTab(theme),
            "class": classes,
            "provision": ProvisionTab(theme),
            "documents": documents,
            "timeline": TimelineTab(theme),
        }
        words = {
            FIRST: tr("Schedule"),
            "ledger": tr("Ledger"),
            "payments": tr("Payments"),
            "security": tr("Security"),
            "class": tr("Class"),
            "provision": tr("Provision"),
            "documents": tr("Documents"),
            "timeline": tr("Timeline"),
        }
        self._buttons = {
            name: self.add(name, words[name], part) for name, part in self._parts.items()
        }
        self._why = ClassCard(why_lines())
        self._sides: dict[str, QVBoxLayout] = {FIRST: schedule.side, "class": classes.side}
        self._stand_on(FIRST)
        self.chosen.connect(self._stand_on)
        documents.opened.connect(self.documents_asked)
        payments.said.connect(self.said)

    def start(self) -> None:
        """Another loan: from the first tab."""
        self.choose(FIRST)

    def show_account(self, account: LoanAccount, why: Classification | None) -> None:
        """Fill every tab; an earlier day has no `why`."""
        for part in self._parts.values():
            part.show_account(account)
        self._why.show_reasons(
            why_title(account),
            why_corner(account),
            why_reasons(account, why),
            why_cure(account, why),
        )

    def _stand_on(self, name: str) -> None:
        """The keys come to the tab that is shown, and the why card to its side."""
        self.setFocusProxy(self._buttons[name])
        if name in self._sides:
            self._sides[name].insertWidget(0, self._why)
