"""The case beside the list, as a checker reads it: changes, the maker's words, the estimate."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.rules.money import percent_text, rupees_shown
from app.services.read_queue import QueueRow
from app.ui.cards.case_look import CaseSeen
from app.ui.cards.estimate_card import EstimateCard
from app.ui.cards.policy_card import PolicyCard
from app.ui.cards.reasons_card import ReasonsCard
from app.ui.screens.queue.changes_card import ChangesCard
from app.ui.widgets.card import Card
from app.ui.widgets.case_words import moment_shown
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import Badge, label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.workbench import Workbench
from db.records.cases import CaseStepRecord
from db.vocabulary.decisions import CaseStep, Decision

_LEAST_TABLE = 190
_BADGES = {
    Decision.APPROVE: "check",
    Decision.APPROVE_WITH_CHANGES: "pencil",
    Decision.REJECT: "circle-minus",
}


class WordsCard(Card):
    """A title and plain words."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._words = label("", wrap=True)
        self.body.addWidget(self._words)

    def show_words(self, words: str, detail: str = "") -> None:
        """Show them; without words the card is away."""
        self._words.setText(words)
        self.set_detail(detail)
        self.setVisible(bool(words))


class CasePage(QFrame):
    """The nested decision page in checker mode; it scrolls where the window is low."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.setObjectName("screen.decision")
        self.setAccessibleIdentifier("screen.decision")
        self.setAccessibleName(self.tr("The case as a checker reads it"))
        self.setProperty("kind", "page")
        self._whose, self._name, self._terms = (
            label("", "small"),
            label("", "title"),
            label("", "muted"),
        )
        self._badge = Badge("", "check")
        self._changes = ChangesCard(workbench)
        self._note = WordsCard(self.tr("Maker's note"))
        self._conditions = WordsCard(self.tr("Conditions"))
        self._estimate = EstimateCard()
        self._estimate.set_title(self.tr("Estimate of the proposal"))
        self._policy = PolicyCard(workbench, narrow=True)
        self._reasons = ReasonsCard(workbench, narrow=True)
        self._build()

    def show_case(self, row: QueueRow, seen: CaseSeen) -> None:
        """Show a case as it was read."""
        proposal = seen.case.proposal
        self._show_head(row, seen)
        self._changes.show_changes(seen)
        if proposal is not None:
            self._show_words(proposal, row.maker_name)
        estimate = seen.case.estimate
        for card in (self._estimate, self._reasons):
            card.setVisible(estimate is not None)
        if estimate is None:
            self._policy.show_lines(seen.view.policy)
            return
        self._policy.show_lines(estimate.policy)
        self._estimate.show_estimate(estimate, seen.scale)
        self._reasons.show_reasons(estimate)

    def show_whose(self, words: str) -> None:
        """Say in whose hands the case is."""
        self._whose.setText(words)

    def _show_head(self, row: QueueRow, seen: CaseSeen) -> None:
        self.show_whose(whose_words(row, seen))
        self._name.setText(row.full_name)
        asked, proposal = seen.view.application, seen.case.proposal
        amount, months, rate = asked.amount_paise, asked.tenure_months, asked.rate_ppm
        if proposal is not None and proposal.amount_paise is not None:
            amount = proposal.amount_paise
            months, rate = proposal.tenure_months or months, proposal.rate_ppm or rate
        words = self.tr("%1 for %2 months at %3 %, %4").replace("%1", rupees_shown(amount))
        words = words.replace("%2", str(months)).replace("%3", percent_text(rate))
        purpose = word_of("loan_purpose", asked.loan_purpose).lower()
        self._terms.setText(words.replace("%4", purpose))
        said = self.tr("%1 proposed").replace("%1", word_of("decision", row.decision))
        self._badge.show_badge(said, _BADGES.get(row.decision, "check"))

    def _show_words(self, proposal: CaseStepRecord, maker: str) -> None:
        why = " ".join(reason.text for reason in proposal.reasons)
        said = "\n".join(part for part in (why, proposal.note) if part)
        self._note.show_words(said, f"{maker}, {moment_shown(proposal.at)}")
        self._conditions.show_words(proposal.conditions)

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(self._head())
        lines.addWidget(FormScroll(self._columns()), 1)

    def _head(self) -> QVBoxLayout:
        titles = QHBoxLayout()
        titles.setSpacing(10)
        titles.addWidget(self._name)
        titles.addWidget(self._terms, 0, Qt.AlignmentFlag.AlignBottom)
        titles.addStretch(1)
        titles.addWidget(self._badge)
        self._terms.setContentsMargins(0, 0, 0, 2)  # one baseline with the larger name
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 8)
        head.setSpacing(0)
        head.addWidget(self._whose)
        head.addLayout(titles)
        return head

    def _columns(self) -> QWidget:
        cards = QWidget()
        columns = QHBoxLayout(cards)
        columns.setContentsMargins(16, 0, 16, 12)
        columns.setSpacing(12)
        self._policy.setMinimumHeight(_LEAST_TABLE)
        for parts, share in (
            ((self._changes, self._note, self._conditions), 5),
            ((self._estimate, self._policy, self._reasons), 8),
        ):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in parts:
                card.setMinimumWidth(1)  # the columns share the width, their contents do not
                column.addWidget(card, 1 if card is self._policy else 0)
            if self._policy not in parts:
                column.addStretch(1)
            columns.addLayout(column, share)
        return cards


def whose_words(row: QueueRow, seen: CaseSeen) -> str:
    """Number, and in whose hands the case is since when."""
    claim = next((s for s in reversed(seen.case.steps) if s.step is CaseStep.CLAIM), None)
    since = "" if claim is None else moment_shown(claim.at)
    if row.mine:
        words = _tr("%1, taken up by you %2")
    elif row.held_by:
        words = _tr("%1, with %3 since %2: you can read it")
    else:
        words = _tr("%1, nobody has taken it up")
    words = words.replace("%1", row.reference).replace("%2", since)
    return words.replace("%3", row.held_by)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CasePage", words)
