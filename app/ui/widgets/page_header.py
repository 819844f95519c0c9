"""Breadcrumb, title, muted detail and the page's actions: 60 high."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.screen import Crumb, Heading

HEIGHT = 60


class PageHeader(QFrame):
    """What stands over a page. `crumb_chosen` carries a screen's name."""

    crumb_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page-header")
        self.setFixedHeight(HEIGHT)
        self._title = label("", "title")
        self._detail = label("", "muted")
        self._detail.setContentsMargins(0, 0, 0, 2)  # one baseline with the larger title
        self._crumbs = QHBoxLayout()
        self._crumbs.setContentsMargins(0, 0, 0, 0)
        self._crumbs.setSpacing(4)
        self._crumb_holder = QWidget()
        self._crumb_holder.setLayout(self._crumbs)
        self._crumb_holder.setFixedHeight(18)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._shown: list[QWidget] = []
        self._build()

    def show_heading(self, heading: Heading) -> None:
        """Show title, detail and the way here."""
        self._title.setText(heading.title)
        self._detail.setText(heading.detail)
        while (item := self._crumbs.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for position, crumb in enumerate(heading.breadcrumb):
            if position:
                self._crumbs.addWidget(label("/", "small"))
            self._crumbs.addWidget(self._crumb(crumb))
        self._crumbs.addStretch(1)
        self._crumb_holder.setVisible(bool(heading.breadcrumb))

    def show_actions(self, buttons: Sequence[QWidget]) -> None:
        """Show the page's buttons; those of the page before go back to whoever keeps them."""
        gone = [old for old in self._shown if old not in buttons]
        for old in gone:
            self._actions.removeWidget(old)
            old.hide()
            old.setParent(None)
        QTimer.singleShot(0, gone.clear)  # one of them may be the button just pressed
        self._shown = list(buttons)
        for button in self._shown:
            self._actions.addWidget(button)
            button.setVisible(not button.property("absent"))

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 4)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._crumb_holder)
        titles = QHBoxLayout()
        titles.setSpacing(10)
        titles.addWidget(self._title)
        titles.addWidget(self._detail, 0, Qt.AlignmentFlag.AlignBottom)
        titles.addStretch(1)
        words.addLayout(titles)
        words.addStretch(1)
        line.addLayout(words, 1)
        line.addLayout(self._actions)

    def _crumb(self, crumb: Crumb) -> QWidget:
        if not crumb.screen:
            return label(crumb.words, "small")
        link = QPushButton(crumb.words)
        link.setProperty("kind", "crumb")
        link.clicked.connect(lambda _checked=False: self.crumb_chosen.emit(crumb.screen))
        return link
