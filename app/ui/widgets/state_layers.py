"""The layers of a panel: content, cover, veil and mark above each other.

A table stays below its cover and shows its head; a page is hidden while it is covered.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.widgets.busy_mark import BusyMark, Veil
from app.ui.widgets.state_cover import LINE, StateCover
from app.ui.widgets.table_view import TableView


class StateLayers(QWidget):
    """`cover_up` and `uncover`; `dim` marks old values, `settle` takes the mark away."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self._is_table = isinstance(content, TableView)
        self._keys_policy = content.focusPolicy()
        content.setParent(self)
        content.installEventFilter(self)
        self.cover = StateCover(content, self)
        self._veil = Veil("surface" if self._is_table else "window", self)
        self.mark = BusyMark(self)
        self.covered = False
        self.cover_up()

    def cover_up(self) -> None:
        """Show the cover."""
        self.covered = True
        self._place()
        if self._is_table:
            self._content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._content.show()
        else:
            self._content.hide()
        self.cover.show()
        self.cover.raise_()

    def uncover(self) -> None:
        """Show the content; it takes the keys that the cover had."""
        had_keys = self.cover_has_keys()
        self.covered = False
        self._content.setFocusPolicy(self._keys_policy)
        self.cover.hide()
        self.cover.clear()
        self._place()
        self._content.show()
        if had_keys:
            _key_taker(self._content).setFocus(Qt.FocusReason.OtherFocusReason)

    def dim(self, words: str, *, stoppable: bool = False) -> None:
        """Dim the content to 60 % and say why."""
        self._veil.show()
        self._veil.raise_()
        self.mark.say(words, stoppable=stoppable)

    def say_reading(self, words: str, stop: QWidget | None = None) -> None:
        """Say what is read: in a table's first row, or in the corner of a page's skeleton."""
        if not self._is_table:
            self.mark.say(words, stoppable=stop is not None)
            return
        keys = self.cover_has_keys()
        self.cover.say(words, () if stop is None else (stop,))
        if keys and stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What the cover or its mark says; empty while content shows."""
        return (self.cover.accessibleName() or self.mark.text()) if self.covered else ""

    def settle(self) -> None:
        """Nothing is read any more."""
        self._veil.hide()
        self.mark.hide()

    def cover_has_keys(self) -> bool:
        """Whether the cover or a button on it has the focus."""
        return _holds(self.cover)

    def content_has_keys(self) -> bool:
        """Whether the content or something in it has the focus."""
        return _holds(self._content)

    def sizeHint(self) -> QSize:
        """What the larger of the two wishes for."""
        return self._content.sizeHint().expandedTo(self.cover.sizeHint())

    def minimumSizeHint(self) -> QSize:
        """What the content needs, whatever is shown: a page does not jump when data arrives."""
        least = self._content.minimumSizeHint().expandedTo(self._content.minimumSize())
        high = max(least.height(), self.cover.minimumSizeHint().height())
        return QSize(0 if self.covered else least.width(), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place every layer."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A content that needs another size tells the layout above."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        whole = self.rect()
        self._content.setGeometry(whole)
        head = self._content.head_height() if isinstance(self._content, TableView) else 0
        if whole.height() - head < LINE:
            head = 0  # a panel as high as one sentence has no room for both
        for layer in (self.cover, self._veil):
            layer.setGeometry(whole.adjusted(0, head, 0, 0))
        if not self.mark.isHidden():
            self.mark.place()


def _key_taker(content: QWidget) -> QWidget:
    """The content itself, or the first thing in it that Tab reaches when it takes no keys."""
    if content.focusPolicy() & Qt.FocusPolicy.TabFocus or content.focusProxy() is not None:
        return content
    following = content.nextInFocusChain()
    while following is not None and following is not content:
        takes = following.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and following.isEnabled() and following.isVisibleTo(content):
            return following if content.isAncestorOf(following) else content
        following = following.nextInFocusChain()
    return content


def _holds(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
