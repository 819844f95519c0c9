"""A tab of S21 that is one list."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.customer_tab import CustomerTab, Reader
from app.ui.widgets.card import Card
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench


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
