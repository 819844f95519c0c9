"""S44: the letters of an application: make, look at, save, make void, record the acceptance."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.services.issue_documents import MakeDocument, make_document
from app.services.read_documents import list_documents, open_document
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.letter_file import check_target, write_letter
from app.ui.cards.case_look import CaseSeen, look_at_case
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.documents.document_columns import document_columns
from app.ui.screens.documents.letter_maker import LetterMaker
from app.ui.screens.documents.letter_pages import LetterPages
from app.ui.screens.documents.letter_strip import LetterStrip, LetterStrips
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.documents import DocumentRecord
from db.vocabulary.loan_life import LetterKind, LetterStatus


@dataclass(frozen=True, slots=True)
class LettersSeen:
    """What one look brought: the case and its letters, newest first."""

    case: CaseSeen
    documents: tuple[DocumentRecord, ...]


def look(application_id: UUID, desk: Desk) -> LettersSeen:
    """Read an application and its letters (database lane)."""
    return LettersSeen(look_at_case(application_id, desk), list_documents(application_id, desk))


def save_letter(document_id: UUID, target: Path, desk: Desk) -> Path:
    """Write a letter to a file (database lane)."""
    check_target(target)
    write_letter(target, open_document(document_id, desk).pdf)
    return target


def heading_of(seen: LettersSeen) -> Heading:
    """Whose letters, and about which application."""
    application, name = seen.case.view.application, seen.case.view.customer.full_name
    crumbs = (Crumb(_tr("Applications"), "applications"), Crumb(application.reference))
    return Heading(name, crumbs, _tr("Documents"))


def stands(letter: DocumentRecord) -> bool:
    """Whether it is an original that is not void."""
    return letter.copy_of is None and letter.status is not LetterStatus.VOID


def waits_for_acceptance(letter: DocumentRecord) -> bool:
    """Whether a borrower may still accept it."""
    kfs = letter.kind is LetterKind.KFS and letter.status is LetterStatus.ISSUED
    return kfs and stands(letter)


def _tr(words: str) -> str:
    return QCoreApplication.translate("DocumentsScreen", words)


class DocumentsScreen(Screen):
    """The list at the left, the pages of one letter at the right."""

    name = "documents"
    rail = "applications"
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._application_id: UUID | None = None
        self._names: dict[UUID, str] = {}
        self._wanted: UUID | None = None
        create = workbench.registry.create
        self._make = create("document.make", self._start_making, self)
        self._preview = create("document.preview", self._start_preview, self)
        self._print = create("document.print", self._start_saving, self)
        self._void = create("document.void", lambda: self._ask_or_send(self._strips.void), self)
        self._accept = create(
            "document.record_acceptance", lambda: self._ask_or_send(self._strips.accept), self
        )
        self._maker = LetterMaker(self._make, (self._preview, self._print))
        self._model: RecordsModel[DocumentRecord] = RecordsModel(
            document_columns(self._names), workbench.theme
        )
        self._table = TableView("table.documents", self.tr("Letters of this application"))
        self._table.set_records(self._model)
        self._states = StateStack(self._table, workbench, self.tr("Reading the letters…"))
        self._pages = LetterPages(workbench)
        self._strips = LetterStrips(self._void, self._accept, workbench.desk.clock.today)
        self._build()
        self.set_heading(Heading(self.tr("Documents")))

    def opened(self, **arguments: object) -> None:
        """Show the letters of `application_id`."""
        application_id = arguments.get("application_id")
        if isinstance(application_id, UUID) and application_id != self._application_id:
            self._pages.show_none()
            self._maker.forget()
            self._application_id = application_id

    def first_focus(self) -> QWidget:
        """The list, or what stands for it."""
        return self._states.waiting() or self._table

    def refresh(self) -> None:
        """Read the letters again."""
        application_id, desk = self._application_id, self.workbench.desk
        if application_id is None:
            return
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the letters"),
                Lane.DATABASE,
                lambda _control: look(application_id, desk),
                key="documents",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(handle, self.refresh)

    # What was read.

    def _show(self, seen: LettersSeen) -> None:
        self._names.update(seen.case.case.names)
        self.set_heading(heading_of(seen))
        self._maker.offer(seen.case.view.application.status)
        self._table.blockSignals(True)  # noqa: FBT003  # Qt's own; the pages shown stay meanwhile
        self._model.set_rows(seen.documents)
        if seen.documents:
            self._states.content()
        else:
            self._states.empty(self.tr("No letter yet. Choose one above and press Make."))
        places = [each.document_id for each in seen.documents]
        if self._wanted in places:
            self._table.go_to(places.index(self._wanted))
        self._table.blockSignals(False)  # noqa: FBT003  # Qt's own
        self._follow()

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _current(self) -> DocumentRecord | None:
        row = self._table.current_row()
        return row if isinstance(row, DocumentRecord) else None

    def _follow(self) -> None:
        """Let act what the current letter allows, and put another letter's pages away."""
        row = self._current()
        if row is not None and not self._pages.shows(row.document_id):
            self._pages.show_none()
        for action in (self._preview, self._print):
            action.setEnabled(row is not None)
        self._void.setEnabled(row is not None and stands(row))
        self._accept.setEnabled(row is not None and waits_for_acceptance(row))

    # What the keys do.

    def _start_making(self) -> None:
        strip = self._strips.open_one()
        if strip is not None:  # Ctrl+Enter sends what is open
            self._ask_or_send(strip)
            return
        application_id, desk, kind = self._application_id, self.workbench.desk, self._maker.kind()
        if application_id is None or kind is None or not self._maker.ready:
            return
        request = MakeDocument(new_id(desk), application_id, kind, self._maker.language())
        self._maker.show_busy(busy=True)
        self._write(self.tr("Making the letter"), partial(make_document, request, desk))

    def _start_preview(self) -> None:
        if (row := self._current()) is not None:
            self._pages.show_letter(row.document_id)

    def _start_saving(self) -> None:
        if (row := self._current()) is None:
            return
        words = self.tr("Save the letter as PDF")
        chosen, _ = QFileDialog.getSaveFileName(self, words, f"{row.number}.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(row, Path(chosen))

    def save_to(self, row: DocumentRecord, target: Path) -> None:
        """Write a letter to a file; what could not be written is said on the page."""
        desk = self.workbench.desk
        self._write(
            self.tr("Saving the letter"), partial(save_letter, row.document_id, target, desk)
        )

    def _ask_or_send(self, strip: LetterStrip) -> None:
        """The first press asks, the second one carries out what is filled in."""
        row, desk = self._current(), self.workbench.desk
        if row is None:
            return
        if strip.isHidden():
            self._strips.hide_all()
            strip.ask_about(row, desk)
            return
        act = strip.act(row, desk)
        if act is not None:
            self._write(self.tr("Noting it on the letter"), act)

    def _write(self, title: str, act: Callable[[], object]) -> None:
        self.workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(), owner=self.name, writes=True),
            self._written,
            self._refused,
        )

    def _written(self, answer: object) -> None:
        self._maker.show_busy(busy=False)
        self.clear_messages()
        self._strips.hide_all()
        if isinstance(answer, Path):
            self.show_message("good", self.tr("Saved as %1").replace("%1", answer.name))
            return
        if isinstance(answer, DocumentRecord):
            self._wanted = answer.document_id
            self._pages.show_letter(answer.document_id)
            self.workbench.notices.tell("document", answer.document_id)
        self._take_keys()

    def _refused(self, failure: TaskFailed) -> None:
        self._maker.show_busy(busy=False)
        strip = self._strips.open_one()
        if failure.fields and strip is not None:
            strip.form.show_errors(failure.fields)
        else:
            self.clear_messages()
            self.show_message("bad", failure.sentence)

    def _note_change(self, change: Change) -> None:
        touched = change.touches("document") or change.touches("application", self._application_id)
        if touched and self.isVisible():
            self.refresh()

    def _take_keys(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._table.opened.connect(lambda _row: self._start_preview())
        self._table.current_changed.connect(lambda _row: self._follow())
        self._strips.closed.connect(self._take_keys)
        self.workbench.notices.changed.connect(self._note_change)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._maker)
        left.addWidget(hair())
        left.addWidget(self._states, 1)
        left.addWidget(self._strips)
        left.addWidget(self._maker.keys((self._void, self._accept)))
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addLayout(left, 5)
        line.addWidget(hair(upright=True))
        line.addWidget(self._pages, 3)
        self.body.addLayout(line)
        self._follow()
