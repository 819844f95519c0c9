"""Which letter to make, and the keys under the list of letters."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.services.steps.letter_case import APPROVAL_LETTERS
from app.ui.actions.action_button import action_button
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.segmented import Segmented
from db.vocabulary.loan_life import ApplicationStatus, Language, LetterKind

_APPROVED = frozenset({ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED})
_KIND_WIDTH = 260


class LetterMaker(QWidget):
    """Kind, language, Make.

    Attributes:
        ready: no letter is being made.
    """

    def __init__(self, make: QAction, shown: Sequence[QAction]) -> None:
        super().__init__()
        self.ready = True
        self._make = make
        make.setEnabled(False)  # until it is known which letters fit
        self._shown = tuple(shown)
        self._kind = Picker("kind", [])
        self._kind.setAccessibleName(self.tr("Letter"))
        self._kind.setFixedWidth(_KIND_WIDTH)
        self._language = Segmented(
            "language",
            [Choice(each, word_of("language", each)) for each in (Language.EN, Language.HI)],
        )
        self._language.setAccessibleName(self.tr("Language"))
        self._busy = label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 12)
        line.setSpacing(8)
        line.addWidget(self._kind)
        line.addWidget(self._language)
        line.addWidget(action_button(make))
        line.addWidget(self._busy)
        line.addStretch(1)

    def offer(self, status: ApplicationStatus) -> None:
        """Offer the letters that fit the state of the application; the first is chosen."""
        kinds = kinds_for(status)
        chosen = self._kind.value()
        self._kind.set_choices([Choice(each, word_of("letter_kind", each)) for each in kinds])
        self._kind.set_value(chosen if chosen in kinds else kinds[0])
        self._make.setEnabled(True)

    def forget(self) -> None:
        """Another application is read: nothing may be made until it has been."""
        self._kind.set_choices([])
        self._make.setEnabled(False)

    def kind(self) -> LetterKind | None:
        """The letter chosen."""
        chosen = self._kind.value()
        return None if chosen is None else LetterKind(chosen)

    def language(self) -> Language:
        """The language chosen."""
        return Language(self._language.value())

    def show_busy(self, *, busy: bool) -> None:
        """Say that a letter is being made; a second press does nothing meanwhile."""
        self.ready = not busy
        self._busy.setText(self.tr("Making…") if busy else "")

    def keys(self, actions: Sequence[QAction]) -> QWidget:
        """The bar under the list."""
        bar = QFrame()
        bar.setProperty("kind", "footer")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        for action in (*self._shown, *actions):
            line.addWidget(action_button(action))
        line.addStretch(1)
        return bar


def kinds_for(status: ApplicationStatus) -> tuple[LetterKind, ...]:
    """The letters that may be made of an application in this state; the act itself refuses more."""
    if status in _APPROVED:
        return (*(kind for kind in LetterKind if kind in APPROVAL_LETTERS), LetterKind.FILE_NOTE)
    if status is ApplicationStatus.REJECTED:
        return (LetterKind.REJECTION, LetterKind.FILE_NOTE)
    return (LetterKind.FILE_NOTE,)
