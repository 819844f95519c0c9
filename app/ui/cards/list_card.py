"""A card with a table and its states: as high as its rows, more than a few of them scroll."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy

from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView

_MOST = 6
_SENTENCE = 72  # under the head of the table, which stays


class ListCard(Card):
    """A heading, words at its right, a table as high as its rows; more than `most` scroll."""

    def __init__(self, name: str, title: str, rows: RecordsModel[Any], most: int = _MOST) -> None:
        self._corner = label("", "small")
        super().__init__(title, corner=self._corner, tight=True)
        self._rows = rows
        self._most = most
        self.table = TableView(name, title)
        self.table.set_records(rows)
        self._states = StateStack(self.table)
        self.body.addWidget(self._states, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_rows(self, rows: Sequence[Any], empty: str, corner: str = "") -> None:
        """Show rows, or the sentence for none of them."""
        self._rows.set_rows(rows)
        self._corner.setText(corner)
        self.table.fit_rows(self._most)
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
