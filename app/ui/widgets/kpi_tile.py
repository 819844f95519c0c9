"""A key figure: label, value, change; and a small count for a row of counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label, set_kind
from db.vocabulary.operations import AlertLevel

TRENDS = {"+": "trending-up", "-": "trending-down"}


def _name(widget: QWidget, name: str) -> None:
    widget.setObjectName(name)
    widget.setAccessibleIdentifier(name)
    widget.setProperty("rawValue", "")


class KpiTile(QFrame):
    """Label 12 with a state word at its right, value 20, then the change.

    Only a crossed limit colours the border, with icon and words. Enter opens what is behind.

    Attributes:
        foot: the line of the change, for what a kind of tile adds at its right.
    """

    opened = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _name(self, name)
        self._title = title
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = label(title, "small")
        self._value = label("\u2014", "tile")
        self._limit_mark = IconMark(size=14)
        self._limit = label("", "small-bad")
        self._change_mark = IconMark(size=14)
        self._change = label("", "small")
        self.foot = QHBoxLayout()
        self._build(title)
        self._limit_mark.hide()

    def show_value(
        self,
        shown: str,
        raw: str,
        change: str = "",
        definition: str = "",
        limit_word: str = "",
    ) -> None:
        """Show a value.

        Args:
            shown: as people read it; empty shows a dash.
            raw: in the units of commands.md.
            change: on last month, signed, its arrow neutral in colour; else why there is no value.
            definition: formula, numerator, denominator, as-of; tooltip and description.
            limit_word: the level of a limit that was crossed; empty within it.
        """
        self._value.setText(shown or "\u2014")
        self._change.setText(change)
        self._change.setVisible(bool(change))
        self._change_mark.show_icon(TRENDS.get(change[:1], ""), "muted")
        self._change_mark.setVisible(change[:1] in TRENDS)
        self._show_limit(limit_word)
        self.setProperty("rawValue", raw)
        self.setToolTip(definition)
        spoken = (f"{self._title} {shown or chr(0x2014)}", limit_word, change)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.setAccessibleDescription(definition)

    def _show_limit(self, word: str) -> None:
        """A warning is amber with a triangle, anything else that was crossed red."""
        icon, tone = (
            ("alert-triangle", "warning") if word == AlertLevel.WARNING else ("alert-circle", "bad")
        )
        self._limit.setText(word)
        set_kind(self._limit, f"small-{tone}")
        self._limit_mark.show_icon(icon, tone)
        self._limit_mark.setVisible(bool(word))
        set_kind(self, tone if word else "", "limit")

    def text(self) -> str:
        """The value as shown."""
        return self._value.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open what is behind the figure."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.objectName())
        else:
            super().keyPressEvent(event)

    def _build(self, title: str) -> None:
        self.setAccessibleName(title)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(11, 7, 11, 7)
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._limit_mark)
        head.addWidget(self._limit)
        self.foot.setSpacing(4)
        self.foot.addWidget(self._change_mark)
        self.foot.addWidget(self._change)
        self.foot.addStretch(1)
        lines.addLayout(head)
        lines.addWidget(self._value)
        lines.addLayout(self.foot)


class CountTile(QWidget):
    """A number over its word, for a row of counts."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _name(self, name)
        self._title = title
        self._value: QLabel = label("\u2014", "tile")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for part in (self._value, label(title, "rule")):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(part)
        self.setAccessibleName(title)

    def show_value(self, shown: str, raw: str) -> None:
        """Show a number."""
        self._value.setText(shown or "\u2014")
        self.setProperty("rawValue", raw)
        self.setAccessibleName(f"{self._title} {shown or chr(0x2014)}")

    def text(self) -> str:
        """The number as shown."""
        return self._value.text()
