"""The tabs about money: schedule with the balance against it, ledger with charges, payments."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees_shown
from app.rules.permissions import Act, may
from app.services.read_loan import LoanAccount
from app.services.steps.account_lines import DueState, PaymentLine
from app.ui.cards.list_card import ListCard
from app.ui.cards.receipt_saving import ReceiptSaving
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.loan_account.account_columns import (
    charge_columns,
    ledger_columns,
    payment_columns,
    schedule_columns,
)
from app.ui.screens.loan_account.account_list import GAP, AccountList, AccountTab
from app.ui.screens.loan_account.account_words import tr
from app.ui.screens.loan_account.balance_card import BalanceCard
from app.ui.theme import Theme
from app.ui.widgets.labels import label
from app.ui.widgets.workbench import Workbench
from db.records.loans import ScheduleVersion

_MOST_CHARGES = 4
_LEAST_CHART = 180


class ScheduleTab(AccountTab):
    """The instalments at the left; why card and chart at the right.

    Attributes:
        side: the right column; the why card is put on top of it while this tab is shown.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = AccountList("table.schedule", tr("Schedule"), schedule_columns(), theme)
        self._versions = label("", "small", wrap=True)
        self._balance = BalanceCard(theme)
        left, self.side = QVBoxLayout(), QVBoxLayout()
        for column in (left, self.side):
            column.setSpacing(GAP)
        left.addWidget(self._list, 1)
        left.addWidget(self._versions)
        self.side.addWidget(self._balance, 1)
        self.side.addStretch()
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addLayout(left, 8)
        both.addLayout(self.side, 5)
        self.lines.addLayout(both, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the schedule at its first open due, or the next one."""
        self._list.show_rows(account.schedule, tr("No schedule yet: nothing has been paid out."))
        self._balance.show_account(account)
        self._versions.setText(version_words(account.versions, account.version))
        self._versions.setVisible(len(account.versions) > 1)
        wanted = (DueState.PART, DueState.UNPAID, DueState.NOT_DUE)
        open_rows = (n for n, row in enumerate(account.schedule) if row.state in wanted)
        row = next(open_rows, len(account.schedule) - 1)
        if row >= 0:
            self._list.table.go_to(row, among=True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the chart away where there is no room for it: the why card is read whole."""
        margins = self.lines.contentsMargins()
        room = self.height() - margins.top() - margins.bottom()
        items = (self.side.itemAt(place) for place in range(self.side.count()))
        cards = (None if item is None else item.widget() for item in items)
        others = [card for card in cards if card is not None and card is not self._balance]
        taken = sum(_height(card) + GAP for card in others)
        self._balance.setVisible(room - taken >= _LEAST_CHART)


class LedgerTab(AccountTab):
    """Postings, and under them the charges, which are never in the principal."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = AccountList("table.ledger", tr("Ledger"), ledger_columns(), theme)
        self._charges = ListCard(
            "table.charges",
            tr("Charges, apart from the loan"),
            RecordsModel(charge_columns(), theme),
            _MOST_CHARGES,
        )
        self.lines.addWidget(self._list, 1)
        self.lines.addWidget(self._charges)

    def show_account(self, account: LoanAccount) -> None:
        """Show the ledger at its newest posting."""
        self._list.show_rows(account.ledger, tr("Nothing has been posted yet."))
        if account.ledger:
            self._list.table.go_to(len(account.ledger) - 1)
        owed = account.figures.charges_due_paise
        words = tr("%1 not paid").replace("%1", rupees_shown(owed)) if owed else ""
        self._charges.show_rows(account.charges, tr("No charges."), words)


class PaymentsTab(AccountTab):
    """What was received, newest first, with what became of it; each has its receipt.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._list = AccountList(
            "table.payments", tr("Payments"), payment_columns(), workbench.theme
        )
        self._receipt = ReceiptSaving(workbench, "loan.print_receipt", self)
        self._number = ""
        self._chosen = label("", "muted")
        self._foot = QWidget()
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self._receipt)
        line.addWidget(self._chosen, 1)
        self.lines.addWidget(self._list, 1)
        self.lines.addWidget(self._foot)
        self._receipt.said.connect(self.said)
        self._list.table.current_changed.connect(self._choose)

    def show_account(self, account: LoanAccount) -> None:
        """Show the payments; an earlier one that was chosen stays, else the newest is chosen."""
        self._number = account.loan.reference
        before = self._list.table.current_row()
        moved = self._list.table.currentIndex().row() > 0
        chosen = before.entry_id if moved and isinstance(before, PaymentLine) else None
        self._list.show_rows(account.payments, tr("No payment yet."))
        places = (n for n, each in enumerate(account.payments) if each.entry_id == chosen)
        if account.payments:
            self._list.table.go_to(next(places, 0))
        may_save = may(self._workbench.person.roles, Act.POST_REPAYMENT)
        self._foot.setVisible(may_save and bool(account.payments))
        self._choose(self._list.table.current_row())

    def _choose(self, line: object) -> None:
        if not isinstance(line, PaymentLine) or not self._foot.isVisibleTo(self):
            self._chosen.setText("")
            self._receipt.withdraw()
            return
        words = tr("of %1 received on %2").replace("%1", rupees_shown(line.amount_paise))
        words = words.replace("%2", date_shown(line.on))
        self._chosen.setText(f"{words}, {tr('reversed later')}" if line.undone else words)
        self._receipt.offer(line.entry_id, self._chosen.text(), (self._number, line.on))


def _height(card: QWidget) -> int:
    """What a card needs at its width: words that wrap need less where it is wide."""
    if card.hasHeightForWidth():
        return card.heightForWidth(card.width())
    return card.sizeHint().height()


def version_words(versions: tuple[ScheduleVersion, ...], shown: ScheduleVersion | None) -> str:
    """Every version of the schedule, the newest first; the one shown says so."""
    return "\n".join(_version(each, each == shown) for each in versions)


def _version(version: ScheduleVersion, shown: bool) -> str:  # noqa: FBT001  # one of a list
    words = tr("Version %1 from %2: EMI %3, %4, %5 instalments")
    words = words.replace("%1", str(version.version)).replace("%2", date_shown(version.from_date))
    words = words.replace("%3", rupees_shown(version.emi_paise))
    words = words.replace("%4", percent_shown(version.rate_ppm))
    words = words.replace("%5", str(version.instalments))
    return f"{words} ({tr('shown')})" if shown else words
