"""A short list of entries on a tab of S31: a card as high as its rows, or one sentence."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView

RowT = TypeVar("RowT")
MOST_SHOWN = 4
_EMPTY_HEIGHT = 44


class EntryList(Card, Generic[RowT]):
    """Shows entries, a few at once, and scrolls the others.

    Attributes:
        rows: the model behind the table.
        table: the table, named `table.<name>`.
    """

    def __init__(
        self,
        name: str,
        title: str,
        columns: tuple[Column[RowT], ...],
        theme: Theme,
        most_shown: int = MOST_SHOWN,
    ) -> None:
        super().__init__(title, tight=True)
        self._most_shown = most_shown
        self.rows: RecordsModel[RowT] = RecordsModel(columns, theme)
        self.table = TableView(f"table.{name}", title)
        self.table.set_records(self.rows)
        self._states = StateStack(self.table)
        self.body.addWidget(self._states)

    def show_entries(self, entries: Sequence[RowT], empty: str) -> None:
        """Show these, or the sentence for none of them."""
        self.rows.set_rows(tuple(entries))
        if entries:
            self.table.fit_rows(self._most_shown)
            self._states.setFixedHeight(self.table.height())
            self._states.content()
        else:
            self._states.setFixedHeight(_EMPTY_HEIGHT)
            self._states.empty(empty)
