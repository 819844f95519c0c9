"""S21 Timeline: every event, newest first, read page by page while somebody scrolls."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.read_customer_life import TimelineRequest, kinds_for, read_timeline
from app.ui.item_models.windowed_model import PageRequest, WindowedModel
from app.ui.screens.customer.act_words import kind_words
from app.ui.screens.customer.customer_tab import CustomerTab
from app.ui.screens.customer.record_columns import timeline_columns
from app.ui.tasks.task import Lane, Task
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.customer_life import TimelineEvent
from db.records.lists import Page

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_TITLE = "Reading the timeline"
_EVERY = ""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page with what was asked for."""

    asked: TimelineRequest
    number: int
    page: Page[TimelineEvent]


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


class TimelineTab(CustomerTab):
    """Filter by kind; Enter opens the application of an event.

    Signals:
        opened: carries a `TimelineEvent`.
    """

    opened = Signal(object)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, "timeline", _tr(_TITLE), _unread)
        self._asked: TimelineRequest | None = None
        self._reading: TaskHandle | None = None
        self._model: WindowedModel[TimelineEvent] = WindowedModel(
            timeline_columns(), workbench.theme
        )
        self.table = TableView("table.timeline", _tr("Timeline"))
        self.table.set_records(self._model)
        self._kind = Picker("filter.kind", [Choice(_EVERY, _tr("Every event"))])
        self._kind.setAccessibleName(_tr("Kind of event"))
        self._kind.set_value(_EVERY)
        self._build()
        self._kind.value_changed.connect(self._filter)
        self._model.page_wanted.connect(self._read_page)
        self.table.opened.connect(self.opened)

    def start(self, customer_id: UUID) -> None:
        """Another customer: every kind again."""
        super().start(customer_id)
        self._model.reset()
        self._kind.set_choices(self._choices())
        self._kind.set_value(_EVERY)

    def refresh(self) -> None:
        """Read from the newest event on."""
        customer_id = self.customer_id
        if customer_id is None:
            return
        self._known = customer_id
        self._asked = TimelineRequest(customer_id, self._kind.value() or None)
        self._model.renew()  # asks for the first page; older rows stay until it is there
        self.states.loading(self._reading, self.refresh)

    def _choices(self) -> list[Choice]:
        kinds = kinds_for(self.workbench.person)
        return [Choice(_EVERY, _tr("Every event")), *(Choice(k, kind_words(k)) for k in kinds)]

    def _filter(self, _kind: object) -> None:
        if self.customer_id is not None and self._known == self.customer_id:
            self.states.forget()
            self.refresh()

    def _read_page(self, wanted: PageRequest) -> None:
        asked, desk = self._asked, self.workbench.desk
        if asked is None:
            return
        request = TimelineRequest(asked.customer_id, asked.kind, wanted.limit, wanted.after)
        self._reading = self.workbench.runner.submit(
            Task(
                _tr(_TITLE),
                Lane.DATABASE,
                lambda _control: TimelinePage(asked, wanted.number, read_timeline(request, desk)),
                key=f"customer.timeline.{wanted.number}",
                owner="customer",
                quiet=True,
            ),
            self._take_page,
            self.failed,
        )

    def _take_page(self, read: TimelinePage) -> None:
        if read.asked != self._asked:
            return
        self._model.give_page(read.number, read.page.rows, read.page.next)
        if read.number or read.page.rows:
            self.states.content()
        elif read.asked.kind is None:
            self.states.empty(_tr("Nothing has happened yet."))
        else:
            words = _tr("Nothing of this kind: %1.").replace("%1", kind_words(read.asked.kind))
            every = state_button(_tr("Show every event"), partial(self._kind.set_value, _EVERY))
            self.states.no_match(words, (every,))

    def _build(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 16, 16)
        card = Card(tight=True)
        card.body.addWidget(self.table)
        lines.addWidget(card)
        above = QWidget()
        head = QHBoxLayout(above)
        head.setContentsMargins(0, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(label(_tr("Show"), "muted"))
        head.addWidget(self._kind)
        head.addWidget(label(_tr("from the audit chain and the records, newest first"), "small"))
        head.addStretch(1)
        self.hold(content, above)


def _unread(_customer_id: UUID, _desk: object) -> None:
    """Pages are read one by one, not in one go."""
