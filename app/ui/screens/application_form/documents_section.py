"""Section 5 of S31: the checklist of papers, and attaching a file by picking or dropping it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.rules.paper_checklist import PaperLine
from app.services.attach_document import Attachment
from app.services.steps.application_facts import PaperEntry
from app.services.steps.file_kinds import KIND_WORDS, AttachmentLimits, size_shown
from app.ui.actions.action_button import action_button
from app.ui.screens.application_form.entry_list import EntryList
from app.ui.screens.application_form.paper_rows import PaperRow, paper_columns, paper_rows
from app.ui.screens.application_form.paper_work import PaperWork
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.undo_bar import UndoBar
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import DocumentKind

_MOST_ROWS = 9
_LONGEST_PATH = 1_000


def _tr(words: str) -> str:
    return QCoreApplication.translate("DocumentsSection", words)


class DocumentsSection(QWidget):
    """The papers of the application being typed.

    Signals:
        changed: a paper was attached, checked, removed or brought back.
        failed: a TaskFailed that belongs to no field.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers: tuple[Attachment, ...] = ()
        self._lines: tuple[PaperLine, ...] = ()
        self._going: Attachment | None = None
        self._work = PaperWork(workbench, self)
        self.list: EntryList[PaperRow] = EntryList(
            "documents", _tr("Documents"), paper_columns(), workbench.theme, most_shown=_MOST_ROWS
        )
        self.list.table.installEventFilter(self)
        self.list.table.current_changed.connect(self._follow_row)
        self.list.table.opened.connect(self._row_opened)
        self._undo = UndoBar()
        self._undo.expired.connect(self._let_go)
        self._limits = workbench.desk.attachment_limits
        self.form = _paper_form(self._limits)
        create = workbench.registry.create
        self._attach = create("document.attach", self._attach_typed, self)
        self._check = create("document.check", self._check_current, self)
        self._remove = create("document.remove", self._remove_current, self)
        self._connect()
        self._lay_out()
        self.setAcceptDrops(True)
        self.set_papers(())

    def entries(self) -> tuple[PaperEntry, ...]:
        """The papers as part of the application's facts."""
        return tuple(
            PaperEntry(paper.attachment_id, paper.kind, paper.checked_at is not None)
            for paper in self.papers
        )

    def set_papers(self, papers: Sequence[Attachment]) -> None:
        """Show the papers of a draft, or none."""
        self._undo.forget()
        self.papers = tuple(papers)
        self._show()

    def show_checklist(self, lines: tuple[PaperLine, ...]) -> None:
        """Show what the loan asks for; the same again changes nothing on the screen."""
        if lines != self._lines:
            self._lines = lines
            self._show()

    def attach_file(self, path: Path) -> None:
        """Attach a file as the chosen kind of paper."""
        kind = self.form.row("document_kind").field.value()
        faults = {}
        if kind is None:
            faults["document_kind"] = _tr("Choose what kind of paper it is")
        elif len(self.papers) >= self._limits.most_papers:
            most = _tr("An application takes at most %1 papers")
            faults["document_file"] = most.replace("%1", str(self._limits.most_papers))
        self.form.show_errors(faults)
        if not faults:
            self._work.attach(path, kind)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.attach_file(Path(url.toLocalFile()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete removes the current paper."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            self._remove_current()
            return True
        return super().eventFilter(watched, event)

    def _attach_typed(self) -> None:
        typed = str(self.form.row("document_file").field.value())
        if not typed:
            typed, _kind = QFileDialog.getOpenFileName(
                self, _tr("Attach document"), "", _tr("Papers (*.pdf *.jpg *.jpeg *.png)")
            )
        if typed:
            self.attach_file(Path(typed).expanduser())

    def _attached(self, paper: Attachment) -> None:
        self.papers = (*self.papers, paper)
        self.form.row("document_file").field.set_value("")
        self._changed()

    def _checked(self, paper: Attachment) -> None:
        same = paper.attachment_id
        self.papers = tuple(paper if p.attachment_id == same else p for p in self.papers)
        self._changed()

    def _check_current(self) -> None:
        row = self.list.table.current_row()
        if isinstance(row, PaperRow) and row.paper is not None:
            self._work.check(row.paper)

    def _row_opened(self, row: object) -> None:
        """Enter on a missing paper goes on to its file, on a given one it notes the check."""
        if isinstance(row, PaperRow) and row.paper is None:
            self.form.jump_to("document_file")
        else:
            self._check_current()

    def _remove_current(self) -> None:
        row = self.list.table.current_row()
        if not isinstance(row, PaperRow) or row.paper is None:
            return
        before = self.papers
        self._undo.forget()
        self._going = row.paper
        self.papers = tuple(p for p in before if p is not row.paper)
        self._undo.offer(_tr("Removed document."), lambda: self._bring_back(before))
        self._changed()

    def _bring_back(self, before: tuple[Attachment, ...]) -> None:
        self._going = None
        self.papers = before
        self._changed()

    def _let_go(self) -> None:
        """The time for Undo is over: the stored file goes, too."""
        gone, self._going = self._going, None
        if gone is not None:
            self._work.remove(gone.attachment_id)

    def _refused(self, failure: TaskFailed) -> None:
        sentence = failure.fields.get("document")
        if sentence:
            self.form.show_errors({"document_file": sentence})
        else:
            self.failed.emit(failure)

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        row = self.list.table.currentIndex().row()
        rows = paper_rows(self._lines, self.papers)
        self.list.show_entries(rows, _tr("Choose purpose and product: the checklist follows."))
        if 0 <= row < len(rows):
            self.list.table.setCurrentIndex(self.list.rows.index(row, 0))
        missing = sum(each.paper is None for each in rows)
        words = _tr("%1 given, %2 missing").replace("%1", str(len(self.papers)))
        self.list.set_detail(words.replace("%2", str(missing)) if rows else "")
        self._follow_row(self.list.table.current_row())

    def _follow_row(self, row: object) -> None:
        """The buttons and the kind follow the current row."""
        given = isinstance(row, PaperRow) and row.paper is not None
        self._check.setEnabled(given)
        self._remove.setEnabled(given)
        if isinstance(row, PaperRow) and row.paper is None:
            self.form.row("document_kind").field.set_value(row.kind)

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001  # slot of a signal
        note = _tr("Reading the file…") if busy else _limits_words(self._limits)
        self.form.row("document_file").set_note(note)

    def _connect(self) -> None:
        self._work.attached.connect(self._attached)
        self._work.checked.connect(self._checked)
        self._work.failed.connect(self._refused)
        self._work.busy_changed.connect(self._show_busy)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        for action in (self._attach, self._check, self._remove):
            keys.addWidget(action_button(action, style="plain", small=True))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(8)
        for widget in (self.list, self._undo, self.form):
            column.addWidget(widget)
        column.addLayout(keys)
        hint = _tr("Drop a file here, type its path, or leave the path empty and pick it.")
        column.addWidget(label(hint, "small"))
        column.addStretch(1)


def _limits_words(limits: AttachmentLimits) -> str:
    kinds = ", ".join(KIND_WORDS[kind] for kind in limits.kinds)
    words = _tr("%1; at most %2").replace("%1", kinds)
    return words.replace("%2", size_shown(limits.most_bytes))


def _paper_form(limits: AttachmentLimits) -> Form:
    form, section = Form("form.document"), FormSection()
    kinds = [Choice(kind, word_of("document_kind", kind)) for kind in DocumentKind]
    section.add(FormRow(_tr("Kind of paper"), Picker("document_kind", kinds)))
    file = section.add(FormRow(_tr("File"), TextEdit("document_file", _LONGEST_PATH)))
    file.set_note(_limits_words(limits))
    form.add(section)
    return form
