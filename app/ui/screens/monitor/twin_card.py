"""A card with a chart and its table: one link turns it over (visual-language.md, Charts)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import theme_of
from app.ui.widgets.card import Card
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.table_view import TableView

_ROW_HEIGHT = 22
_FIRST_WIDTH, _WIDTH = 92, 96


class TwinCard(Card):
    """`show_twin` fills the table anew; the link, or Enter on it, turns the card over."""

    def __init__(self, title: str, detail: str, chart: QWidget) -> None:
        super().__init__(title, detail)
        self._chart = chart
        self._table: TableView | None = None
        self._rows: Sequence[Sequence[str]] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(chart)
        self._turn = state_button(self.tr("Table"), self.turn, "link")
        self._turn.setAccessibleName(self.tr("Show %1 as a table").replace("%1", title))
        self.head.addWidget(self._turn)
        self.body.addWidget(self._stack, 1)

    def show_twin(self, rows: Sequence[Sequence[str]]) -> None:
        """Keep the numbers for the table, and show them if it is turned over."""
        self._rows = rows
        if self._table is not None:
            self._fill(self._table)

    def turn(self) -> None:
        """Show the table, or the chart again."""
        if self._table is None:
            self._table = TableView(
                f"twin.{self._chart.objectName()}",
                self.accessibleName(),
                row_height=_ROW_HEIGHT,
            )
            self._stack.addWidget(self._table)
            self._fill(self._table)
        back = self._stack.currentWidget() is self._table
        shown = self._chart if back else self._table
        self._stack.setCurrentWidget(shown)
        self._turn.setText(self.tr("Table") if back else self.tr("Chart"))
        shown.setFocus()

    def _fill(self, table: TableView) -> None:
        if not self._rows:
            return
        head, *rows = self._rows
        model = RecordsModel(twin_columns(head), theme_of(), table)
        model.set_rows(tuple(tuple(row) for row in rows))
        table.set_records(model)


def twin_columns(head: Sequence[str]) -> tuple[Column[Sequence[str]], ...]:
    """Columns of words: the first at the left, numbers at the right."""
    return tuple(
        Column(
            f"column{place}",
            words,
            lambda row, place=place: row[place],  # type: ignore[misc]  # bound at once
            _WIDTH if place else _FIRST_WIDTH,
            "right" if place else "left",
        )
        for place, words in enumerate(head)
    )
