"""S70: the loans that need a call, the most at stake first; one beside the list, one key an act."""

from functools import partial
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.find_follow_ups import FollowUpRow
from app.services.read_follow_up import LoggedContact
from app.ui.actions.action_button import action_button
from app.ui.cards.entry_form import EntryForm, EntryKind
from app.ui.cards.entry_sending import EntrySending
from app.ui.screens.follow_up.follow_up_list import FollowUpList
from app.ui.screens.follow_up.loan_beside import LoanBeside
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.workbench import Workbench

_KINDS = {
    "log_call": EntryKind.CALL,
    "promise": EntryKind.PROMISE,
    "visit": EntryKind.VISIT,
    "message": EntryKind.MESSAGE,
    "snooze": EntryKind.SNOOZE,
}


class FollowUpScreen(Screen):
    """The list at the left, one loan with its log or the open form at the right."""

    name = "follow_up"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._row: FollowUpRow | None = None
        self._corrected: LoggedContact | None = None
        self._list = FollowUpList(workbench)
        self._actions = self._make_actions()
        self._entry = EntryForm(workbench.desk.clock.today, action_button(self._actions["save"]))
        self._sending = EntrySending(workbench, self._entry, self)
        self._beside = LoanBeside(workbench, self._entry)
        self._build()
        self._connect()
        self._enable()
        detail = self.tr("the most at stake first")
        self.set_heading(Heading(self.tr("Follow-up"), detail=detail))

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Go to the loan `loan_id`, if one is named."""
        loan_id = arguments.get("loan_id")
        self._list.want(loan_id if isinstance(loan_id, UUID) else None)

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self._list.filters.search.setFocus()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F."""
        self._list.filters.clear()

    def first_focus(self) -> QWidget:
        """The list, or what stands for it."""
        return self._list.states.waiting() or self._list.table

    def footer(self) -> QWidget:
        """How many there are, and to which day-end they are counted."""
        return self._list.foot

    def refresh(self) -> None:
        """Read the list; one stays where one stands in it."""
        self._list.refresh()

    # The loan beside the list.

    def _open(self, row: object) -> None:
        """Read the loan of a row; an entry that was begun on another is left."""
        before = self._row
        self._row = row if isinstance(row, FollowUpRow) else None
        if before is None or self._row is None or before.loan_id != self._row.loan_id:
            self._beside.pane.show_lower()
        self._beside.open(self._row)
        self._enable()

    # Writing.

    def _begin(self, kind: EntryKind) -> None:
        view = self._beside.view
        if view is None:
            return
        self._corrected = None
        limits = {
            EntryKind.CALL: view.call_limits,
            EntryKind.PROMISE: view.call_limits,
            EntryKind.VISIT: view.visit_limits,
        }.get(kind, ())
        text = self._beside.pane.message if kind is EntryKind.MESSAGE else ""
        self._beside.pane.show_entry()
        self._entry.open(kind, limits, text)
        self._enable()

    def _correct(self, logged: object) -> None:
        if not isinstance(logged, LoggedContact):
            return
        if logged.editable_until is None:
            self._say("info", self.tr("This entry stands: add a new one instead."))
            return
        self._corrected = logged
        self._beside.pane.show_entry()
        self._entry.correct(logged)
        self._enable()

    def _save(self) -> None:
        if self._row is not None and not self._entry.isHidden():
            self._sending.send(self._row.loan_id, self._corrected)

    def _written(self, kind: EntryKind, _loan_id: UUID) -> None:
        row, self._corrected = self._row, None
        words = {
            EntryKind.SNOOZE: self.tr("%1 is put off."),
            EntryKind.CORRECTION: self.tr("The entry on %1 is corrected."),
        }.get(kind, self.tr("The contact with %1 is written down."))
        self._say("good", words.replace("%1", "" if row is None else row.full_name))
        self._leave_form()
        self.refresh()

    def _refused(self, failure: TaskFailed) -> None:
        self._say("bad", failure.sentence)

    def _say(self, level: str, words: str) -> None:
        self.clear_messages()
        self.show_message(level, words)

    def _leave_form(self) -> None:
        self._beside.pane.show_lower()
        self._enable()
        self._list.take_keys()

    def _open_loan(self) -> None:
        if self._row is not None:
            self.workbench.navigate("loan", loan_id=self._row.loan_id)

    def _enable(self) -> None:
        for name in _KINDS:
            self._actions[name].setEnabled(self._beside.view is not None)
        self._actions["save"].setEnabled(not self._entry.isHidden())
        self._actions["open"].setEnabled(self._row is not None)

    def _note_change(self, change: Change) -> None:
        if change.touches("loan") and self.isVisible() and not self._sending.busy:
            self.refresh()

    def _make_actions(self) -> dict[str, QAction]:
        create = self.workbench.registry.create
        made = {
            name: create(f"follow_up.{name}", partial(self._begin, kind), self)
            for name, kind in _KINDS.items()
        }
        for name, act in (
            ("next", self._list.step),
            ("save", self._save),
            ("open", self._open_loan),
        ):
            made[name] = create(f"follow_up.{name}", act, self)
        return made

    def _connect(self) -> None:
        self._list.chosen.connect(self._open)
        self._list.opened.connect(self._open_loan)
        self._beside.shown.connect(self._enable)
        self._beside.pane.chosen.connect(self._correct)
        self._entry.closed.connect(self._leave_form)
        self._sending.done.connect(self._written)
        self._sending.failed.connect(self._refused)
        self.workbench.notices.changed.connect(self._note_change)

    def _build(self) -> None:
        keys = QFrame()
        keys.setProperty("kind", "footer")
        line = QHBoxLayout(keys)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        for name in (*_KINDS, "next"):
            line.addWidget(action_button(self._actions[name]))
        line.addStretch(1)
        line.addWidget(action_button(self._actions["open"]))
        split = QHBoxLayout()
        split.setContentsMargins(0, 0, 0, 0)
        split.setSpacing(0)
        split.addWidget(self._list, 1)
        split.addWidget(hair(upright=True))
        split.addWidget(self._beside)
        page = QVBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._list.filters)
        page.addLayout(split, 1)
        page.addWidget(keys)
        self.body.addLayout(page, 1)
