"""Where somebody stands in a long list: it comes back there once the list has been read again.

A list that is read anew begins at its first row. Coming back to it (Back, the rail) or F5 is no
reason to lose one's place; another filter or sort is.
"""

from PySide6.QtCore import QObject, SignalInstance

from app.ui.widgets.table_view import TableView


class ListPlace(QObject):
    """The current row and how far the list was scrolled.

    Args:
        table: its model is set; rows may arrive page by page.
        first_page, counted: signals of what feeds the model; they carry numbers of rows.
    """

    def __init__(
        self, table: TableView, first_page: SignalInstance, counted: SignalInstance
    ) -> None:
        super().__init__(table)
        self._table = table
        self._keeping = False
        self._row, self._scrolled = -1, 0
        table.model().modelAboutToBeReset.connect(self._note)
        first_page.connect(self._first_rows)
        counted.connect(self._all_counted)

    def keep(self) -> None:
        """The list is read again: stay where it stands when the new rows arrive."""
        self._keeping = True

    def forget(self) -> None:
        """The list becomes another one: begin at its first row."""
        self._keeping = False
        self._row = -1

    def _first_rows(self, _count: int) -> None:
        """The first page is there: go back, unless the place lies beyond it."""
        if 0 <= self._row < self._table.model().rowCount():
            self._go_back()

    def _all_counted(self, total: int) -> None:
        """The list has its full length: go back, to the last row of one that became shorter."""
        if self._row >= 0 and total:
            self._row = min(self._row, self._table.model().rowCount() - 1)
            self._go_back()

    def _note(self) -> None:
        if self._keeping:
            self._keeping = False
            self._row = self._table.currentIndex().row()
            self._scrolled = self._table.verticalScrollBar().value()

    def _go_back(self) -> None:
        row, self._row = self._row, -1
        self._table.go_to(row)
        self._table.verticalScrollBar().setValue(self._scrolled)
