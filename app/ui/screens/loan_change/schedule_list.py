"""One of the two schedules: a list in a card, or the sentence for none."""

from collections.abc import Sequence

from app.rules.schedule_change import LeftDue
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import theme_of
from app.ui.widgets.card import Card
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView


class ScheduleList(Card):
    """Instalments that are left."""

    def __init__(self, name: str, title: str, columns: Sequence[Column[LeftDue]]) -> None:
        super().__init__(title, tight=True)
        self._lines: RecordsModel[LeftDue] = RecordsModel(columns, theme_of())
        table = TableView(name, title)
        table.set_records(self._lines)
        self._states = StateStack(table)
        self.body.addWidget(self._states, 1)

    def show_dues(self, dues: Sequence[LeftDue], empty: str) -> None:
        """Show instalments, or the sentence for none of them."""
        self._lines.set_rows(dues)
        self.set_detail(str(len(dues)) if dues else "")
        if dues:
            self._states.content()
        else:
            self._states.empty(empty)
