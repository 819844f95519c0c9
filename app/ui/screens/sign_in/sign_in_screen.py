"""S02: sign in, create the first user, or sit down at the sandbox.

First page of the window, so nothing heavy is imported here: the sandbox is opened by the
callable that `bootstrap` hands over.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.sign_in import (
    DeskState,
    SignedIn,
    create_first_user,
    desk_state,
    sandbox_person,
    sign_in,
)
from app.services.steps.desk import Desk
from app.ui.actions.action_button import action_button
from app.ui.screens.sign_in.sample_card import SampleCard
from app.ui.screens.sign_in.sign_in_card import SignInCard
from app.ui.tasks.task import Lane, Task, TaskFailed, TaskProgress, Work
from app.ui.widgets.labels import label
from app.ui.widgets.screen import Screen
from app.ui.widgets.workbench import Workbench

_CARD_WIDTH = 360
_CARD_HEIGHT = 380


class SignInScreen(Screen):
    """Who sits down at this desk."""

    name = "sign_in"
    page_header = False

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._card = SignInCard(self)
        self._sample = SampleCard(self)
        self._busy = False
        registry = workbench.registry
        self._sign_in = registry.create("session.sign_in", self._submit, self)
        self._create = registry.create("session.create_first_user", self._submit, self)
        self._use_sample = registry.create("session.use_sample_data", self._open_sandbox, self)
        self._sign_in_button = action_button(self._sign_in, style="filled")
        self._create_button = action_button(self._create, style="filled")
        self._build()
        self._card.submitted.connect(self._submit)
        self._show_face(first_user=False)

    def refresh(self) -> None:
        """Ask the desk whether it has users and whether it is a sandbox."""
        desk = self.workbench.desk
        self.workbench.runner.submit(
            Task(
                self.tr("Opening the desk"),
                Lane.DATABASE,
                lambda _control: desk_state(desk),
                key="desk_state",
                owner=self.name,
                quiet=True,
            ),
            self._show_state,
            self._refused,
        )

    def _build(self) -> None:
        self._card.rows.addWidget(self._sign_in_button)
        self._card.rows.addWidget(self._create_button)
        use = action_button(self._use_sample, style="plain")
        self._sample.rows.addWidget(use)
        # One card after the other: its own button comes before the card beside it.
        QWidget.setTabOrder(self._create_button, self._sample.people)
        QWidget.setTabOrder(self._sample.people, use)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addStretch(1)
        for card in (self._card, self._sample):
            card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
            card.setFixedWidth(_CARD_WIDTH)
            card.setMinimumHeight(_CARD_HEIGHT)
            cards.addWidget(card)
        cards.addStretch(1)
        name = label("Kasauti", "live")
        about = label(self.tr("The credit desk of this branch"), "muted")
        self.body.addStretch(2)
        for line in (name, about):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(line)
        self.body.addSpacing(20)
        self.body.addLayout(cards)
        self.body.addStretch(3)

    def _show_state(self, state: DeskState) -> None:
        self._show_face(first_user=not state.has_users and not state.sandbox)
        if state.sandbox:
            self._sample.start()

    def _show_face(self, *, first_user: bool) -> None:
        for action, button, shown in (
            (self._sign_in, self._sign_in_button, not first_user),
            (self._create, self._create_button, first_user),
        ):
            action.setVisible(shown)
            action.setEnabled(shown)
            button.setVisible(shown)
        self._card.show_face(first_user=first_user)

    def _submit(self) -> None:
        if self._busy:
            return
        desk = self.workbench.desk
        if self._card.for_first_user:
            first = self._card.given_first_user()
            self._run(lambda _control: create_first_user(first, desk))
            return
        request = self._card.given()
        if not request.staff_id:
            self._card.show_message(self.tr("Enter your staff id"))
            self._card.start()
            return
        self._run(lambda _control: sign_in(request, desk))

    def _run(self, work: Work) -> None:
        self._busy = True
        self._card.show_message(self.tr("Checking…"))
        self.workbench.runner.submit(
            Task(self.tr("Checking"), Lane.DATABASE, work, owner=self.name, quiet=True),
            self._signed_in,
            self._refused,
        )

    def _signed_in(self, answer: SignedIn) -> None:
        self._busy = False
        self._card.show_message("")
        self._sample.show_idle()
        self.workbench.sign_in(answer.actor)

    def _refused(self, failure: TaskFailed) -> None:
        self._busy = False
        self._sample.show_idle()
        self._card.show_message(failure.sentence, next(iter(failure.fields), ""))
        if not self._card.for_first_user:
            self._card.forget_password()

    def _open_sandbox(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._card.show_message("")
        if self.workbench.desk.sandbox or self.workbench.open_sandbox is None:
            self._sit_down(self.workbench.desk)
            return
        self._sample.show_progress(0, 0, self.tr("Opening the sample book…"))
        self.workbench.runner.submit(
            Task(
                self.tr("Making the sample book"),
                Lane.DATABASE,
                self.workbench.open_sandbox,
                owner=self.name,
                writes=True,
            ),
            self._sit_down,
            self._refused,
            self._show_progress,
        )

    def _show_progress(self, progress: TaskProgress) -> None:
        self._sample.show_progress(progress.done, progress.total, progress.words)

    def _sit_down(self, desk: Desk) -> None:
        self.workbench.use_desk(desk)
        staff_id = self._sample.person
        self._run(lambda _control: sandbox_person(staff_id, desk))
