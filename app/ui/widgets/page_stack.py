"""Pages built on the first visit and kept; beside lists at most six, the one unused longest goes.

A list stays until sign-out: whoever comes back to it finds its filters, sort and place.
"""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.widgets.screen import Screen

KEPT_PAGES = 6


class PageStack(QStackedWidget):
    """The page area."""

    def __init__(self, build: Callable[[str], Screen], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._pages: OrderedDict[str, Screen] = OrderedDict()

    def page(self, name: str) -> Screen:
        """Return a page, building it at its first visit."""
        if name not in self._pages:
            screen = self._build(name)
            self._pages[name] = screen
            self.addWidget(screen)
            self._drop_oldest()
        self._pages.move_to_end(name)
        return self._pages[name]

    def shown(self) -> Screen | None:
        """The page shown."""
        page = self.currentWidget()
        return page if isinstance(page, Screen) else None

    def show_page(self, screen: Screen) -> None:
        """Bring a page to the front."""
        self.setCurrentWidget(screen)

    def names(self) -> tuple[str, ...]:
        """The pages kept, the one unused longest first."""
        return tuple(self._pages)

    def store_drafts(self) -> None:
        """Let every page store what is typed (lock, close)."""
        for page in self._pages.values():
            page.store_draft()

    def clear(self) -> None:
        """Forget every page (sign-out, another book)."""
        for page in self._pages.values():
            page.busy_leaving()
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def _drop_oldest(self) -> None:
        passing = [name for name, page in self._pages.items() if not page.lasting]
        for name in passing[:-KEPT_PAGES]:
            page = self._pages[name]
            if page is self.currentWidget():
                continue
            page.store_draft()
            page.busy_leaving()
            del self._pages[name]
            self.removeWidget(page)
            page.deleteLater()
