"""A desk on each engine, with the shipped rules and the bundled model, and facts to send."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.resource_files import resource
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.enter_application import (
    ApplicationFacts,
    ApplicationSubmitted,
    SubmitApplication,
    submit_application,
)
from app.services.make_sample_book import make_sample_book
from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    ObligationEntry,
    RegisterCustomer,
    register_customer,
)
from app.services.steps.desk import Actor, Desk
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, sandbox_actor
from db.engine import make_engine
from db.migrations import runner
from db.records.people import BureauReport, User
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.lending import LoanPurpose, ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    EmploymentType,
    Gender,
    OtherIdType,
    Role,
    State,
    UserState,
)
from ml.runtime.model_file import load_model, read_keys
from tests.services.kept_books import KeptBooks
from tests.services.sample_desks import SMALL, own_sandbox, sandbox_at

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
BRANCH = 412
PAN = "ACUPR7085K"
AADHAAR = "234123412346"


@dataclass
class FixedClock:
    """A clock that a test moves."""

    day: date = TODAY
    instant: datetime = NOW

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return self.instant


def shipped(name: str) -> dict:
    return json.loads(resource(f"rules/{name}").read_text(encoding="utf-8"))


def migrate(url: str) -> None:
    engine = make_engine(url)
    runner.upgrade(engine, runner.ShippedData(shipped("rule-rows.json"), shipped("products.json")))
    engine.dispose()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook(
        parse_rule_rows(shipped("rule-rows.json")), parse_products(shipped("products.json"))
    )


@pytest.fixture(scope="session")
def champion():
    return load_model(resource("models/champion"), read_keys(resource("models/keys.json"), TODAY))


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite book to copy: migrating once is enough."""
    path = tmp_path_factory.mktemp("book") / "empty.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


def desk_of(engine: Engine, folder: Path, rulebook: Rulebook, champion) -> Desk:
    """A desk with nobody at it."""
    keys = FixedKeys().keys()
    return Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=FixedClock(),
        rulebook=lambda: rulebook,
        model=lambda: champion,
        data_dir=folder,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_desk(
    request: pytest.FixtureRequest, tmp_path: Path, rulebook, champion
) -> Iterator[Desk]:
    """A desk on an empty book, with nobody at it."""
    server = database = None
    if request.param == "sqlite":
        file = tmp_path / "book.sqlite3"
        file.write_bytes(request.getfixturevalue("empty_book").read_bytes())
        engine = make_engine(f"sqlite:///{file}")
    else:
        server = request.getfixturevalue("postgres_server")
        database = server.fresh(server.template("book", migrate))
        engine = make_engine(server.url(database))
    yield desk_of(engine, tmp_path, rulebook, champion)
    engine.dispose()
    if database:
        server.drop(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(
    request: pytest.FixtureRequest, tmp_path: Path, rulebook, champion
) -> Iterator[Callable[..., tuple[Desk, Any]]]:
    """`kept(fill, *words)`: a copy of the book that `fill(desk, *words)` fills once a session.

    Gives the desk, with nobody at it, and what `fill` returned; that may not hold a desk.
    """
    books = KeptBooks(
        request, migrate, lambda engine: desk_of(engine, tmp_path, rulebook, champion)
    )
    with ExitStack() as stack:
        yield lambda fill, *words: stack.enter_context(books.copy(fill, words))


@pytest.fixture(params=["sqlite", "postgresql"])
def sample_desk(request: pytest.FixtureRequest, tmp_path: Path, rulebook, champion):
    """The analyst at a copy of the small sandbox on each engine."""
    if request.param == "sqlite":
        yield own_sandbox(request, tmp_path)
        return
    server = request.getfixturevalue("postgres_server")

    def fill(url: str) -> None:
        migrate(url)
        filling = make_engine(url)
        make_sample_book(SMALL, sandbox_at(filling, tmp_path, rulebook, champion))
        filling.dispose()

    database = server.fresh(server.template("small sandbox", fill))
    engine = make_engine(server.url(database))
    yield sandbox_at(engine, tmp_path, rulebook, champion).acting(sandbox_actor(ANALYST))
    engine.dispose()
    server.drop(database)


@pytest.fixture
def desk(blank_desk: Desk) -> Desk:
    """The desk with a person at it who is Admin and Officer."""
    return arrived(blank_desk, "ravi.reddy", Role.ADMIN, Role.OFFICER)


@pytest.fixture
def someone(desk: Desk) -> Callable[..., Desk]:
    """Another person of the branch, already at the desk."""
    return lambda staff_id, *roles: arrived(desk, staff_id, *roles)


def arrived(desk: Desk, staff_id: str, *roles: Role) -> Desk:
    user = User(
        user_id=new_id(desk),
        staff_id=staff_id,
        full_name=staff_id.title(),
        state=UserState.ACTIVE,
        branch_id=BRANCH,
        roles=frozenset(roles),
    )
    with desk.open_book() as book:
        book.users.add(user)
        book.commit()
    return desk.acting(Actor(user.user_id, staff_id, user.full_name, BRANCH, user.roles))


@pytest.fixture
def customer_form() -> CustomerFacts:
    """The customer of the worked case: income 60,000, debts 9,200, rent 2,000."""
    return CustomerFacts(
        full_name="Asha Kulkarni",
        date_of_birth=date(1985, 4, 3),
        gender=Gender.FEMALE,
        phone="98765 43210",
        email="asha@example.com",
        address="12 Station Road",
        city="Mysuru",
        state=State.KARNATAKA,
        pincode="570001",
        pan_number=PAN,
        other_id_type=OtherIdType.VOTER_ID,
        other_id_number="WKH1186253",
        employment_type=EmploymentType.SALARIED,
        employer_name="Deccan Mills",
        job_title="Supervisor",
        employment_start_date=date(2019, 6, 1),
        monthly_income_paise=6_000_000,
        experience_months=120,
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
def application_form() -> ApplicationFacts:
    """The loan of the worked case; the customer is still to be named."""
    return ApplicationFacts(
        product_code="HOME_RENOVATION",
        loan_purpose=LoanPurpose.HOME_RENOVATION,
        amount_paise=100_000_000,
        tenure_months=60,
        rate_ppm=122_500,
    )


@pytest.fixture
def registered(desk: Desk, customer_form: CustomerFacts) -> CustomerRegistered:
    return register_customer(RegisterCustomer(new_id(desk), customer_form), desk)


@pytest.fixture
def submitted(
    desk: Desk, registered: CustomerRegistered, application_form: ApplicationFacts
) -> ApplicationSubmitted:
    facts = replace(application_form, customer_id=registered.customer_id)
    return submit_application(SubmitApplication(new_id(desk), facts), desk)
