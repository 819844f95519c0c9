"""Pages that stand in a window of their own, beside the main one (screens.md A2).

The page is the same kind of page as any other; only its frame differs. It is built when its window
opens and let go when that closes, so a closed window reads nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QScreen
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.widgets.screen import Screen

PROGRAM = "Kasauti"
_BESIDE = QPoint(36, 36)  # from the main window's corner, on the same screen


def stop_timers(window: QMainWindow) -> None:
    """Let no timer fire any more: a search that waits for a pause in typing has nobody to ask."""
    for timer in window.findChildren(QTimer):
        timer.stop()


class OwnWindow(QMainWindow):
    """The frame of one page: its title, F5, Ctrl+W.

    Signals:
        closed: it was closed; carries the page's name.
    """

    closed = Signal(str)

    def __init__(self, page: Screen) -> None:
        super().__init__()
        self.page = page
        self.setObjectName(f"window.{page.name}")
        self.setAccessibleIdentifier(self.objectName())
        self.setCentralWidget(page)
        page.heading_changed.connect(self._show_title)
        self._show_title()

    def take_keys(self) -> None:
        """Give the keys to what the page wants, else to what had them."""
        wanted = self.page.first_focus() or self.page.focusWidget()
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 reads again, Ctrl+W closes."""
        if event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.key() == Qt.Key.Key_F5:
            self.page.refresh()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what the page reads and waits for."""
        self.page.store_draft()
        self.page.busy_leaving()
        stop_timers(self)
        super().closeEvent(event)
        self.closed.emit(self.page.name)
        self.deleteLater()

    def _show_title(self) -> None:
        heading = self.page.heading
        self.setWindowTitle(f"{heading.window_title or heading.title} - {PROGRAM}")


class OwnWindows(QObject):
    """The own windows of a session, none of them open twice.

    Attributes:
        at_sign_in: the page that opens beside Today, for those who may see it; empty for none.

    Signals:
        visited: one was opened or brought forward.
    """

    visited = Signal()

    def __init__(self, build: Callable[[str], Screen], main: QWidget) -> None:
        super().__init__(main)
        self._main = main
        self._build = build
        self._open: dict[str, OwnWindow] = {}
        self.at_sign_in = ""

    def visit(self, name: str, **arguments: object) -> None:
        """Open a page's window, or bring it forward, and read."""
        window = self._open.get(name)
        if window is None:
            window = OwnWindow(self._build(name))
            window.closed.connect(self._forget)
            self._open[name] = window
            self._place(window)
        window.page.opened(**arguments)
        window.show()
        window.raise_()
        window.activateWindow()
        window.page.refresh()
        window.take_keys()
        self.visited.emit()

    def page(self, name: str) -> Screen | None:
        """The page of an open window."""
        window = self._open.get(name)
        return None if window is None else window.page

    def give_way(self) -> None:
        """Bring the main window forward: a page was opened there from another window."""
        if any(window.isActiveWindow() for window in self._open.values()):
            self._main.raise_()
            self._main.activateWindow()

    def close_all(self, *, but_walls: bool = False) -> None:
        """Close every window (sign-out, another book, the end).

        Args:
            but_walls: the desk is locked: what hangs on a wall has no personal data and stays.
        """
        for window in tuple(self._open.values()):
            if not (but_walls and window.isFullScreen()):
                window.close()

    def _forget(self, name: str) -> None:
        self._open.pop(name, None)

    def _place(self, window: OwnWindow) -> None:
        """On a second screen if there is one, else beside the main window's corner."""
        main, size = self._main, self._main.size().expandedTo(window.minimumSizeHint())
        other = second_screen(QGuiApplication.screens(), main.screen())
        if other is None:
            frame = QRect(main.pos() + _BESIDE, size)
            place = inside(main.screen().availableGeometry(), frame)
        else:
            area = other.availableGeometry()
            place = inside(area, QRect(area.topLeft(), size))
        window.setGeometry(place)


def inside(area: QRect, frame: QRect) -> QRect:
    """A frame moved, and if need be shrunk, until it lies in an area."""
    size = frame.size().boundedTo(area.size())
    left = min(frame.left(), area.left() + area.width() - size.width())
    top = min(frame.top(), area.top() + area.height() - size.height())
    return QRect(QPoint(max(left, area.left()), max(top, area.top())), size)


def second_screen(screens: list[QScreen], taken: QScreen) -> QScreen | None:
    """The first screen that is not taken; None when there is only one."""
    return next((screen for screen in screens if screen is not taken), None)
