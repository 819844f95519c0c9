"""The strip above a list of dated rows: search, two filters, and the day the book is read on."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.dated_rows import Narrowing, RowState, state_words
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.search_edit import SearchEdit

_SEARCH_WIDTH = 240
_GROUP_WIDTH = 256  # the longest segment
_DATE_WIDTH = 140


class DatedFilters(QWidget):
    """What the list is narrowed to.

    Signals:
        changed: another search or filter, answered from the rows at hand.
        day_changed: another day, for which the book is read again.
    """

    changed = Signal()
    day_changed = Signal()

    def __init__(
        self,
        search_words: str,
        group: FilterPicker,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._group = group
        self._search = SearchEdit("search_text", search_words)
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._state = FilterPicker(
            "filter.state", self.tr("State"), [Choice(s, state_words(s)) for s in RowState]
        )
        self._day = DateEdit("on_date", today)
        self._day.setAccessibleName(self.tr("Read the book as of"))
        self._day.setFixedWidth(_DATE_WIDTH)
        self._day.set_value(today())
        self._read_on = today()
        self._build()

    @property
    def narrowing(self) -> Narrowing:
        """The filter as chosen now."""
        return Narrowing(self._search.value(), self._group.value(), self._state.value())

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return self.narrowing != Narrowing()

    @property
    def day(self) -> date:
        """The day the book is read on: the last one that could be read, today when empty."""
        return self._read_on

    def offer_groups(self, choices: Sequence[Choice]) -> None:
        """Offer these in the first filter."""
        self._group.set_choices(choices)
        self._group.setMaximumWidth(_GROUP_WIDTH)

    def clear(self) -> None:
        """Take every filter away and go back to today."""
        self._search.set_value("")
        self._group.set_value(None)
        self._state.set_value(None)
        self.changed.emit()
        self._day.set_value(self._today())

    def start(self) -> None:
        """Put the cursor into the search box, its words selected."""
        self._search.setFocus()
        self._search.selectAll()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 16, 12)
        line.setSpacing(8)
        for part in (self._search, self._group, self._state):
            line.addWidget(part)
        line.addStretch(1)
        as_of = label(self.tr("As of"), "muted")
        as_of.setBuddy(self._day)
        line.addWidget(as_of)
        line.addWidget(self._day)
        self._search.searched.connect(self._note)
        self._group.value_changed.connect(self._note)
        self._state.value_changed.connect(self._note)
        self._day.textChanged.connect(self._note_day)  # an emptied field has no new value
        self._day.left.connect(self._check_day)

    def _note(self, _value: object) -> None:
        self.changed.emit()

    def _note_day(self, _value: object) -> None:
        day = self._day.value()
        if day is None and not self._day.is_empty():
            return  # half typed
        self._check_day()
        if (day or self._today()) != self._read_on:
            self._read_on = day or self._today()
            self.day_changed.emit()

    def _check_day(self) -> None:
        problem = self._day.problem()
        self._day.set_wrong(wrong=bool(problem))
        self._day.setToolTip(problem)
        self._day.setAccessibleDescription(problem)
