"""A real book under the screens: SQLite, the shipped rules, an officer who has signed in."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.resource_files import resource
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    ObligationEntry,
    RegisterCustomer,
    register_customer,
)
from app.services.sign_in import CreateFirstUser, create_first_user
from app.services.steps.desk import Actor, Desk
from app.services.steps.ids import new_id
from app.ui.widgets.screen import Screen
from db.engine import make_engine
from db.migrations import runner as migrations
from db.records.people import BureauReport
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    EmploymentType,
    IncomeSource,
    OtherIdType,
    State,
)

TODAY = date(2026, 11, 23)
PASSWORD = "a long enough phrase"  # noqa: S105  # of a book that lives for one test


@dataclass(frozen=True)
class StandingClock:
    """One business day."""

    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def shipped(name: str) -> dict:
    return json.loads(resource(f"rules/{name}").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    rows, products = shipped("rule-rows.json"), shipped("products.json")
    return Rulebook(parse_rule_rows(rows), parse_products(products))


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "empty.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    data = migrations.ShippedData(shipped("rule-rows.json"), shipped("products.json"))
    migrations.upgrade(engine, data)
    engine.dispose()
    return path


def desk_on(book: Path, folder: Path, rulebook: Rulebook) -> tuple[Desk, Callable[[], None]]:
    """A desk on a copy of a book, and what closes it."""
    file = folder / "book.sqlite3"
    file.write_bytes(book.read_bytes())
    engine = make_engine(f"sqlite:///{file}")
    keys = FixedKeys().keys()

    def no_model() -> object:
        raise AssertionError

    made = Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=StandingClock(),
        rulebook=lambda: rulebook,
        model=no_model,
        data_dir=folder,
    )
    return made, engine.dispose


@pytest.fixture(scope="session")
def staffed(
    tmp_path_factory: pytest.TempPathFactory, empty_book: Path, rulebook: Rulebook
) -> tuple[Path, Actor]:
    """A book with its first user: hashing a password once is enough."""
    folder = tmp_path_factory.mktemp("staffed")
    desk, close = desk_on(empty_book, folder, rulebook)
    request = CreateFirstUser("anita.desai", "Anita Desai", "0412", PASSWORD)
    actor = create_first_user(request, desk).actor
    close()
    return folder / "book.sqlite3", actor


@pytest.fixture
def blank_desk(tmp_path: Path, empty_book: Path, rulebook: Rulebook) -> Iterator[Desk]:
    """A desk on an empty book, with nobody at it."""
    desk, close = desk_on(empty_book, tmp_path, rulebook)
    yield desk
    close()


@pytest.fixture
def desk(tmp_path: Path, staffed: tuple[Path, Actor], rulebook: Rulebook) -> Iterator[Desk]:
    """The desk with its first user, Admin and Officer, at it."""
    book, actor = staffed
    desk, close = desk_on(book, tmp_path, rulebook)
    yield desk.acting(actor)
    close()


@pytest.fixture
def facts() -> CustomerFacts:
    """The customer of the worked case: income 60,000, debts 9,200, rent 2,000."""
    return CustomerFacts(
        full_name="Asha Kulkarni",
        date_of_birth=date(1985, 4, 3),
        phone="9876543210",
        address="12 Station Road",
        city="Mysuru",
        state=State.KARNATAKA,
        pincode="570001",
        pan_number="ACUPR7085K",
        other_id_type=OtherIdType.VOTER_ID,
        other_id_number="WKH1186253",
        employment_type=EmploymentType.SALARIED,
        employer_name="Deccan Mills",
        job_title="Supervisor",
        employment_start_date=date(2019, 6, 1),
        monthly_income_paise=6_000_000,
        income_source=IncomeSource.SALARY,
        experience_months=125,
        consent_bureau=True,
        consent_data_use=True,
        bureau=BureauReport(
            BureauName.CIBIL, 762, BureauScoreState.SCORED, date(2026, 11, 10), 0, 1
        ),
        obligations=(
            ObligationEntry("HDFC Bank", ObligationType.PERSONAL_LOAN, 920_000, 20_000_000),
            ObligationEntry("Landlord", ObligationType.RENT, 200_000),
        ),
    )


@pytest.fixture
def register(desk: Desk) -> Callable[[CustomerFacts], CustomerRegistered]:
    return lambda facts: register_customer(RegisterCustomer(new_id(desk), facts), desk)


@pytest.fixture
def asha(register, facts: CustomerFacts) -> CustomerRegistered:
    return register(facts)


@pytest.fixture
def ravi(register, facts: CustomerFacts) -> CustomerRegistered:
    other = replace(
        facts, full_name="Ravi Reddy", phone="9123456789", pan_number=None, form_60=True,
        other_id_type=None, other_id_number=None, city="Hubballi",
    )  # fmt: skip
    return register(other)


@pytest.fixture
def place(qtbot) -> Callable[..., QWidget]:
    """Show a page the way the shell does: opened, read, with its buttons, panel and foot."""

    def placed(page: Screen, **arguments: object) -> QWidget:
        host = QWidget()
        qtbot.addWidget(host)
        lines = QVBoxLayout(host)
        parts = [page.context_panel(), page.footer(), *page.header_actions(), page]
        for part in parts:
            if part is not None:
                lines.addWidget(part)
                part.show()
        host.resize(1366, 900)
        host.show()
        page.opened(**arguments)
        page.refresh()
        host.activateWindow()
        qtbot.waitUntil(lambda: idle(page), timeout=20_000)  # several suites share a machine
        return host

    return placed


def idle(page: Screen) -> bool:
    """Whether every job of the page's runner has ended."""
    runner = page.workbench.runner
    return not any(runner.is_open(number) for number in tuple(runner._entries))
