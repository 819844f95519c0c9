"""What tests look at on a page: its largest panel, its buttons."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.widgets.state_stack import StateStack


def stack_of(page: QWidget) -> StateStack:
    """The list itself, not the small cards beside it."""
    return max(page.findChildren(StateStack), key=lambda each: each.width() * each.height())


def button(page: QWidget, words: str) -> QPushButton | None:
    found = page.findChildren(QPushButton)
    return next((each for each in found if each.text() == words and each.isVisible()), None)
