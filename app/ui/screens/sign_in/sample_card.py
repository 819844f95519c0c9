"""The card of S02 that opens the sandbox: who to be, and how far the sample book is."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker

_MARGIN = 20


class SampleCard(QWidget):
    """A person of the sandbox to choose, a progress line, and room for the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Sample data"))
        self.people = Picker("sandbox_person", self._choices())
        self.people.set_value("maker1")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("status.sample_progress")
        self._progress.setAccessibleIdentifier("status.sample_progress")
        self._progress.setAccessibleName(self.tr("Making the sample book"))
        self._progress.setVisible(False)
        self._words = label("", "small")
        self._words.setWordWrap(True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.rows.setSpacing(8)
        self._build()

    @property
    def person(self) -> str:
        """Staff id of the chosen person."""
        return str(self.people.value() or "maker1")

    def start(self) -> None:
        """Put the cursor on the choice of person."""
        self.people.setFocus()

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Show how far the sample book is; a total of 0 is "busy"."""
        self._progress.setVisible(True)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._words.setText(words)

    def show_idle(self) -> None:
        """Take the progress away."""
        self._progress.setVisible(False)
        self._words.setText("")

    def _build(self) -> None:
        self.rows.addWidget(label(self.tr("Try with sample data"), "title"))
        about = label(
            self.tr(
                "A made-up branch with customers, applications and loans. It lives in its own "
                "file, and nothing in it is about a real person."
            ),
            "muted",
        )
        about.setWordWrap(True)
        caption = label(self.tr("Sit down as"), "body")
        caption.setBuddy(self.people)
        self.people.setAccessibleName(self.tr("Sit down as"))
        self.rows.addWidget(about)
        self.rows.addSpacing(4)
        self.rows.addWidget(caption)
        self.rows.addWidget(self.people)
        self.rows.addWidget(self._progress)
        self.rows.addWidget(self._words)
        self.rows.addStretch(1)

    def _choices(self) -> list[Choice]:
        return [
            Choice("maker1", self.tr("Loan officer (maker1)")),
            Choice("checker1", self.tr("Branch supervisor (checker1)")),
            Choice("analyst1", self.tr("Risk analyst (analyst1)")),
            Choice("admin1", self.tr("Administrator (admin1)")),
        ]
