"""The base of every page: its name, its heading, its hooks for the shell, its messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.widgets.message_bar import InfoBar
from app.ui.widgets.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; a step with a screen is a link."""

    words: str
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the page and in the window's title.

    Attributes:
        title: the page's name or the record's.
        breadcrumb: the way here, without the title.
        detail: muted words beside the title.
        window_title: longer words for the window's title; the title if empty.
        dirty: changes are not committed yet; the window's title shows `*`.
    """

    title: str
    breadcrumb: tuple[Crumb, ...] = ()
    detail: str = ""
    window_title: str = ""
    dirty: bool = False


class Screen(QFrame):
    """A page. Subclasses set `name` and override the hooks they need."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    rail: ClassVar[str] = ""  # the rail entry that is lit; the name itself if empty
    page_header: ClassVar[bool] = True
    lasting: ClassVar[bool] = False  # a list, kept until sign-out with its filters, sort and place
    margins: ClassVar[tuple[int, int, int, int]] = (16, 0, 16, 16)

    heading_changed = Signal()
    draft_changed = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._heading = Heading(self.title)
        self.setObjectName(f"screen.{self.name}")
        self.setAccessibleIdentifier(self.objectName())
        self.setProperty("kind", "page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._messages = QVBoxLayout()
        self._messages.setContentsMargins(16, 0, 16, 0)
        self._messages.setSpacing(4)
        outer.addLayout(self._messages)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*self.margins)
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)

    # What the shell asks.

    def opened(self, **arguments: object) -> None:
        """Take up what `navigate` was given; called on every visit, before `refresh`."""

    def refresh(self) -> None:
        """Read again: on every visit and F5."""

    def first_focus(self) -> QWidget | None:
        """Return what takes the keys on every visit; None for what had them last."""
        return None

    def header_actions(self) -> Sequence[QWidget]:
        """Return the buttons at the right of the title; the last is the primary one."""
        return ()

    def context_panel(self) -> QWidget | None:
        """Return the widget of the side panel, kept by the screen; None for no panel."""
        return None

    def footer(self) -> QWidget | None:
        """Return the strip under the page, kept by the screen; None for none."""
        return None

    def can_leave(self) -> bool:
        """Say whether the page may be left now; may ask the person."""
        return True

    def store_draft(self) -> None:
        """Store what is typed as a draft, at once (Ctrl+S, lock, leaving)."""

    def discard_draft(self) -> None:
        """Throw the draft away."""

    def find_in_list(self) -> None:
        """Put the focus into the list's search box (Ctrl+F)."""

    def clear_filters(self) -> None:
        """Show the whole list again (Ctrl+Shift+F)."""

    def new_item(self) -> None:
        """Start a new item of this list (Ctrl+N)."""

    def busy_leaving(self) -> None:
        """Cancel the reads nobody waits for; called when the page is left."""

    # What the screen tells.

    @property
    def heading(self) -> Heading:
        """What stands over the page."""
        return self._heading

    def set_heading(
        self,
        heading: Heading | str,
        breadcrumb: Sequence[tuple[str, str | None, object]] = (),
        detail: str = "",
        *,
        dirty: bool = False,
    ) -> None:
        """Change what stands over the page.

        Args:
            heading: all of it, or the title alone.
            breadcrumb: with a title alone, steps of (words, screen or None, anything).
            detail: with a title alone, the muted words beside it.
            dirty: with a title alone, whether changes are not committed yet.
        """
        if isinstance(heading, str):
            crumbs = tuple(Crumb(words, screen or "") for words, screen, _ in breadcrumb)
            heading = Heading(heading, crumbs, detail, dirty=dirty)
        self._heading = heading
        self.heading_changed.emit()

    def show_message(
        self, level: str, words: str, actions: Sequence[QAction | QWidget] = ()
    ) -> InfoBar:
        """Show a bar on top of the page. Levels: info, good, warning, bad."""
        bar = InfoBar(level, words, actions)
        self._messages.addWidget(bar)
        self._messages.setContentsMargins(16, 0, 16, 8)
        return bar

    def clear_messages(self) -> None:
        """Take every bar away."""
        while (item := self._messages.takeAt(0)) is not None:
            bar = item.widget()
            if bar is not None:
                bar.hide()
                bar.deleteLater()
        self._messages.setContentsMargins(16, 0, 16, 0)
