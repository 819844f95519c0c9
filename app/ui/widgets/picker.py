"""Choosing one of a list: a picker for forms, a short one for filters, one for records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui.theme import theme_of
from app.ui.widgets.labels import set_kind
from app.ui.widgets.line_field import LineField

_ICON = 16
_SEARCH_AFTER_MS = 150
_MOST_SHOWN = 14
_FRAME = 40


_TYPING_PAUSE_MS = 1_000
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and its words."""

    value: Any
    text: str


class Picker(QComboBox):
    """A closed list. Typing goes to the next match, F4 and Alt+Down open it."""

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 260

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice],
        empty_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.edited = False
        self._typed = ""
        self._ghost: object = None
        self._empty_text = empty_text or self.tr("Choose")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._forget_typed)
        self._choices: tuple[Choice, ...] = ()
        self.setPlaceholderText(self._empty_text)
        self.setFixedHeight(30)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.currentIndexChanged.connect(self._moved)
        self.activated.connect(self._mark_edited)
        theme_of().changed.connect(self.update)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; the chosen value stays if it is among them."""
        chosen = self.value()
        blocked = self.blockSignals(True)  # noqa: FBT003  # Qt's own name for it
        self._choices = tuple(choices)
        self.clear()
        self.addItems([choice.text for choice in self._choices])
        self.setCurrentIndex(self._index_of(chosen))
        self.blockSignals(blocked)
        if self.value() != chosen:
            self.value_changed.emit(self.value())

    def value(self) -> Any:  # noqa: ANN401  # the caller knows what it offered
        """The chosen value, None while none is."""
        index = self.currentIndex()
        return self._choices[index].value if 0 <= index < len(self._choices) else None

    def set_value(self, value: object) -> None:
        """Choose a value; one that is not offered chooses nothing."""
        self.setCurrentIndex(self._index_of(value))
        self.edited = False

    def suggest(self, value: object) -> None:
        """Show a known choice as ghost text that Right accepts; None offers nothing (F9)."""
        words = next((c.text for c in self._choices if c.value == value), "")
        self._ghost = value if words else None
        self.setPlaceholderText(words or self._empty_text)
        self.setToolTip(self.tr("Known: %1. Right takes it").replace("%1", words) if words else "")

    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return self.value() is None

    def problem(self) -> str:
        """A list offers only what fits."""
        return ""

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border."""
        set_kind(self, "true" if wrong else "false", "wrong")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the form: it means the next field. Letters go to the next match."""
        words = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif event.key() == Qt.Key.Key_Right and self._ghost is not None and self.is_empty():
            self.edited = True
            self.setCurrentIndex(self._index_of(self._ghost))
        elif (
            words.isprintable()
            and words.strip(" " if not self._typed else "")
            and not (event.modifiers() & _COMMANDS)
        ):
            self._search(words)
        else:
            super().keyPressEvent(event)

    def _search(self, words: str) -> None:
        """Go to the first choice that begins with, else contains, what is being typed.

        Qt's own search opens the list at the first blank, so "Home renovation" ends elsewhere.
        """
        self._typed += words.casefold()
        self._pause.start()
        texts = [choice.text.casefold() for choice in self._choices]
        begins = (i for i, text in enumerate(texts) if text.startswith(self._typed))
        holds = (i for i, text in enumerate(texts) if self._typed in text)
        found = next(begins, next(holds, None))
        if found is not None:
            self.edited = True
            self.setCurrentIndex(found)

    def _forget_typed(self) -> None:
        self._typed = ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll; a wheel never changes a choice by accident."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self._forget_typed()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the list, words that do not fit with dots at their end, then its arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = (
            self.style()
            .subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
            .width()
        )
        words = option.currentText
        short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        if self.currentIndex() < 0 or short == words:
            super().paintEvent(event)
        else:
            option.currentText = short
            styled = QStylePainter(self)
            styled.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            styled.end()
        painter = QPainter(self)
        left, top = self.width() - _ICON - 7, (self.height() - _ICON) // 2
        painter.drawPixmap(left, top, theme_of().pixmap("chevron-down", "muted", _ICON))
        painter.end()

    def _index_of(self, value: object) -> int:
        if value is None:
            return -1
        return next((i for i, c in enumerate(self._choices) if c.value == value), -1)

    def _moved(self, _index: int) -> None:
        self.value_changed.emit(self.value())

    def _mark_edited(self, _index: int) -> None:
        self.edited = True


class FilterPicker(Picker):
    """A filter over a list, showing `KYC: any`; its first entry takes the filter away."""

    def __init__(
        self, name: str, label: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        self._label = label
        super().__init__(name, (), parent=parent)
        self.setAccessibleName(label)
        self.set_choices(choices)
        self.set_value(None)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer `any` and these."""
        label = self._label
        words = [Choice(None, self.tr("%1: any").replace("%1", label))]
        words += [Choice(c.value, f"{label}: {c.text}") for c in choices]
        super().set_choices(words)
        metrics = QFontMetrics(theme_of().font("body"))
        self.setMinimumWidth(min(metrics.horizontalAdvance(words[0].text) + _FRAME, 180))
        widest = max(metrics.horizontalAdvance(c.text) for c in words)
        self.view().setMinimumWidth(widest + _FRAME)
        self.setMaximumWidth(200)

    def _index_of(self, value: object) -> int:
        return next((i for i, c in enumerate(self._choices) if c.value == value), 0)

    def event(self, event: QEvent) -> bool:
        """Tell the words whole, where the field has no room for them."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText())
        return super().event(event)


class RecordPicker(LineField):
    """Finds a record by typing: asks `search` after a pause, `offer` brings the answers."""

    chosen = Signal(object)
    field_width: ClassVar[int] = 260

    def __init__(
        self, name: str, search: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._search = search
        self._offered: tuple[Choice, ...] = ()
        self._choice: Choice | None = None
        self._words = QStringListModel(self)
        self._popup = QCompleter(self._words, self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.activated.connect(self._take)
        self.setCompleter(self._popup)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_AFTER_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show the records found for what was typed."""
        self._offered = tuple(choices)
        self._words.setStringList([choice.text for choice in self._offered])
        if self.hasFocus() and self._offered:
            self._popup.complete()

    def value(self) -> Any:  # noqa: ANN401  # the caller knows what it offered
        """The chosen record's value, None while none is."""
        return self._choice.value if self._choice else None

    def set_value(self, choice: Choice | None) -> None:
        """Show a chosen record."""
        self._choice = choice
        self.put_value(choice.text if choice else None)

    def problem(self) -> str:
        """The sentence while something is typed and no record is chosen."""
        if self._choice is not None or self.is_empty():
            return ""
        return self.tr("Choose a record from the list")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with F4 or Alt+Down."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        self._choice = None
        self._pause.start()

    def _ask(self) -> None:
        self._search(self.text().strip())

    def _take(self, text: str) -> None:
        found = next((choice for choice in self._offered if choice.text == text), None)
        if found is not None:
            self._choice = found
            self.chosen.emit(found.value)
