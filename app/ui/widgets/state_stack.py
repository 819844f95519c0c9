"""The six states of any list, panel or chart, and a seventh: no permission (screens.md A5)."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.tasks.task import TaskFailed
from app.ui.widgets.age_steps import AgeSteps
from app.ui.widgets.message_bar import InfoBar
from app.ui.widgets.state_buttons import failure_buttons, state_button
from app.ui.widgets.state_layers import StateLayers
from app.ui.widgets.state_words import failure_words, moment_words, old_words
from app.ui.widgets.workbench import Workbench

BUSY_AFTER_MS = 100
SKELETON_AFTER_MS = 150
WORDS_AFTER_MS = 1000
CANCEL_AFTER_MS = 5000


class ViewState(StrEnum):
    """What a panel shows."""

    LOADING = "loading"
    EMPTY = "empty"
    NO_MATCH = "no_match"
    CONTENT = "content"
    STALE = "stale"
    ERROR = "error"
    STOPPED = "stopped"
    NO_PERMISSION = "no_permission"


class Cancellable(Protocol):
    """What *Cancel* stops: a task's handle, or a list's source."""

    def cancel(self) -> None:
        """Stop at once; no answer comes any more."""


class StateStack(QWidget):
    """Content and what stands in its place while there is none.

    The first read shows a skeleton; later ones leave the old values, dimmed and marked. The keys
    follow what is shown: content and buttons take the focus that the skeleton was given.

    Args:
        content: a table, which keeps its head in every state, or a whole page.
        bench: gives the time of the book's clock; without it no as-of time is said.
        reading: what is said after a second ("Reading loans…").
    """

    def __init__(
        self,
        content: QWidget,
        bench: Workbench | None = None,
        reading: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ViewState.LOADING
        self._bench = bench
        self._reading = reading or self.tr("Reading…")
        self._cancel: Cancellable | None = None
        self._retry: Callable[[], object] | None = None
        self._seen, self._as_of = False, ""
        self._content = content
        self._bar: InfoBar | None = None
        self._layers = StateLayers(content)
        self._layers.mark.stop.clicked.connect(self.stop)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._bar_place = QHBoxLayout()
        self._lines.addLayout(self._bar_place)
        self._lines.addWidget(self._layers, 1)
        self.setFocusProxy(self._layers.cover)
        self._ages = AgeSteps(self)

    def loading(
        self, cancel: Cancellable | None = None, retry: Callable[[], object] | None = None
    ) -> None:
        """A read has begun; nothing shows for 150 ms.

        Args:
            cancel: what *Cancel* stops, offered after five seconds; None offers nothing.
            retry: reads again after a cancel.
        """
        self._cancel, self._retry = cancel, retry
        self.state = ViewState.LOADING
        if self._seen:
            first = (BUSY_AFTER_MS, self._mark_old)
        else:
            first = (SKELETON_AFTER_MS, self._layers.cover.draw_skeleton)
            self._drop_bar()
            self._layers.cover.clear()
            self._cover_up()
        words = (WORDS_AFTER_MS, self._say_reading)
        self._ages.start((first, words, (CANCEL_AFTER_MS, self._offer_cancel)))

    def forget(self) -> None:
        """Another record comes: what was shown is not its content."""
        self._seen, self._as_of = False, ""

    def content(self) -> None:
        """Show the content; its tooltip says as of when."""
        self._settle(ViewState.CONTENT)
        self._seen = True
        self._as_of = moment_words(self._bench)
        words = self.tr("As of %1").replace("%1", self._as_of)
        self._layers.setToolTip(words if self._as_of else "")
        self.setFocusProxy(self._content)
        self._layers.uncover()

    def stale(self, words: str, buttons: Sequence[QWidget] = ()) -> None:
        """Show the content and since when it is old ("Data as of 13:40, offline")."""
        as_of = self._as_of
        self.content()
        self._as_of = as_of
        self.state = ViewState.STALE
        self._bar = InfoBar("warning", words, buttons)
        self._bar_place.setContentsMargins(self._layers.cover.sides())
        self._bar_place.addWidget(self._bar)

    def empty(self, words: str, button: QWidget | None = None) -> None:
        """Nothing is there yet: one sentence and the one action."""
        self._settle(ViewState.EMPTY)
        self._show_words(words, () if button is None else (button,))

    def no_match(self, words: str, buttons: Sequence[QWidget] = ()) -> None:
        """Nothing matches: the sentence and the ways on."""
        self._settle(ViewState.NO_MATCH)
        self._show_words(words, buttons)

    def no_permission(self, words: str, more: str = "") -> None:
        """Say who may see this, and what else can be done; never *Try again*."""
        self._settle(ViewState.NO_PERMISSION)
        self._seen = False
        self._show_words(words, (), ("lock", "muted"), more)

    def failed(
        self, failure: TaskFailed, retry: Callable[[], object], still_works: str = ""
    ) -> None:
        """Say what failed and what still works; old content stays and is marked as old.

        Args:
            failure: one that is forbidden shows no *Try again*.
            retry: reads again.
            still_works: a plain sentence if empty.
        """
        if failure.forbidden:
            self.no_permission(failure.sentence)
            return
        buttons = failure_buttons(failure, retry)
        if self._seen:
            self.stale(old_words(failure, self._as_of), buttons)
            return
        self._settle(ViewState.ERROR)
        sentence, more = failure_words(failure, still_works)
        self._show_words(sentence, buttons, ("alert-circle", "bad"), more)

    def stop(self) -> None:
        """*Cancel*: stop the read and say so at once; old content stays."""
        if self._cancel is not None:
            self._cancel.cancel()
        ways = [state_button(self.tr("Read again"), self._retry)] if self._retry else []
        if self._seen:
            self.stale(self.tr("Stopped. Data as of %1.").replace("%1", self._as_of), ways)
            self.state = ViewState.STOPPED
            return
        self._settle(ViewState.STOPPED)
        self._show_words(self.tr("Stopped. Nothing was read and nothing was changed."), ways)

    def keep(self) -> None:
        """The read has ended without an answer and the page says why: nothing changes here."""
        self._settle(ViewState.STALE)

    # What it tells.

    def waiting(self) -> QWidget | None:
        """Itself while no content was shown: a page hands it the keys, the content takes them."""
        return None if self._seen else self

    def words(self) -> str:
        """What the cover says; empty while content shows."""
        return self._layers.words()

    def busy_words(self) -> str:
        """What the mark over old values says; empty without one."""
        return self._layers.mark.text()

    def _settle(self, state: ViewState) -> None:
        self._ages.stop()
        self._cancel = None
        self.state = state
        self._layers.settle()
        self._drop_bar()

    def _drop_bar(self) -> None:
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None

    def _mark_old(self) -> None:
        self._layers.dim(self.tr("updating"))

    def _say_reading(self) -> None:
        if self._seen:
            self._layers.dim(self._reading)
        else:
            self._layers.say_reading(self._reading)

    def _offer_cancel(self) -> None:
        if self._cancel is None:
            return
        if self._seen:
            self._layers.dim(self._reading, stoppable=True)
            return
        stop = state_button(self.tr("Cancel"), self.stop)
        self._layers.say_reading(self._reading, stop)

    def _cover_up(self) -> None:
        self._layers.cover_up()
        self.setFocusProxy(self._layers.cover)

    def _show_words(
        self,
        words: str,
        buttons: Sequence[QWidget],
        icon: tuple[str, str] | None = None,
        more: str = "",
    ) -> None:
        keys = self._layers.cover_has_keys() or self._layers.content_has_keys()
        self._layers.cover.clear()
        self._layers.cover.say(words, buttons, icon, more)
        self._cover_up()
        if keys:
            wanted = buttons[0] if buttons else self._layers.cover
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
