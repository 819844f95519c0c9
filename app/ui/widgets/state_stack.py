"""The six states of any list, panel or chart, and a seventh: no permission (screens.md A5)."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.ui.tasks.task import TaskFailed
from app.ui.tasks.task_runner import TaskHandle, TaskRunner
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.message_bar import InfoBar

SKELETON_AFTER_MS = 150
WORDS_AFTER_MS = 1000
CANCEL_AFTER_MS = 5000
_SKELETON_ROWS = 6


class ViewState(StrEnum):
    """What a panel shows."""

    LOADING = "loading"
    EMPTY = "empty"
    NO_MATCH = "no_match"
    CONTENT = "content"
    STALE = "stale"
    ERROR = "error"
    NO_PERMISSION = "no_permission"


class StateStack(QWidget):
    """Content and what stands in its place while there is none.

    Old content stays while it is read again: only the first read shows the skeleton. The keys
    follow what is shown: given the focus while it reads, the content takes it on arrival, and the
    button of an empty list takes it from the skeleton.
    """

    def __init__(
        self,
        content: QWidget,
        runner: TaskRunner | None = None,
        reading: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.runner = runner
        self.state = ViewState.LOADING
        self._reading = reading or self.tr("Reading…")
        self._handle: TaskHandle | None = None
        self._seen = False
        self._content = content
        self._bar: InfoBar | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._stack = QStackedLayout()
        self._lines.addLayout(self._stack, 1)
        self._cover = QWidget()
        self._cover_lines = QVBoxLayout(self._cover)
        self._stack.addWidget(content)
        self._stack.addWidget(self._cover)
        self._stack.currentChanged.connect(self._take_keys)
        self._take_keys()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._later)

    def loading(self, cancel: TaskHandle | None = None) -> None:
        """A read has begun; nothing shows for 150 ms."""
        self._handle = cancel
        self.state = ViewState.LOADING
        self._drop_bar()
        if self._seen:
            return
        self._fill(())
        self._stack.setCurrentWidget(self._cover)
        self._timer.start(SKELETON_AFTER_MS)

    def content(self) -> None:
        """Show the content."""
        self._settle(ViewState.CONTENT)
        self._seen = True
        self._stack.setCurrentWidget(self._content)

    def stale(self, words: str) -> None:
        """Show the content and since when it is old ("Data as of 13:40, offline")."""
        self.content()
        self.state = ViewState.STALE
        self._bar = InfoBar("warning", words)
        self._lines.insertWidget(0, self._bar)

    def empty(self, words: str, button: QWidget | None = None) -> None:
        """Nothing is there yet: one sentence and the one action."""
        self._settle(ViewState.EMPTY)
        self._show_words(words, () if button is None else (button,))

    def no_match(self, words: str, buttons: Sequence[QWidget] = ()) -> None:
        """Nothing matches: the sentence and the ways on."""
        self._settle(ViewState.NO_MATCH)
        self._show_words(words, buttons)

    def no_permission(self, words: str) -> None:
        """Say who may see this."""
        self._settle(ViewState.NO_PERMISSION)
        self._show_words(words, (), ("lock", "muted"))

    def failed(self, failure: TaskFailed, retry: Callable[[], object]) -> None:
        """Say what failed; *Try again*, and *Copy details* when the log has a report."""
        self._settle(ViewState.ERROR)
        again = QPushButton(self.tr("Try again"))
        again.clicked.connect(lambda _checked=False: retry())
        buttons = [again]
        words = failure.sentence
        if failure.report_id:
            copy = QPushButton(self.tr("Copy details"))
            copy.setProperty("kind", "link")
            details = f"{failure.title}: {failure.report_id}"
            copy.clicked.connect(
                lambda _checked=False: QGuiApplication.clipboard().setText(details)
            )
            buttons.append(copy)
        for button in buttons:
            button.setProperty("small", "true")
            button.setAutoDefault(True)  # Enter presses it
        self._seen = False
        self._show_words(words, buttons, ("alert-circle", "bad"))

    def waiting(self) -> QWidget | None:
        """Itself while no content was shown: a page hands it the keys, the content takes them."""
        return None if self._seen else self

    def words(self) -> str:
        """What the cover says; empty while content shows."""
        return "" if self._stack.currentWidget() is self._content else self._cover.accessibleName()

    def _take_keys(self) -> None:
        shown = self._stack.currentWidget()
        if shown is not None:
            self.setFocusProxy(shown)

    def _settle(self, state: ViewState) -> None:
        self._timer.stop()
        self._handle = None
        self.state = state
        self._drop_bar()

    def _drop_bar(self) -> None:
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None

    def _later(self) -> None:
        """Show the skeleton, then words, then Cancel."""
        shown = self._timer.interval()
        skeleton = [_bar_of_skeleton(width) for width in range(_SKELETON_ROWS)]
        if shown == SKELETON_AFTER_MS:
            self._fill(skeleton)
            self._timer.start(WORDS_AFTER_MS)
        elif shown == WORDS_AFTER_MS:
            self._fill((label(self._reading, "muted"), *skeleton))
            self._cover.setAccessibleName(self._reading)
            if self._handle is not None:
                self._timer.start(CANCEL_AFTER_MS)
        else:
            stop = QPushButton(self.tr("Cancel"))
            stop.setProperty("small", "true")
            stop.setAutoDefault(True)
            stop.clicked.connect(self._cancel)
            self._fill((self._line(self._reading, (stop,), None), *skeleton))

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self.empty(self.tr("Stopped. F5 reads again."))

    def _show_words(
        self, words: str, buttons: Sequence[QWidget], icon: tuple[str, str] | None = None
    ) -> None:
        self._fill((self._line(words, buttons, icon),))
        self._cover.setAccessibleName(words)
        self._stack.setCurrentWidget(self._cover)
        if self._cover.hasFocus() and buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(
        self, words: str, buttons: Sequence[QWidget], icon: tuple[str, str] | None
    ) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        if icon is not None:
            line.addWidget(IconMark(*icon))
        sentence = label(words, "muted")
        line.addWidget(sentence)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        return made

    def _fill(self, widgets: Sequence[QWidget]) -> None:
        while (item := self._cover_lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._cover_lines.setContentsMargins(16, 12, 16, 12)
        self._cover_lines.setSpacing(10)
        for widget in widgets:
            self._cover_lines.addWidget(widget)
        self._cover_lines.addStretch(1)


def _bar_of_skeleton(row: int) -> QFrame:
    bar = QFrame()
    bar.setProperty("kind", "skeleton")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    bar.setFixedHeight(16)
    bar.setMaximumWidth(640 - 60 * (row % 3))
    return bar
