"""The checker's form: the verdict, or a word to a higher authority, or a note."""

from PySide6.QtWidgets import QWidget

from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.verdict_form import VerdictForm
from app.ui.widgets.verdict_start import VerdictStart
from db.vocabulary.decisions import Decision
from db.vocabulary.people import SanctionAuthority


class CheckerForm(VerdictForm):
    """As the verdict form, with `forward_to`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_choices(), maker=False)
        higher = [who for who in SanctionAuthority if who is not SanctionAuthority.SUPERVISOR]
        self._forward = StackedRow(
            self.tr("Send to"),
            Picker("forward_to", [Choice(w, word_of("sanction_authority", w)) for w in higher]),
        )
        self.add_widget(self._forward)
        self.register_row(self._forward)
        if parent is not None:
            self.setParent(parent)

    def start_plain(self, names: frozenset[str], start: VerdictStart) -> None:
        """Ask for these fields alone, such as a note."""
        self.start(Decision.APPROVE, start)
        for row in self.rows():
            row.setVisible(row.name in names)
        field = self._forward.input
        if isinstance(field, Picker):
            field.set_value(SanctionAuthority.REGIONAL_CREDIT_DESK)


def _choices() -> list[Choice]:
    decisions = (
        Decision.APPROVE,
        Decision.APPROVE_WITH_CHANGES,
        Decision.REJECT,
        Decision.RETURN,
    )
    return [Choice(each, word_of("decision", each)) for each in decisions]
