"""Words on the page: labels by kind, figures with their raw value, badges, keys, icon lines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.ui.theme import theme_of


def set_kind(widget: QWidget, kind: str, name: str = "kind") -> None:
    """Change a style property and let the style sheet look again."""
    if widget.property(name) != kind:
        widget.setProperty(name, kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(
    words: str = "",
    kind: str = "body",
    name: str = "",
    parent: QWidget | None = None,
    *,
    wrap: bool = False,
) -> QLabel:
    """Return a label of the type scale; its text is plain, never markup."""
    made = QLabel(words, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if name:
        made.setObjectName(name)
        made.setAccessibleIdentifier(name)
    return made


class IconMark(QLabel):
    """An icon in a token's colour that follows the theme; decoration, hidden from readers."""

    def __init__(self, icon: str = "", tone: str = "text", size: int = 16) -> None:
        super().__init__()
        self._icon, self._tone, self._size = icon, tone, size
        self.setFixedSize(size, size)
        self.setAccessibleName("")
        theme_of().changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str, tone: str = "text") -> None:
        """Show another icon; empty shows none."""
        self._icon, self._tone = icon, tone
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            self.setPixmap(theme_of().pixmap(self._icon, self._tone, self._size))
        else:
            self.clear()


class IconLabel(QWidget):
    """An icon and a word: the only way a state is shown."""

    def __init__(self, icon: str, words: str, tone: str = "text", kind: str = "body") -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.mark = IconMark(icon, tone)
        self.words = label(words, kind)
        line.addWidget(self.mark)
        line.addWidget(self.words)
        line.addStretch(1)

    def show_state(self, icon: str, words: str, tone: str = "text") -> None:
        """Show another state."""
        self.mark.show_icon(icon, tone)
        self.words.setText(words)

    def text(self) -> str:
        """The word."""
        return self.words.text()


class KeyCap(QLabel):
    """A key as printed in hints."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self.setProperty("kind", "key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class KeyHints(QWidget):
    """A line of keys and what they do, for the foot of a list."""

    def __init__(self, hints: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for keys, words in hints:
            line.addWidget(KeyCap(keys))
            line.addWidget(label(words, "small"))
            line.addSpacing(6)


class FigureLabel(QLabel):
    """A computed value with its raw text in the units of commands.md (A12.6)."""

    def __init__(self, name: str, kind: str = "body", title: str = "") -> None:
        super().__init__("\u2014")
        self._title = title
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setProperty("rawValue", "")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Set what the figure is called when it is spoken: the label beside it."""
        self._title = title
        self.setAccessibleName(f"{title} {self.text()}".strip())

    def show_figure(self, shown: str, raw: str, describe: str = "", kind: str = "") -> None:
        """Show a value.

        Args:
            shown: as people read it; empty shows a dash.
            raw: in the units of commands.md; empty when unknown.
            describe: how it comes about, or what is missing; also the tooltip.
            kind: another kind of the type scale, such as `warning`.
        """
        words = shown or "\u2014"
        self.setText(words)
        self.setProperty("rawValue", raw)
        self.set_title(self._title)
        self.setAccessibleDescription(describe)
        self.setToolTip(describe)
        if kind:
            set_kind(self, kind)


class Badge(QFrame):
    """A state on pale ground: icon 14, word 12, 20 high.

    Levels: neutral, good, warning, bad.
    """

    def __init__(self, words: str = "", icon: str = "", level: str = "neutral") -> None:
        super().__init__()
        self.setProperty("kind", "badge")
        self.setFixedHeight(20)
        line = QHBoxLayout(self)
        line.setContentsMargins(5, 0, 6, 0)
        line.setSpacing(4)
        self._mark = IconMark(size=14)
        self._words = label()
        line.addWidget(self._mark)
        line.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_badge(words, icon, level)

    def show_badge(self, words: str, icon: str, level: str = "neutral") -> None:
        """Show another state."""
        self._words.setText(words)
        self._mark.setVisible(bool(icon))
        self._mark.show_icon(icon, "muted" if level == "neutral" else level)
        set_kind(self, level, "tone")
        set_kind(self._words, "muted" if level == "neutral" else "body")
        self.setAccessibleName(words)

    def text(self) -> str:
        """The word."""
        return self._words.text()
