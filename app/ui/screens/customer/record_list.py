"""A list on a tab of S21, with its empty state."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView

RowT = TypeVar("RowT")


class RecordList(QWidget, Generic[RowT]):
    """`opened` carries the chosen row."""

    opened = Signal(object)

    def __init__(
        self, name: str, title: str, columns: Sequence[Column[RowT]], theme: Theme
    ) -> None:
        super().__init__()
        self._rows: RecordsModel[RowT] = RecordsModel(tuple(columns), theme)
        self.table = TableView(name, title)
        self.table.set_records(self._rows)
        self.table.opened.connect(self.opened)
        self._states = StateStack(self.table)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 16, 16)
        card = Card(tight=True)
        card.body.addWidget(self._states)
        rows.addWidget(card)

    def show_rows(self, rows: Sequence[RowT], empty: str, button: QWidget | None = None) -> None:
        """Show rows, or the sentence for none of them."""
        self._rows.set_rows(rows)
        if rows:
            self._states.content()
        else:
            self._states.empty(empty, button)

    def current(self) -> object:
        """The current row, None without rows."""
        return self.table.current_row()
