"""A desk on a copy of the sample book and the letters that its approved applications may have."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

# Services and records, imported only when they are asked for.
Desk = Any
Request = Any
LOANS_READ = 300


@contextmanager
def letter_desk(book: Path) -> Iterator[Desk]:
    """The officer of the sample book at a copy of it, thrown away afterwards."""
    from app.bootstrap import open_sandbox
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER
    from app.settings import read_settings
    from app.ui.tasks.task import TaskControl

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        shutil.copytree(book, folder, dirs_exist_ok=True)
        settings = read_settings({}, {"data_dir": folder})
        desk = open_sandbox(settings, TaskControl(lambda _step: None))
        yield desk.acting(sandbox_person(MAKER, desk).actor)


def letters(desk: Desk, count: int, kinds: Sequence[str] = ("kfs",)) -> list[Request]:
    """Requests for that many letters, each the first of its kind about its application."""
    return list(islice(_wanted(desk, kinds), count))


def _wanted(desk: Desk, kinds: Sequence[str]) -> Iterator[Request]:
    from app.services.find_applications import FindApplications, find_applications
    from app.services.issue_documents import MakeDocument
    from app.services.steps.ids import new_id
    from db.records.lists import ApplicationFilter
    from db.vocabulary.loan_life import ApplicationStatus, Language, LetterKind

    for status in (ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED):
        wanted = ApplicationFilter(status=status)
        page = find_applications(FindApplications(wanted, LOANS_READ, None), desk).page
        for row in page.rows:
            for kind in kinds:
                for language in (Language.EN, Language.HI):
                    yield MakeDocument(new_id(desk), row.application_id, LetterKind(kind), language)


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
