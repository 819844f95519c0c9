"""A book on each engine, and records to fill it with."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, event

from db.engine import make_engine
from db.identifiers import IdMaker
from db.migrations import runner
from db.records.applications import Application, Assessment, Collateral, Guarantor
from db.records.loans import Loan
from db.records.people import (
    Consent,
    Customer,
    Employment,
    IdentityNumbers,
    NewCustomer,
    Obligation,
    User,
)
from db.security.key_store import FixedKeys
from db.unit_of_work import UnitOfWork, open_unit_of_work
from db.vocabulary.decisions import Band, Recommendation, RiskLevel
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus
from db.vocabulary.people import (
    ConsentChannel,
    ConsentPurpose,
    EmploymentType,
    Gender,
    Relationship,
    Role,
    State,
    UserState,
)

BRANCH = 412
NOW = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PAN = "ACUPR7085K"
AADHAAR = "234123412346"
RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"


def shipped_data() -> runner.ShippedData:
    def loaded(name: str) -> dict:
        return json.loads((RULES / name).read_text(encoding="utf-8"))

    return runner.ShippedData(loaded("rule-rows.json"), loaded("products.json"))


def migrate(url: str) -> None:
    engine = make_engine(url)
    runner.upgrade(engine, shipped_data())
    engine.dispose()


@pytest.fixture(scope="session")
def shipped() -> runner.ShippedData:
    return shipped_data()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'book.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_url")
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated SQLite book to copy: migrating once is enough."""
    file = tmp_path_factory.mktemp("migrated") / "book.sqlite"
    migrate(f"sqlite:///{file}")
    return file.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a migrated book."""
    database = None
    if request.param == "sqlite":
        file = tmp_path / "book.sqlite"
        file.write_bytes(request.getfixturevalue("migrated_file"))
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres_server")
        database = server.fresh(server.template("book", migrate))
        url = server.url(database)
    made = make_engine(url)
    yield made
    made.dispose()
    if database:
        request.getfixturevalue("postgres_server").drop(database)


@pytest.fixture
def open_book(engine: Engine) -> Callable[[], UnitOfWork]:
    """Start a unit of work, as services do."""
    return lambda: open_unit_of_work(engine, FixedKeys().keys())


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lasting_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An engine on one migrated book of the session: whoever commits to it fails."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('book') / 'book.sqlite'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.fresh())
    migrate(url)
    made = make_engine(url)
    event.listen(made, "commit", refuse_commit)
    yield made
    made.dispose()


def refuse_commit(connection: Connection) -> None:
    """What one test kept here, every later one would find."""
    connection.connection.rollback()  # else the next test begins inside this transaction
    pytest.fail("this book is shared: commit to the fixture `open_book` instead")


@pytest.fixture
def book(lasting_engine: Engine) -> Iterator[UnitOfWork]:
    """One open unit of work, rolled back at the end."""
    with open_unit_of_work(lasting_engine, FixedKeys().keys()) as opened:
        yield opened


@pytest.fixture
def unguarded(book: UnitOfWork, lasting_engine: Engine) -> UnitOfWork:
    """The same, for rows that no workflow made: the guards of decisions and money are off.

    Their own tests are in test_case_guards.py and test_loan_guards.py.
    """
    if lasting_engine.dialect.name == "postgresql":
        connection = book._connection  # switched off inside this transaction only
        connection.exec_driver_sql("ALTER TABLE decisions DISABLE TRIGGER guard_decisions")
        for table in ("applications", "loans", "repayments", "disbursements", "schedules"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return book


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every statement that reaches the driver, BEGIN and COMMIT left out."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


class Samples:
    """Makes plausible records; every argument given replaces a field."""

    def __init__(self) -> None:
        self._ids = IdMaker()
        self.officer = self.new_id()

    def new_id(self) -> UUID:
        return self._ids.make(NOW)

    def customer(self, number: int = 1001, **fields: object) -> NewCustomer:
        numbers = fields.pop("numbers", IdentityNumbers())
        gender = fields.pop("gender", Gender.FEMALE)
        customer = Customer(
            customer_id=self.new_id(),
            branch_id=BRANCH,
            reference=f"C-{number}",
            full_name="Ravi Reddy",
            date_of_birth=date(1985, 8, 14),
            phone=f"98765{number:05d}",
            city="Bengaluru",
            state=State.KARNATAKA,
            pincode="560011",
            address="14, 4th Main, Jayanagar",
            employment=Employment(EmploymentType.SALARIED, 6_000_000, 144, "Kaveri Textiles"),
            created_at=NOW,
            customer_since=TODAY,
            version=1,
            officer_id=self.officer,
            obligations=(
                Obligation(self.new_id(), "HDFC", ObligationType.HOME_LOAN, 1_100_000),
                Obligation(self.new_id(), "Landlord", ObligationType.RENT, 200_000),
            ),
            consents=(Consent(ConsentPurpose.BUREAU, ConsentChannel.PAPER, "2026-1", NOW),),
        )
        return NewCustomer(replace(customer, **fields), numbers, gender)

    def application(self, customer: Customer, number: int = 1001, **fields: object) -> Application:
        application = Application(
            application_id=self.new_id(),
            branch_id=customer.branch_id,
            reference=f"A-{number}",
            customer_id=customer.customer_id,
            product_code="HOME_RENOVATION",
            loan_purpose=LoanPurpose.HOME_RENOVATION,
            amount_paise=100_000_000,
            tenure_months=60,
            rate_ppm=122_500,
            status=ApplicationStatus.PENDING,
            application_date=TODAY,
            status_since=NOW,
            officer_id=self.officer,
            version=1,
            collateral=(Collateral(self.new_id(), CollateralType.PROPERTY, 200_000_000),),
            guarantors=(
                Guarantor(self.new_id(), "Meena", Relationship.SPOUSE, pan_number="ABCPE1234F"),
            ),
        )
        return replace(application, **fields)

    def assessment(self, application: Application, **fields: object) -> Assessment:
        made = Assessment(
            assessment_id=self.new_id(),
            application_id=application.application_id,
            assessed_at=NOW,
            as_of=TODAY,
            assessed_by=self.officer,
            model_id="kasauti-1",
            model_sha256="0" * 64,
            credit_score_hundredths=61_234,
            risk_probability=0.4323636363636364,
            risk_level=RiskLevel.MEDIUM,
            band=Band.CLEAR,
            recommendation=Recommendation.REFER,
            inputs_sha256="1" * 64,
            payload='{"a":1}',
            rule_row_ids=("x", "y"),
        )
        return replace(made, **fields)

    def user(self, staff_id: str = "maker1", **fields: object) -> User:
        user = User(
            user_id=self.officer,
            staff_id=staff_id,
            full_name="Anita Desai",
            state=UserState.ACTIVE,
            branch_id=BRANCH,
            roles=frozenset({Role.OFFICER, Role.ADMIN}),
        )
        return replace(user, **fields)


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def make_loan(samples: Samples) -> Callable[..., Loan]:
    """Make a loan of an application; every argument given replaces a field."""

    def made(application: Application, number: int = 1001, **fields: object) -> Loan:
        loan = Loan(
            loan_id=samples.new_id(),
            branch_id=application.branch_id,
            reference=f"L-{number}",
            application_id=application.application_id,
            customer_id=application.customer_id,
            product_code=application.product_code,
            loan_purpose=application.loan_purpose,
            principal_paise=100_000,
            outstanding_paise=90_000,
            overdue_paise=0,
            emi_paise=9_000,
            rate_ppm=122_500,
            tenure_months=12,
            sanction_date=date(2026, 1, 1),
            disbursement_date=date(2026, 1, 5),
            first_due_date=date(2026, 2, 5),
            next_due_date=date(2026, 12, 5),
            oldest_unpaid_due=None,
            status=LoanStatus.ACTIVE,
            asset_class=AssetClass.STANDARD,
            officer_id=samples.officer,
        )
        return replace(loan, **fields)

    return made
