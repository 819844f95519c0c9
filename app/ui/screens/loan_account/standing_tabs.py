"""The tabs about how a loan stands: security, class, provision, documents, timeline."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.rules.dates import date_shown
from app.rules.money import (
    percent_shown,
    percent_text,
    rupees,
    rupees_text,
)
from app.services.read_loan import LoanAccount
from app.ui.cards.list_card import ListCard
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.loan_account.account_columns import (
    class_columns,
    letter_columns,
    ltv_columns,
    provision_columns,
    security_columns,
    timeline_columns,
)
from app.ui.screens.loan_account.account_list import GAP, AccountList, AccountTab
from app.ui.screens.loan_account.account_words import tr
from app.ui.screens.loan_account.head_tiles import provision_share
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import FigureLabel, label
from db.records.documents import DocumentRecord

_NEAR = 480


class SecurityTab(AccountTab):
    """What stands behind the loan, and how much of it is owed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = ListCard(
            "table.security", tr("Security"), RecordsModel(security_columns(), theme)
        )
        self._trend = AccountList(
            "table.ltv", tr("Loan to value"), ltv_columns(), theme, heading=tr("Loan to value")
        )
        self.lines.addWidget(self._list)
        self.lines.addWidget(
            label(tr("Insurance is not kept in this book: ask for the policy itself."), "small")
        )
        self.lines.addWidget(self._trend, 1)
        self.lines.addStretch(0)

    def show_account(self, account: LoanAccount) -> None:
        """Show the securities and the trend."""
        none = tr("This loan has no security.")
        self._list.show_rows(account.security, none)
        self._trend.show_rows(account.ltv, none, tr("by the one valuation there is"))
        self._trend.setVisible(bool(account.ltv))


class ClassTab(AccountTab):
    """Why the loan stands in its class, and every dated entry.

    Attributes:
        side: the left column; the why card is put into it while this tab is shown.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = AccountList(
            "table.classes", tr("Class history"), class_columns(), theme, heading=tr("History")
        )
        self.side = QVBoxLayout()
        self.side.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addLayout(self.side, 4)
        both.addWidget(self._list, 7)
        self.lines.addLayout(both, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the history."""
        self._list.show_rows(account.classes, tr("It has been standard all the time."))


class ProvisionTab(AccountTab):
    """What must be set aside: rate, base and rule row of each part; and what is booked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = ListCard(
            "table.provision", tr("How it comes about"), RecordsModel(provision_columns(), theme)
        )
        self._needed = FigureLabel("figure.provision_needed", "strong", tr("Needed"))
        self._rate = FigureLabel("figure.provision_rate", "strong", tr("Share of the principal"))
        self._booked = FigureLabel("figure.provision_booked", "strong", tr("Booked"))
        self._needed_words, self._booked_words = label("", "muted"), label("", "muted")
        card = Card(tr("Needed and booked"))
        for words, value in (
            (self._needed_words, self._needed),
            (label(tr("Share of the principal"), "muted"), self._rate),
            (self._booked_words, self._booked),
        ):
            line = QHBoxLayout()
            line.addWidget(words)
            line.addWidget(value, 1)
            card.body.addLayout(line)
        card.setMaximumWidth(_NEAR)  # further away a figure is no more read with its words
        self.lines.addWidget(card)
        self.lines.addWidget(self._list)
        self.lines.addStretch(1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the parts and what the last entry booked."""
        needed, rate = account.provision_paise, provision_share(account)
        none = tr("The rule book has no provision rule for that day.")
        self._list.show_rows(account.provision, none)
        self._needed_words.setText(tr("Needed on %1").replace("%1", date_shown(account.on)))
        known = bool(account.provision)
        self._needed.show_figure(*(_money(needed) if known else ("", "")))
        self._rate.show_figure(percent_shown(rate), percent_text(rate))
        then = account.class_then
        if then.entered_on is None or then.provision_paise is None:
            self._booked_words.setText(tr("Booked by a day-end"))
            self._booked.show_figure("", "")
            return
        words = tr("Booked by the entry of %1").replace("%1", date_shown(then.entered_on))
        self._booked_words.setText(words)
        self._booked.show_figure(*_money(then.provision_paise))


class DocumentsTab(AccountTab):
    """The letters of the application. `opened` says that one was chosen."""

    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = AccountList("table.documents", tr("Documents"), letter_columns(), theme)
        self._list.table.opened.connect(self._open)
        self.lines.addWidget(self._list, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the letters."""
        if account.letters is None:
            self._list.show_absent(tr("Your role does not read applications and their letters."))
            return
        self._list.show_rows(account.letters, tr("No letter has been made."))

    def _open(self, row: object) -> None:
        if isinstance(row, DocumentRecord):
            self.opened.emit()


class TimelineTab(AccountTab):
    """Everything that happened, newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = AccountList("table.timeline", tr("Timeline"), timeline_columns(), theme)
        self.lines.addWidget(self._list, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the events."""
        self._list.show_rows(account.timeline, tr("Nothing has happened yet."))


def _money(paise: int) -> tuple[str, str]:
    """As people and as scripts read it."""
    return rupees(paise), rupees_text(paise)
