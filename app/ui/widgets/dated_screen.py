"""The page of one half of the rule book: list, row in full, form, and the second person's word."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.rules.dates import date_shown
from app.rules.permissions import Act, may
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.book_tabs import BookTabs
from app.ui.widgets.dated_changes import ChangeActs, DatedChanges
from app.ui.widgets.dated_filters import DatedFilters
from app.ui.widgets.dated_list import DatedBook, DatedList, DatedListSpec
from app.ui.widgets.dated_look import DatedLook, Look
from app.ui.widgets.dated_rows import DatedEntry
from app.ui.widgets.decide_strip import DecideStrip
from app.ui.widgets.list_foot import ListFoot
from app.ui.widgets.picker import FilterPicker
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.workbench import Workbench

ButtonMaker = Callable[[QAction], QWidget]


@dataclass(frozen=True, slots=True)
class DatedParts:
    """What makes one page another.

    Attributes:
        group: the first filter.
        looking: buttons of the side panel for every open proposal.
        below: the key word of Enter for those who may not propose.
    """

    spec: DatedListSpec
    group: FilterPicker
    acts: ChangeActs
    search_words: str
    nothing_words: str
    below: str
    looking: Sequence[QWidget] = ()


class DatedScreen(Screen):
    """A subclass names its `area`, puts something under the list and says how a line looks."""

    area: ClassVar[str] = ""
    rail = "rules"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(
        self, workbench: Workbench, button: ButtonMaker, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, parent)
        self._button = button
        make, area = workbench.registry.create, self.area
        self.propose = make(f"{area}.propose", self._propose_or_send, self)
        self._approve = make(f"{area}.approve", partial(self._ask, approve=True), self)
        self._refuse = make(f"{area}.reject", partial(self._ask, approve=False), self)

    def assemble(self, parts: DatedParts, under: QWidget) -> None:
        """Build the page of its parts; the list stands over `under`."""
        bench, self._title = self.workbench, parts.spec.title
        filters = DatedFilters(parts.search_words, parts.group, bench.desk.clock.today, self)
        self.rows = DatedList(bench, parts.spec, filters, self)
        self.changes = DatedChanges(bench, self.rows, parts.acts)
        deciding = (self._button(self._approve), self._button(self._refuse))
        self._look = DatedLook(parts.nothing_words, deciding, parts.looking, self)
        self._look.hide()
        self._strip = DecideStrip(bench, self.name, self.area, self)
        self._foot = ListFoot(self._keys(parts.below), self)
        self.body.setSpacing(0)
        for part in (BookTabs(self.name, bench.navigate), self._strip):
            self.body.addWidget(part)
        self.body.addWidget(self.changes, 1)
        self.body.addWidget(under)
        self._connect()
        self.show_heading()

    # What a subclass says.

    @abstractmethod
    def look_of(self, entry: DatedEntry[Any]) -> Look:
        """One line in full."""

    @abstractmethod
    def question_of(self, entry: DatedEntry[Any], *, approve: bool) -> str:
        """The change once more, as the strip asks it."""

    def line_changed(self, entry: DatedEntry[Any] | None) -> None:
        """Another line is current, or none."""

    def book_read(self, book: DatedBook) -> None:
        """The book was read."""

    def go_below(self) -> None:
        """Put the cursor under the list: Enter of those who may not propose."""

    def mode_changed(self) -> None:
        """The form has come or gone."""

    # Hooks of the shell.

    def refresh(self) -> None:
        """Read the book again; a form that is open stays."""
        self.clear_messages()
        self.propose.setVisible(self.may(Act.PROPOSE_RULE))
        for action in (self._approve, self._refuse):
            action.setVisible(self.may(Act.APPROVE_RULE))
        self.rows.read()
        if self.changes.form_shown is None:
            self.rows.table.setFocus()

    def header_actions(self) -> list[QWidget]:
        """Propose a change, or send the one being typed."""
        return [self._button(self.propose)] if self.may(Act.PROPOSE_RULE) else []

    def context_panel(self) -> QWidget:
        """The current line in full."""
        return self._look

    def footer(self) -> QWidget:
        """How many rows, and the keys of the list."""
        return self._foot

    def find_in_list(self) -> None:
        """Ctrl+F goes to the search box."""
        self.changes.close_form()
        self.rows.filters.start()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F shows every row as of today."""
        self.rows.filters.clear()

    def new_item(self) -> None:
        """Ctrl+N proposes a change of the current row."""
        if self.may(Act.PROPOSE_RULE) and self.changes.form_shown is None:
            self.changes.open_form()

    # Shared with the subclass.

    def may(self, act: Act) -> bool:
        """Whether the person at the desk may do that."""
        return may(self.workbench.person.roles, act)

    def show_heading(self) -> None:
        """Title, the day the book is read on, and whether something is typed."""
        words = self.tr("as of %1").replace("%1", date_shown(self.rows.filters.day))
        form = self.changes.form_shown
        dirty = form is not None and form.typed
        self.set_heading(Heading(self._title, detail=words, dirty=dirty))

    # The list, the form and the strip.

    def _take(self, book: DatedBook) -> None:
        self.book_read(book)
        self.show_heading()

    def _current_changed(self, entry: DatedEntry[Any] | None) -> None:
        deciding = entry is not None and self._decidable(entry)
        for action in (self._approve, self._refuse):
            action.setEnabled(deciding)
        if entry is None:
            self._look.show_nothing()
        else:
            self._look.show_look(self.look_of(entry))
        self.line_changed(entry)

    def _opened(self, _entry: object) -> None:
        if self.may(Act.PROPOSE_RULE):
            self.changes.open_form()
        else:
            self.go_below()

    def _decidable(self, entry: DatedEntry[Any]) -> bool:
        line = entry.open_proposal
        return line is not None and not line.own and self.may(Act.APPROVE_RULE)

    def _propose_or_send(self) -> None:
        """Ctrl+Enter commits what is open: the strip, else the form; else it opens the form."""
        if self._strip.isVisible():
            self._strip.send()
        elif self.changes.form_shown is None:
            self.changes.open_form()
        else:
            self.changes.send()

    def _mode_changed(self) -> None:
        typing = self.changes.form_shown is not None
        words = self.tr("Send for approval") if typing else self.tr("Propose change")
        self.propose.setText(words)
        self.mode_changed()
        self.show_heading()

    def _ask(self, *, approve: bool) -> None:
        entry = self.rows.current()
        if entry is None or entry.proposal is None or not self._decidable(entry):
            return
        self.clear_messages()
        proposal = entry.proposal.proposal
        words = self.question_of(entry, approve=approve)
        self._strip.ask(proposal.proposal_id, proposal.version, words, approve=approve)

    def _back_to_list(self) -> None:
        self.rows.table.setFocus()

    def _failed(self, failure: TaskFailed) -> None:
        self.clear_messages()
        self.show_message("bad", failure.sentence)

    def _note_change(self, change: Change) -> None:
        if change.touches("rule"):
            self.rows.read()

    def _keys(self, below: str) -> tuple[tuple[str, str], ...]:
        enter = self.tr("propose change") if self.may(Act.PROPOSE_RULE) else below
        keys = [("Enter", enter)]
        if self.may(Act.APPROVE_RULE):
            keys += [("A", self.tr("approve")), ("R", self.tr("refuse"))]
        return (*keys, ("Ctrl+F", self.tr("find in list")))

    def _connect(self) -> None:
        self.rows.loaded.connect(self._take)
        self.rows.current_changed.connect(self._current_changed)
        self.rows.opened.connect(self._opened)
        self.rows.count_said.connect(self._foot.say_count)
        self._strip.failed.connect(self._failed)
        self._strip.closed.connect(self._back_to_list)
        self.changes.mode_changed.connect(self._mode_changed)
        self.changes.edited.connect(self.show_heading)
        self.changes.failed.connect(self._failed)
        self.workbench.notices.changed.connect(self._note_change)
