"""A push button bound to an action: same name and words, the key printed beside the verb."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from app.ui.theme import theme_of

if TYPE_CHECKING:
    from app.ui.actions.action_spec import ActionSpec

_GAP = 8
_ICON = 16
_PAD = {"filled": 12, "plain": 12, "link": 3}


class ActionButton(QPushButton):
    """Follows its action: words, enabled, visible. Looks: filled, plain, link."""

    def __init__(self, action: QAction, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spec: ActionSpec = action.property("spec")
        self._action = action
        self._spec = spec
        self._icon = spec.icon
        self._shown = True
        self.setObjectName(spec.name)
        self.setAccessibleIdentifier(spec.name)
        self.setProperty("kind", style)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)  # Enter presses it too, not the space bar alone
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme_of().changed.connect(self.update)
        self._follow()

    def set_small(self) -> None:
        """Make it 26 high."""
        self.setProperty("small", "true")

    def show_icon(self, name: str) -> None:
        """Show another icon than the list's; empty shows none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    @property
    def key_words(self) -> str:
        """The key as printed; a link shows none."""
        if self.property("kind") == "link":
            return ""
        if self._spec.hint and self.property("kind") != self._spec.style:
            return ""  # the key belongs to the page's primary button
        keys = self._spec.hint or QKeySequence(self._spec.keys).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        return keys.replace("Return", self.tr("Enter"))

    def sizeHint(self) -> QSize:
        """As wide as icon, words and key need."""
        width = 2 * self._pad() + self._words_width() + 1
        if self._icon:
            width += _ICON + _GAP
        if self.key_words:
            width += _GAP + self._key_width()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame by the style sheet and the three parts by hand."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._paint_parts(painter)
        painter.end()

    def _paint_parts(self, painter: QPainter) -> None:
        theme = theme_of()
        tone = self._tone()
        area = self.rect()
        left = max((area.width() - (self.sizeHint().width() - 2 * self._pad())) // 2, 2)
        if self.property("kind") == "link":
            left = self._pad()
        if self._icon:
            top = (area.height() - _ICON) // 2
            painter.drawPixmap(left, top, theme.pixmap(self._icon, tone, _ICON))
            left += _ICON + _GAP
        painter.setFont(self._words_font())
        painter.setPen(theme.color(tone))
        area.setLeft(left)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side, self.text())
        if self.key_words:
            area.setLeft(left + self._words_width() + _GAP)
            painter.setFont(theme.font("key"))
            painter.setPen(theme.color("muted" if tone == "text" else tone))
            painter.drawText(area, side, self.key_words)

    def _tone(self) -> str:
        if not self.isEnabled():
            return "muted"
        return {"filled": "on-accent", "link": "accent"}.get(str(self.property("kind")), "text")

    def _pad(self) -> int:
        return 8 if self.property("small") else _PAD.get(str(self.property("kind")), 12)

    def _words_font(self) -> QFont:
        role = "strong" if self.property("kind") == "filled" else "body"
        return theme_of().font("small" if self.property("small") else role)

    def _words_width(self) -> int:
        return QFontMetrics(self._words_font()).horizontalAdvance(self.text())

    def _key_width(self) -> int:
        return QFontMetrics(theme_of().font("key")).horizontalAdvance(self.key_words)

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setAccessibleName(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        if self._action.isVisible() != self._shown:
            # Only a change of the action shows or hides: a header may have put the button away.
            self._shown = self._action.isVisible()
            self.setProperty("absent", not self._shown)
            if self.parentWidget() is not None or not self._shown:
                self.setVisible(self._shown)  # alone, it would open as a window
        self.updateGeometry()


def action_button(action: QAction, style: str = "", *, small: bool = False) -> ActionButton:
    """Return a button for an action in the list's style, or in another one."""
    spec: ActionSpec = action.property("spec")
    button = ActionButton(action, style or spec.style)
    if small:
        button.set_small()
    return button
