"""The strip of search box and filters above the customers list (S20)."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.segmented import Segmented
from db.records.lists import CustomerFilter
from db.vocabulary.people import CustomerSegment, KycStatus, Scope

_SEARCH_WIDTH = 300


class CustomerFilters(QWidget):
    """What the list is narrowed to. `changed` is sent after each change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cities: tuple[str, ...] = ()
        self._search = SearchEdit("search_text", self.tr("Name, phone, PAN, id or loan number"))
        self._search.setAccessibleName(self.tr("Search customers"))
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._kyc = FilterPicker(
            "filter.kyc_status", self.tr("KYC"), _choices("kyc_status", KycStatus)
        )
        self._city = FilterPicker("filter.city", self.tr("City"), [])
        self._segment = FilterPicker(
            "filter.segment", self.tr("Segment"), _choices("customer_segment", CustomerSegment)
        )
        self._overdue = FilterPicker(
            "filter.overdue",
            self.tr("Overdue"),
            [Choice(value=True, text=self.tr("Yes")), Choice(value=False, text=self.tr("No"))],
        )
        self._scope = Segmented(
            "filter.scope",
            [Choice(Scope.MINE, self.tr("Mine")), Choice(Scope.BRANCH, self.tr("Branch"))],
        )
        self._scope.setAccessibleName(self.tr("Whose customers"))
        self._scope.set_value(Scope.BRANCH)
        self._build()

    def narrowed(self, sort: str, *, descending: bool) -> CustomerFilter:
        """The filter as chosen now, with the sort of the table."""
        return CustomerFilter(
            search=self._search.value(),
            scope=Scope(str(self._scope.value() or Scope.BRANCH)),
            kyc_status=self._kyc.value(),
            city=self._city.value(),
            segment=self._segment.value(),
            overdue=self._overdue.value(),
            sort=sort,
            descending=descending,
        )

    @property
    def search_text(self) -> str:
        """What is searched for."""
        return self._search.value()

    @property
    def narrowing(self) -> bool:
        """Whether anything but the scope narrows the list."""
        pickers = (self._kyc, self._city, self._segment, self._overdue)
        return bool(self._search.value()) or any(p.value() is not None for p in pickers)

    def clear(self) -> None:
        """Take every filter away; the scope stays."""
        for picker in (self._kyc, self._city, self._segment, self._overdue):
            picker.set_value(None)
        self._search.set_value("")
        self.changed.emit()

    def search_for(self, text: str) -> None:
        """Search for other words; the filters stay."""
        self._search.set_value(text)
        self.changed.emit()

    def start(self) -> None:
        """Put the cursor into the search box, its words selected."""
        self._search.setFocus()
        self._search.selectAll()

    def offer_cities(self, cities: Iterable[str]) -> None:
        """Offer these cities too; those seen before stay."""
        known = tuple(sorted({*self._cities, *cities} - {""}))
        if known != self._cities:
            self._cities = known
            self._city.set_choices([Choice(city, city) for city in known])

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 12)
        line.setSpacing(8)
        for part in (self._search, self._kyc, self._city, self._segment, self._overdue):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._scope)
        self._search.searched.connect(self._note)
        for picker in (self._kyc, self._city, self._segment, self._overdue, self._scope):
            picker.value_changed.connect(self._note)

    def _note(self, _value: object) -> None:
        self.changed.emit()


def _choices(list_name: str, codes: Iterable[str]) -> list[Choice]:
    return [Choice(code, word_of(list_name, code)) for code in codes]
