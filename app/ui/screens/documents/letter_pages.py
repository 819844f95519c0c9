"""The pages of one letter beside the list."""

from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.read_documents import preview_pages
from app.services.steps.desk import Desk
from app.ui.documents.page_pictures import PagePictures, pictures_of
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench


def read_pages(document_id: UUID, desk: Desk) -> tuple[QImage, ...]:
    """The pages of a letter as pictures (database lane: the book is read there alone)."""
    return pictures_of(preview_pages(document_id, desk))


class LetterPages(QWidget):
    """Reads pages when it is asked to; the last request wins."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._document_id: UUID | None = None
        self._pages = PagePictures("panel.preview")
        self._states = StateStack(self._pages, workbench, self.tr("Showing the pages…"))
        self._pages.setProperty("margin", 12)  # with the 4 below, as far as elsewhere
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 0, 4, 0)
        lines.addWidget(self._states)
        self.show_none()

    def show_letter(self, document_id: UUID) -> None:
        """Read and show the pages of a letter."""
        self._document_id, desk = document_id, self._workbench.desk
        handle = self._workbench.runner.submit(
            Task(
                self.tr("Showing the pages"),
                Lane.DATABASE,
                lambda _control: read_pages(document_id, desk),
                key="document_pages",
                owner="documents",
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(handle)

    def shows(self, document_id: UUID) -> bool:
        """Whether it shows this letter, or is about to."""
        return self._document_id == document_id

    def show_none(self) -> None:
        """Say how pages are shown."""
        self._document_id = None
        self._pages.show_pictures(())
        self._states.empty(self.tr("Enter shows the pages of a letter."))

    def _show(self, pictures: tuple[QImage, ...]) -> None:
        if self._document_id is not None:
            self._pages.show_pictures(pictures)
            self._states.content()

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self._again)

    def _again(self) -> None:
        if self._document_id is not None:
            self.show_letter(self._document_id)
