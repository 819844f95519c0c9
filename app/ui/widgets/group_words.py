"""Short names of the model's groups, where a sentence or a bar beside them needs the room."""

from PySide6.QtCore import QCoreApplication

from db.vocabulary.operations import ModelGroup


def _tr(words: str) -> str:
    return QCoreApplication.translate("GroupWords", words)


def group_words(group: str | None) -> str:
    """The short name of a group; empty for none."""
    words: dict[str, str] = {
        ModelGroup.BURDEN: _tr("loan size"),
        ModelGroup.SECURITY: _tr("security"),
        ModelGroup.WORK: _tr("income"),
        ModelGroup.TERMS: _tr("terms"),
        ModelGroup.HISTORY: _tr("history"),
        ModelGroup.OTHER: _tr("other"),
    }
    return "" if group is None else words[str(group)]
