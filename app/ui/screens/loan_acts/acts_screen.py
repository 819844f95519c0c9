"""S65: everything on the branch's loans that waits for a second person, one act beside the list."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.read_loan_acts import WaitingAct, read_waiting_acts
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.loan_acts.act_deeds import Deed, deeds_of
from app.ui.screens.loan_acts.act_pane import ActPane
from app.ui.screens.loan_acts.act_words import act_word, tr
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_LIST_WIDTH = 424


class LoanActsScreen(Screen):
    """The list at the left, the act at the right; Ctrl+Enter confirms, D declines, W withdraws."""

    name = "loan_acts"
    rail = "loans"
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        create = workbench.registry.create
        self._confirm = create("loan_act.confirm", partial(self._decide, "confirm"), self)
        self._decline = create("loan_act.decline", partial(self._decide, "decline"), self)
        self._withdraw = create("loan_act.withdraw", partial(self._decide, "withdraw"), self)
        self._row: WaitingAct | None = None
        self._wanted: UUID | None = None
        self._sending = False
        self._model: RecordsModel[WaitingAct] = RecordsModel(_columns(), workbench.theme)
        self._table = TableView("table.loan_acts", self.tr("What waits on loans"))
        self._table.set_records(self._model)
        self._table.current_changed.connect(self._open)
        self._pane = ActPane(workbench.theme)
        split = QWidget()
        split.setProperty("sides", 16)
        self._states = StateStack(split, workbench, self.tr("Reading what waits…"))
        self._build(split)
        self.body.addWidget(self._states, 1)
        workbench.notices.changed.connect(self._note_change)
        self.set_heading(Heading(self.tr("Waiting on loans"), (Crumb(self.tr("Loans"), "loans"),)))

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Go to the act `act_id`, if one is named."""
        act_id = arguments.get("act_id")
        self._wanted = act_id if isinstance(act_id, UUID) else None
        self.clear_messages()

    def header_actions(self) -> list[QWidget]:
        """What a person may do with the act that is shown."""
        return [
            action_button(self._withdraw, "plain"),
            action_button(self._decline, "plain"),
            action_button(self._confirm),
        ]

    def first_focus(self) -> QWidget:
        """The list, or what stands for it."""
        return self._states.waiting() or self._table

    def refresh(self) -> None:
        """Read what waits."""
        desk = self.workbench.desk
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading what waits"),
                Lane.DATABASE,
                lambda _control: read_waiting_acts(desk),
                key="loan_acts",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    # Showing.

    def _show(self, rows: tuple[WaitingAct, ...]) -> None:
        wanted = self._wanted or (None if self._row is None else self._row.act_id)
        self._row = None
        self._model.set_rows(rows)
        words = self.tr("%1 waiting, oldest first").replace("%1", str(len(rows))) if rows else ""
        crumbs = (Crumb(self.tr("Loans"), "loans"),)
        self.set_heading(Heading(self.tr("Waiting on loans"), crumbs, words))
        if not rows:
            self._offer(None)
            self._states.empty(self.tr("Nothing on loans waits for a second person."))
            return
        self._states.content()
        place = next((at for at, row in enumerate(rows) if row.act_id == wanted), 0)
        self._table.go_to(place)
        self._open(rows[place])

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _open(self, row: object) -> None:
        if isinstance(row, WaitingAct):
            self._row = row
            self._pane.show_act(row)
            self._offer(row)

    def _offer(self, row: WaitingAct | None) -> None:
        """A person sees only the buttons that are theirs."""
        decides, own = row is not None and row.decides, row is not None and row.own
        self._confirm.setEnabled(decides)
        self._decline.setEnabled(decides)
        self._withdraw.setEnabled(own)

    # Deciding.

    def _decide(self, what: str) -> None:
        row = self._row
        if row is None or self._sending:
            return
        deeds = deeds_of(row.act)
        deed: Deed = getattr(deeds, what)
        why, desk = str(self._pane.why.field.value()), self.workbench.desk
        command_id = new_id(desk)
        self._sending = True
        self.workbench.runner.submit(
            Task(
                self.tr("Deciding"),
                Lane.DATABASE,
                lambda _control: (what, row, deed(command_id, row, why, desk)),
                owner=self.name,
                writes=True,
            ),
            self._decided,
            self._refused,
        )

    def _decided(self, answer: tuple[str, WaitingAct, object]) -> None:
        self._sending = False
        what, row, _ = answer
        self._row = None
        words = {
            "confirm": self.tr("%1 of %2 is posted."),
            "decline": self.tr("%1 of %2 is declined."),
            "withdraw": self.tr("%1 of %2 is withdrawn."),
        }[what]
        self.clear_messages()
        said = words.replace("%1", act_word(row)).replace("%2", row.reference)
        self.show_message("good", said)
        self.workbench.notices.tell("loan", row.loan_id or row.application_id)
        self.refresh()

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        why = "" if self._row is None else deeds_of(self._row.act).why
        self.clear_messages()
        if why in failure.fields:
            self._pane.why.set_error(failure.fields[why])
            self._pane.why.input.setFocus()
        else:
            self.show_message("bad", failure.sentence)

    def _note_change(self, change: Change) -> None:
        if change.touches("loan") and self.isVisible() and not self._sending:
            self.refresh()

    def _build(self, split: QWidget) -> None:
        side = QWidget()
        side.setFixedWidth(_LIST_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._table, 1)
        line = QHBoxLayout(split)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(side)
        line.addWidget(hair(upright=True))
        line.addWidget(self._pane, 1)
        self._offer(None)  # nothing is read yet


def _columns() -> tuple[Column[WaitingAct], ...]:
    return (
        Column("act", tr("Act"), act_word, 136, strong=True),
        Column("reference", tr("Loan"), lambda row: row.reference, 62, muted=True),
        Column("name", tr("Customer"), lambda row: row.full_name, 116),
        Column("since", tr("Since"), lambda row: date_shown(bank_day(row.made_at)), 100),
    )
