"""A list that fills its card and scrolls, with the sentence for no rows; the parts of tabs."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.read_loan import LoanAccount
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView

GAP = 12


class AccountTab(QWidget):
    """One tab of the account: filled from what was read for all of them together.

    Attributes:
        lines: the layout of the tab, with the margins of the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, GAP, 0, 16)
        self.lines.setSpacing(GAP)

    @abstractmethod
    def show_account(self, account: LoanAccount) -> None:
        """Show an account."""


class AccountList(Card):
    """A table in a card; the corner says what the rows come to."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column[Any]],
        theme: Theme,
        *,
        heading: str = "",
    ) -> None:
        self._corner = label("", "small")
        super().__init__(heading, corner=self._corner, tight=True)
        self._rows: RecordsModel[Any] = RecordsModel(columns, theme)
        self.table = TableView(name, title)
        self.table.set_records(self._rows)
        self._states = StateStack(self.table)
        self.body.addWidget(self._states, 1)

    def show_rows(self, rows: Sequence[Any], empty: str, corner: str = "") -> None:
        """Show rows, or the sentence for none of them."""
        self._rows.set_rows(rows)
        self._corner.setText(corner)
        if rows:
            self._states.content()
        else:
            self._states.empty(empty)

    def show_absent(self, words: str) -> None:
        """Say why this person sees none."""
        self._corner.setText("")
        self._states.no_permission(words)
