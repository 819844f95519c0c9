"""Balance against plan: the chart, or the same as a table."""

from datetime import date
from typing import NamedTuple

from app.rules.dates import date_shown
from app.services.read_loan import LoanAccount
from app.ui.charts.balance_chart import BalanceChart, planned_on
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.loan_account.account_words import tr
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.loan_cells import exact_amount
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tabs import Tabs


class BalanceRow(NamedTuple):
    """A day with what was left, by plan and in truth; None for a day to come. In paise."""

    on: date
    actual_paise: int | None
    plan_paise: int


class BalanceCard(Card):
    """Chart and table of one account."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Balance against plan"))
        self._chart = BalanceChart()
        self._rows: RecordsModel[BalanceRow] = RecordsModel(_columns(), theme)
        table = TableView("table.balance", tr("Balance against plan"))
        table.set_records(self._rows)
        tabs = Tabs(detached=True)
        tabs.add("balance_chart", tr("Chart"), self._chart)
        tabs.add("balance_table", tr("Table"), table)
        self.head.addWidget(tabs.bar_widget)
        self.body.addWidget(tabs, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show one account."""
        self._chart.show_lines(account.balances, account.plan, account.on)
        self._rows.set_rows(balance_rows(account))


def balance_rows(account: LoanAccount) -> tuple[BalanceRow, ...]:
    """One row for each day of the plan, and the day shown."""
    days = sorted({day for day, _left in account.plan} | {account.on})
    return tuple(
        BalanceRow(
            day,
            planned_on(account.balances, day) if day <= account.on else None,
            planned_on(account.plan, day),
        )
        for day in days
    )


def _columns() -> tuple[Column[BalanceRow], ...]:
    return (
        Column("on", tr("Day"), lambda r: date_shown(r.on), 96),
        Column("actual", tr("Actual ₹"), _actual, 110, "right", strong=True),
        Column("plan", tr("Plan ₹"), lambda r: exact_amount(r.plan_paise), 110, "right"),
    )


def _actual(row: BalanceRow) -> str:
    return UNKNOWN if row.actual_paise is None else exact_amount(row.actual_paise)
