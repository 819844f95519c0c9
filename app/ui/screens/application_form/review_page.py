"""Section 6 of S31: what is still missing, which papers, and what policy says, before scoring."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.credit_policy import PolicyLine
from app.rules.paper_checklist import PaperLine
from app.ui.widgets.card import Card
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.decisions import PolicyState
from db.vocabulary.reasons import PolicyCheck

_DOCUMENTS = "document_file"


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReviewPage", words)


class ReviewPage(QWidget):
    """Three cards under each other; each missing item is a button to its field.

    Signals:
        chosen: the name of the field to go to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.review")
        self.setAccessibleIdentifier("panel.review")
        self.setAccessibleName(_tr("Review"))
        self._shown: object = None
        self._missing = Card(_tr("Missing or to fix"))
        self._papers = Card(_tr("Papers"))
        self._policy = Card(_tr("Policy"), _tr("notes never stop saving or scoring"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(12)
        for card in (self._missing, self._papers, self._policy):
            column.addWidget(card)
        column.addStretch(1)

    def show_review(
        self,
        problems: Mapping[str, str],
        papers: Sequence[PaperLine],
        policy: Sequence[PolicyLine],
    ) -> None:
        """Show these; the same again changes nothing, so that the focus stays where it is."""
        shown = (dict(problems), tuple(papers), tuple(policy))
        if shown == self._shown:
            return
        self._shown = shown
        _fill(self._missing, [self._problem(*each) for each in problems.items()])
        if not problems:
            _fill(self._missing, [_line("circle-check", "good", _tr("Nothing is missing."))])
        _fill(self._papers, self._paper_lines(papers))
        _fill(self._policy, _policy_lines(policy))
        count = _tr("%1 to fix").replace("%1", str(len(problems)))
        self.setAccessibleDescription(" ".join([count, *problems.values()]))

    def _problem(self, name: str, sentence: str) -> QWidget:
        return self._link("alert-circle", "bad", name, sentence)

    def _paper_lines(self, papers: Sequence[PaperLine]) -> list[QWidget]:
        wanted = [line for line in papers if line.wanted]
        missing = [word_of("document_kind", line.kind) for line in wanted if line.missing]
        unseen = [word_of("document_kind", e.kind) for e in papers if e.given and not e.checked]
        lines = []
        if not wanted:
            lines.append(_line("circle", "muted", _tr("No paper is asked for yet.")))
        if missing:
            words = _tr("Missing: %1").replace("%1", ", ".join(missing))
            lines.append(self._link("alert-triangle", "warning", _DOCUMENTS, words))
        elif wanted:
            lines.append(_line("circle-check", "good", _tr("All papers of the list are there.")))
        if unseen:
            words = _tr("Not compared with the original: %1").replace("%1", ", ".join(unseen))
            lines.append(_line("circle", "muted", words))
        return lines

    def _link(self, icon: str, tone: str, name: str, words: str) -> QWidget:
        button = QPushButton(_tr("Go there"))
        button.setProperty("kind", "link")
        button.setAutoDefault(True)
        button.setAccessibleName(f"{words}. {_tr('Go there')}")
        button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
        return _line(icon, tone, words, button)


def _policy_lines(policy: Sequence[PolicyLine]) -> list[QWidget]:
    # The papers have a card of their own: their list is long and would stand here twice.
    breached = [e for e in policy if e.breached and e.rule is not PolicyCheck.DOC_SET]
    unknown = [line.label for line in policy if line.state is PolicyState.UNVERIFIED]
    lines = [_line("alert-triangle", "warning", f"{e.text} ({e.rule})") for e in breached]
    if not breached:
        lines.append(_line("circle-check", "good", _tr("No rule is broken.")))
    if unknown:
        words = _tr("Not checked yet: %1").replace("%1", ", ".join(unknown))
        lines.append(_line("circle", "muted", words))
    return lines


def _line(icon: str, tone: str, words: str, button: QWidget | None = None) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(IconMark(icon, tone, 14), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(words, wrap=True), 1)
    if button is not None:
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return made


def _fill(card: Card, lines: Sequence[QWidget]) -> None:
    while (item := card.body.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for each in lines:
        card.body.addWidget(each)
