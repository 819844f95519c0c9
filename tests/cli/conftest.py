"""A sandbox without customers, and a way to run a verb on it as a script would."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from app.book_ports import shipped_rulebook
from app.cli.verb import DeskRequest
from app.cli.verb_table import run_verb
from app.resource_files import resource
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.desk import Desk
from app.services.steps.sandbox_staff import sandbox_staff
from db.engine import make_engine
from db.migrations import runner
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from ml.runtime.model_file import load_model, read_keys

TODAY = date(2026, 11, 23)
BOOK = "book.sqlite3"


@dataclass(frozen=True)
class StandingClock:
    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What a verb printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict:
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def error(self) -> dict:
        assert self.code != 0
        assert self.out == ""
        return json.loads(self.err)["error"]


def loaded(name: str) -> dict:
    return json.loads(resource(f"rules/{name}").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shipped_desk_parts():
    keys = read_keys(resource("models/keys.json"), TODAY)
    return shipped_rulebook(), load_model(resource("models/champion"), keys)


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated single-desk book to copy: migrating once is enough."""
    file = tmp_path_factory.mktemp("empty") / BOOK
    engine = make_engine(f"sqlite:///{file}")
    runner.upgrade(engine, runner.ShippedData(loaded("rule-rows.json"), loaded("products.json")))
    engine.dispose()
    return file.read_bytes()


@contextmanager
def desk_in(folder: Path, book: bytes, parts) -> Iterator[Desk]:
    """A desk on a copy of a book."""
    (folder / BOOK).write_bytes(book)
    engine, keys = make_engine(f"sqlite:///{folder / BOOK}"), FixedKeys().keys()
    rulebook, model = parts
    yield Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=StandingClock(),
        rulebook=lambda: rulebook,
        model=lambda: model,
        data_dir=folder,
    )
    engine.dispose()


@pytest.fixture
def own_desk(tmp_path: Path, empty_book: bytes, shipped_desk_parts) -> Iterator[Desk]:
    """A desk on a fresh single-desk book, with nobody."""
    with desk_in(tmp_path, empty_book, shipped_desk_parts) as desk:
        yield desk


@pytest.fixture(scope="session")
def sample_book(
    tmp_path_factory: pytest.TempPathFactory, empty_book: bytes, shipped_desk_parts
) -> Callable[[MakeSampleBook], bytes]:
    """A sample book to copy: each size is made once a session."""

    @cache
    def made(wanted: MakeSampleBook) -> bytes:
        folder = tmp_path_factory.mktemp("sample")
        with desk_in(folder, empty_book, shipped_desk_parts) as desk:
            make_sample_book(wanted, desk)
        return (folder / BOOK).read_bytes()

    return made


@pytest.fixture
def fill(own_desk: Desk, sample_book) -> Callable[[int, int], None]:
    """Fill the fresh book, which nobody has opened, with so many customers and applications."""

    def filled(customers: int, applications: int) -> None:
        wanted = MakeSampleBook(customers=customers, applications=applications)
        (own_desk.data_dir / BOOK).write_bytes(sample_book(wanted))

    return filled


@pytest.fixture
def sandbox_desk(own_desk: Desk) -> Desk:
    with own_desk.open_book() as book:
        book.reference.set_book(sandbox=True, as_of=TODAY)
        for user in sandbox_staff():
            book.users.add(user)
        book.commit()
    return own_desk


@pytest.fixture
def run_on(capfdbinary, tmp_path: Path) -> Callable[..., Said]:
    """Run one verb on a desk; a dict or list among the words becomes a JSON file."""

    def run(desk: Desk, *words: object, json_out: bool = True) -> Said:
        argv = [_word(word, tmp_path, at) for at, word in enumerate(words)]
        asked: list[DeskRequest] = []

        def build(request: DeskRequest) -> Desk:
            asked.append(request)
            return desk

        code = run_verb([*argv, "--json"] if json_out else argv, build)
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return run


def _word(word: object, folder: Path, at: int) -> str:
    if not isinstance(word, (dict, list)):
        return str(word)
    file = folder / f"in-{at}.json"
    file.write_text(json.dumps(word), encoding="utf-8")
    return str(file)


@pytest.fixture
def run(run_on, sandbox_desk):
    """Run one verb in the sandbox."""
    return lambda *words, **options: run_on(sandbox_desk, *words, **options)


@pytest.fixture
def customer_json() -> dict:
    return {
        "full_name": "Asha Kulkarni",
        "date_of_birth": "1985-04-03",
        "gender": "female",
        "phone": 9876543210,
        "address": "12 Station Road",
        "city": "Mysuru",
        "state": "Karnataka",
        "pincode": 570001,
        "pan_number": "ACUPR7085K",
        "employment_type": "salaried",
        "employer_name": "Deccan Mills",
        "job_title": "Supervisor",
        "employment_start_date": "2019-06-01",
        "monthly_income": "60000.00",
        "years_of_experience": 10.5,
        "bureau_name": "CIBIL",
        "bureau_score": 762,
        "bureau_report_date": "2026-11-10",
        "bureau_late_payments": 0,
        "bureau_active_loans": 1,
        "consent_bureau": True,
        "consent_data_use": True,
        "consent_contact": True,
        "obligations": [
            {
                "lender_name": "HDFC Bank",
                "obligation_type": "Personal Loan",
                "monthly_amount": 9200,
                "outstanding_amount": "200000",
            },
            {"lender_name": "Landlord", "obligation_type": "RENT", "monthly_amount": 2000},
        ],
    }


@pytest.fixture
def loan_json() -> dict:
    return {
        "loan_purpose": "Home Renovation",
        "loan_amount": 1000000,
        "loan_tenure_months": 60,
        "interest_rate": 12.25,
    }
