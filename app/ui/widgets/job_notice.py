"""A bar on the page at the end of a job that took half a minute or more (screens.md A6)."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.tasks.task import Job, JobState
from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets.page_stack import PageStack
from app.ui.widgets.state_buttons import state_button


class JobNotice(QObject):
    """The person has turned to something else meanwhile, so the end is said where they are."""

    def __init__(self, runner: TaskRunner, pages: PageStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = pages
        runner.long_job_ended.connect(self._say)

    def _say(self, job: Job) -> None:
        page = self._pages.shown()
        if page is None:
            return
        done = job.state is JobState.DONE
        words = self.tr("%1: done after %2 s.") if done else self.tr("%1: failed after %2 s.")
        words = words.replace("%1", job.title).replace("%2", str(job.seconds))
        close = state_button(self.tr("Close"), page.clear_messages, "link")
        page.show_message("good" if done else "bad", words, (close,))
