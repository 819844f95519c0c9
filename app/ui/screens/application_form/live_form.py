"""What follows from the typing at once: figures, notes, checklist, review and the preview."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject

from app.services.enter_application import check_application
from app.services.steps.application_facts import ApplicationFacts
from app.ui.screens.application_form.form_context import FormContext
from app.ui.screens.application_form.form_pages import FormPages
from app.ui.screens.application_form.live_panel import LivePanel
from app.ui.screens.application_form.live_preview import LivePreview
from app.ui.widgets.workbench import Workbench


class LiveForm(QObject):
    """Keeps panel and tabs in step with the form.

    Attributes:
        context: rules and customer, None while they are being read.
    """

    def __init__(
        self,
        workbench: Workbench,
        pages: FormPages,
        panel: LivePanel,
        facts: Callable[[], ApplicationFacts],
    ) -> None:
        super().__init__(pages)
        self.context: FormContext | None = None
        self._pages, self._panel, self._facts = pages, panel, facts
        self._preview = LivePreview(workbench, panel.preview, self)
        pages.tabs.chosen.connect(self._tab_chosen)

    def show(self) -> None:
        """Plain arithmetic on the GUI thread, at every key press."""
        context, pages = self.context, self._pages
        if context is None:
            return
        case = context.case(self._facts())
        figures = context.figures(case)
        self._panel.show_figures(figures)
        self._panel.show_notes(context.notes(case, figures))
        pages.show_case(case, figures, context.rulebook)
        pages.documents.show_checklist(context.paper_lines(case, figures))
        if pages.tabs.current_name == "review":
            self._show_review(context)
        wanted = pages.values()["score_preview"] and not figures.missing
        self._preview.queue(case, wanted=wanted)

    def problems(self) -> dict[str, str]:
        """Sentence by field of what stops the commit; none is known while rules are read."""
        context = self.context
        if context is None:
            return {}
        found = check_application(self._facts(), context.rulebook, context.today)
        return found | self._pages.problems()  # what cannot be read says so, not "enter it"

    def know_incomes(self, incomes: dict[UUID, int]) -> None:
        """Count what co-applicants earn."""
        if self.context is not None:
            self.context = replace(self.context, co_incomes=incomes)
            self.show()

    def _tab_chosen(self, name: str) -> None:
        if name == "review" and self.context is not None:
            self._show_review(self.context)

    def _show_review(self, context: FormContext) -> None:
        case = context.case(self._facts())
        figures = context.figures(case)
        notes, papers = context.notes(case, figures), context.paper_lines(case, figures)
        self._pages.review.show_review(self.problems(), papers, notes)
