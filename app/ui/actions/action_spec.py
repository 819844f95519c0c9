"""What an action is, as data: id, words, keys, where they act, who may, how it looks."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.permissions import Act

WINDOW = "window"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a word for lupdate, which knows it by this name; Qt's own is typed as `object`."""
    return text


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: registry id without `action.`, as in screens.md part F.
        text: English words; shown translated.
        keys: shortcut in portable form; a single letter acts only outside text fields.
        context: `window`, or the name of the screen whose keys these are.
        act: the permission it needs; None = everybody.
        icon: name of its icon.
        style: filled, plain or link.
        hint: a key printed beside the verb that something else answers (Enter in a list).
    """

    id: str
    text: str
    keys: str = ""
    context: str = WINDOW
    act: Act | None = None
    icon: str = ""
    style: str = "plain"
    hint: str = ""

    @property
    def name(self) -> str:
        """The object name, `action.<id>`."""
        return f"action.{self.id}"

    @property
    def shown_keys(self) -> str:
        """The key as printed beside the verb."""
        return self.hint or self.keys

    @property
    def words(self) -> str:
        """The text in the language in force."""
        return QCoreApplication.translate("Actions", self.text)
