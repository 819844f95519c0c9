"""Lists on S21: a card with a table and its states, and a tab that is one such list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.customer_tab import CustomerTab, Reader
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_MOST = 6
_SENTENCE = 72  # under the head of the table, which stays


class ListCard(Card):
    """A heading, words at its right, a table as high as its rows; more than six scroll."""

    def __init__(self, name: str, title: str, rows: RecordsModel[Any]) -> None:
        self._corner = label("", "small")
        super().__init__(title, corner=self._corner, tight=True)
        self._rows = rows
        self.table = TableView(name, title)
        self.table.set_records(rows)
        self._states = StateStack(self.table)
        self.body.addWidget(self._states, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_rows(self, rows: Sequence[Any], empty: str, corner: str = "") -> None:
        """Show rows, or the sentence for none of them."""
        self._rows.set_rows(rows)
        self._corner.setText(corner)
        self.table.fit_rows(_MOST)
        # A stacked layout asks a table for its plain hint, not for the height it was given.
        self._states.setFixedHeight(self.table.minimumHeight() if rows else _SENTENCE)
        if rows:
            self._states.content()
        else:
            self._states.empty(empty)

    def show_absent(self, words: str) -> None:
        """Say why this person sees none."""
        self._corner.setText("")
        self._states.setFixedHeight(_SENTENCE)
        self._states.no_permission(words)


class ListTab(CustomerTab):
    """A tab that is one list.

    Signals:
        opened: Enter on a row; carries its record.
        counted: how many rows there are.
    """

    opened = Signal(object)
    counted = Signal(int)

    def __init__(  # noqa: PLR0913  # a list is its name, words, columns and source
        self,
        workbench: Workbench,
        name: str,
        title: str,
        rows: RecordsModel[Any],
        read: Reader,
        *,
        empty: str,
    ) -> None:
        super().__init__(workbench, name, title, read)
        self._rows = rows
        self._empty = empty
        self.table = TableView(f"table.{name}", title)
        self.table.set_records(rows)
        self.table.opened.connect(self.opened)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 12, 16, 16)
        card = Card(tight=True)
        card.body.addWidget(self.table)
        lines.addWidget(card)
        self.hold(content)

    def show_answer(self, answer: object) -> None:
        """Show rows, or the sentence for none of them."""
        rows = answer if isinstance(answer, tuple) else ()
        self._rows.set_rows(rows)
        self.counted.emit(len(rows))
        if rows:
            self.states.content()
        else:
            self.states.empty(self._empty)
