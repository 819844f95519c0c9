"""What changed: the request against the proposal, and since the case was last sent back (S50)."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.application_figures import ApplicationFigures
from app.rules.money import percent_text
from app.services.read_application import ApplicationView
from app.services.read_queue import CaseForChecker
from app.services.steps.what_moved import WhatMoved
from app.ui.cards.case_look import CaseSeen
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.figure_words import amount_words, percent_words, signed_points, two_places
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.cases import CaseStepRecord

_ROW_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line: what it is, how it was, how it is now."""

    name: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


class ChangesCard(Card):
    """Two tables, the second only for a case that came back."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_tr("What changed"), _tr("request against proposal"), tight=True)
        self.setObjectName("panel.changes")
        self.setAccessibleIdentifier("panel.changes")
        self._asked = _table(
            workbench, "table.changes", (_tr("Requested"), _tr("Proposed")), (106, 108, 112)
        )
        self._moved = _table(workbench, "table.moved", (_tr("Before"), _tr("Now")), (158, 82, 86))
        self._since = label("", "strong")
        self._since.setContentsMargins(12, 6, 12, 0)
        self._checks = label("", "small", wrap=True)
        self._checks.setContentsMargins(12, 2, 12, 8)
        for part in (self._asked[0], self._since, self._moved[0], self._checks):
            self.body.addWidget(part)

    def show_changes(self, seen: CaseSeen) -> None:
        """Compare the proposal with the request, and with what was sent back."""
        self._show(self._asked, request_lines(seen.view, seen.case))
        moved = seen.case.moved
        lines = [] if moved is None else moved_lines(moved)
        self._since.setVisible(moved is not None)
        self._moved[0].setVisible(bool(lines))
        if moved is not None:
            words = _tr("Since it was sent back: score %1")
            words = words.replace("%1", signed_points(round(moved.score)))
            same = _tr("Since it was sent back: nothing moved")
            self._since.setText(words if moved.anything else same)
        checks = [] if moved is None else check_words(moved)
        self._checks.setText("\n".join(checks))
        self._checks.setVisible(bool(checks))
        self._show(self._moved, lines)

    @staticmethod
    def _show(part: "tuple[TableView, RecordsModel[ChangeLine]]", lines: list[ChangeLine]) -> None:
        table, rows = part
        rows.set_rows(tuple(lines))
        table.fit_rows()


def request_lines(view: ApplicationView, case: CaseForChecker) -> list[ChangeLine]:
    """Terms and figures as they were asked for and as they are proposed."""
    asked, proposal = view.application, case.proposal
    was = None if view.estimate is None else view.estimate.figures
    now = None if case.estimate is None else case.estimate.figures
    lines = [
        ChangeLine(_tr("Amount"), amount_words(asked.amount_paise), _term(proposal, _amount)),
        ChangeLine(_tr("Tenure"), _months(asked.tenure_months), _term(proposal, _tenure)),
        ChangeLine(_tr("Rate"), f"{percent_text(asked.rate_ppm)} %", _term(proposal, _rate)),
    ]
    for name, shown in (
        (_tr("EMI"), _emi),
        (_tr("FOIR"), lambda f: percent_words(f.fixed_obligation_to_income_ratio)),
        (_tr("LTI"), _lti),
        (_tr("APR"), lambda f: percent_words(f.annual_percentage_rate)),
        (_tr("Total interest"), lambda f: amount_words(f.total_interest_paise)),
    ):
        lines.append(ChangeLine(name, _figure(was, shown), _figure(now, shown)))
    lines.append(ChangeLine(_tr("Internal score"), *_scores(view, case)))
    return lines


def moved_lines(moved: WhatMoved) -> list[ChangeLine]:
    """Inputs that read differently since the case was sent back, the largest move first."""
    return [ChangeLine(each.label, each.before, each.after) for each in moved.inputs]


def check_words(moved: WhatMoved) -> list[str]:
    """Checks with another result, and another model, a sentence each."""
    sentence = _tr("%1: was %2, now %3")
    words = [
        sentence.replace("%1", each.label).replace("%2", each.before).replace("%3", each.after)
        for each in moved.checks
        if _result(each.before) != _result(each.after)
    ]
    return words + ([_tr("Scored by another model than before")] if moved.model_changed else [])


def _result(words: str) -> str:
    """The result alone: "pass, 7.41 % (limit 50 %)" is "pass"."""
    return words.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()


def _scores(view: ApplicationView, case: CaseForChecker) -> tuple[str, str]:
    found = (view.estimate, case.estimate)
    before, after = (
        UNKNOWN
        if each is None
        else f"{each.credit_score:.0f}, {word_of('risk_level', each.risk_level).lower()}"
        for each in found
    )
    return before, after


def _term(step: CaseStepRecord | None, shown: Callable[[CaseStepRecord], str]) -> str:
    """A term of the proposal; a rejection has none."""
    return UNKNOWN if step is None or step.amount_paise is None else shown(step)


def _amount(step: CaseStepRecord) -> str:
    return amount_words(step.amount_paise)


def _tenure(step: CaseStepRecord) -> str:
    return _months(step.tenure_months or 0)


def _rate(step: CaseStepRecord) -> str:
    return f"{percent_text(step.rate_ppm or 0)} %"


def _months(months: int) -> str:
    return _tr("%1 months").replace("%1", str(months))


def _emi(figures: ApplicationFigures) -> str:
    return amount_words(figures.estimated_emi_paise)


def _lti(figures: ApplicationFigures) -> str:
    ratio = figures.loan_to_income_ratio
    return UNKNOWN if ratio is None else str(two_places(ratio))


def _figure(figures: ApplicationFigures | None, shown: Callable[[ApplicationFigures], str]) -> str:
    return UNKNOWN if figures is None else shown(figures)


def _table(
    workbench: Workbench, name: str, heads: tuple[str, str], widths: tuple[int, int, int]
) -> "tuple[TableView, RecordsModel[ChangeLine]]":
    before, after = heads
    first, second, third = widths
    rows: RecordsModel[ChangeLine] = RecordsModel(
        (
            Column("name", "", lambda line: line.name, first, tip=_whole),
            Column("before", before, lambda line: line.before, second, "right", tip=_whole),
            Column("after", after, _after, third, "right", _is_new, _is_same, tip=_whole),
        ),
        workbench.theme,
    )
    table = TableView(name, _tr("What changed"), row_height=_ROW_HEIGHT)
    table.set_records(rows)
    return table, rows


def _after(line: ChangeLine) -> str:
    return _tr("same") if line.same and line.after != UNKNOWN else line.after


def _is_new(line: ChangeLine) -> bool:
    return not line.same


def _is_same(line: ChangeLine) -> bool:
    return line.same


def _whole(line: ChangeLine) -> str:
    return f"{line.name}: {line.before}, {line.after}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("ChangesCard", words)
