"""Sample books made once a session and read by many tests."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, ExceptionContext, event

from app.rules.rulebook import Rulebook
from app.services.make_sample_book import MakeSampleBook, SampleBookMade, make_sample_book
from app.services.steps.desk import Desk
from app.services.steps.drawn_cases import product_terms, rebuild_with
from app.services.steps.sample_book import References, SampleBook, build_book
from app.services.steps.sample_frame import SampleFrame, sample_file, sample_random
from app.services.steps.sample_people import SamplePeople
from app.services.steps.sandbox_staff import ANALYST, SANDBOX_BRANCH, sandbox_actor
from db.engine import make_engine
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from ml.sample.book_presets import SANDBOX_DAY, DrawRequest, draw_book

SMALL = MakeSampleBook(customers=100, applications=150)
_MADE: dict[str, tuple[Desk, SampleBookMade]] = {}
_BUILT: dict[tuple[int, int, int], tuple[SampleBook, SampleFrame]] = {}


@dataclass(frozen=True)
class SandboxClock:
    """The clock of a sandbox: it stands still."""

    def today(self) -> date:
        return SANDBOX_DAY

    def now(self) -> datetime:
        return datetime.combine(SANDBOX_DAY, datetime.min.time(), UTC).replace(hour=9)


def empty_sandbox(file: Path, empty_book: Path, rulebook: Rulebook, champion) -> Desk:
    """A desk on an empty SQLite book that stands on the sandbox day."""
    return sandbox_at(copied(empty_book, file), file.parent, rulebook, champion)


def copied(book: Path, file: Path) -> Engine:
    """An engine on a copy of a SQLite book."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(book.read_bytes())
    return make_engine(f"sqlite:///{file}")


def sandbox_at(engine: Engine, folder: Path, rulebook: Rulebook, champion) -> Desk:
    """A desk that stands on the sandbox day at a book of either engine."""
    keys = FixedKeys().keys()
    return Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=SandboxClock(),
        rulebook=lambda: rulebook,
        model=lambda: champion,
        data_dir=folder,
        sandbox=True,
    )


def small_sandbox(request: pytest.FixtureRequest) -> tuple[Desk, SampleBookMade]:
    """The analyst at a sandbox of 100 customers, whose book refuses every write."""
    if "small" not in _MADE:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("sample")
        engine = copied(request.getfixturevalue("empty_book"), folder / "book.sqlite3")
        parts = (request.getfixturevalue(name) for name in ("rulebook", "champion"))
        desk = sandbox_at(engine, folder, *parts)
        made = make_sample_book(SMALL, desk)
        event.listen(engine, "handle_error", name_the_own_book)
        shared = replace(desk, open_book=desk.read_book)
        _MADE["small"] = (shared.acting(sandbox_actor(ANALYST)), made)
    return _MADE["small"]


def name_the_own_book(context: ExceptionContext) -> None:
    """What one test wrote here, every later one would find."""
    if "readonly database" in str(context.original_exception):
        pytest.fail("this book is shared: write to `own_sandbox` or the fixture `sample_desk`")


def own_sandbox(request: pytest.FixtureRequest, folder: Path) -> Desk:
    """The analyst at a copy of the small sandbox, to be written to."""
    shared, _ = small_sandbox(request)
    copy = folder / "copy.sqlite3"
    file = Path(str(shared.data_dir)) / "book.sqlite3"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    rulebook, champion = (request.getfixturevalue(name) for name in ("rulebook", "champion"))
    desk = empty_sandbox(folder / "own" / "book.sqlite3", copy, rulebook, champion)
    return desk.acting(sandbox_actor(ANALYST))


def built_book(
    rulebook: Rulebook, customers: int = 60, random_state: int = 42
) -> tuple[SampleBook, SampleFrame]:
    """Records of a book of one sample that were never written."""
    key = (id(rulebook), customers, random_state)
    if key not in _BUILT:
        applications = customers * 3 // 2
        terms = product_terms(rulebook, SANDBOX_DAY)
        wanted = DrawRequest("sample", customers, applications, random_state, terms, SANDBOX_DAY)
        drawn = draw_book(wanted, rebuild_with(rulebook))
        rng = sample_random("sample", random_state)
        frame = SampleFrame(SANDBOX_BRANCH, SANDBOX_DAY, rulebook, rng, sample_file("work.json"))
        people = SamplePeople(sample_file("people.json"), frame.work, rng)
        names = References(
            [f"C-{number}" for number in range(customers)],
            [f"A-{number}" for number in range(applications)],
            [f"L-{number}" for number in range(drawn.verdicts.count("Approved"))],
        )
        _BUILT[key] = (build_book(drawn, names, people, frame), frame)
    return _BUILT[key]
