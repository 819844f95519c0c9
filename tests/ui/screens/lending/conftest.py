"""A small sandbox under the lending screens, and a driver that knows them by object names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QPushButton, QWidget

from app.resource_files import resource
from app.rules.rulebook import Rulebook
from app.services.enter_application import (
    ApplicationFacts,
    ApplicationSubmitted,
    SubmitApplication,
    submit_application,
)
from app.services.find_applications import FindApplications, find_applications
from app.services.find_loans import FindLoans, find_loans
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    RegisterCustomer,
    register_customer,
)
from app.services.steps.desk import Actor, Desk
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, CHECKER, MAKER, sandbox_actor
from app.ui.screen_catalogue import build_screen
from db.engine import make_engine
from db.records.lists import ApplicationFilter, ApplicationRow, LoanFilter
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus, LoanStatus
from ml.runtime.model_file import load_model, read_keys

SANDBOX_DAY = date(2026, 9, 30)
SAMPLE = MakeSampleBook(customers=60, applications=90)
WAIT_MS = 60_000  # the child of a stress run gives way to whatever else runs
FORMS = {"screen.rules": "rule", "screen.products": "product"}  # their form opens on a press
OF_A_LOAN = {f"screen.{name}" for name in ("loan", "payment", "statement", "disbursement")}
OF_A_LOAN |= {"screen.loan_change"}
WAITED = {"screen.loan_change": "figure.payable_total"}  # stands once the quote is worked out


@dataclass(frozen=True)
class SandboxClock:
    """The clock of a sandbox: it stands still."""

    def today(self) -> date:
        return SANDBOX_DAY

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 9, tzinfo=UTC)


def desk_at(file: Path, rulebook: Rulebook, champion) -> tuple[Desk, Callable[[], None]]:
    """A desk on a book as it lies, and what closes it."""
    engine, keys = make_engine(f"sqlite:///{file}"), FixedKeys().keys()
    made = Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=SandboxClock(),
        rulebook=lambda: rulebook,
        model=lambda: champion,
        data_dir=file.parent,
        sandbox=True,
    )
    return made, engine.dispose


@pytest.fixture(scope="session")
def champion():
    keys = read_keys(resource("models/keys.json"), SANDBOX_DAY)
    return load_model(resource("models/champion"), keys)


@pytest.fixture(scope="session")
def sample_book(tmp_path_factory, empty_book: Path, rulebook: Rulebook, champion) -> bytes:
    """A sandbox of 60 customers to copy: making it once is enough."""
    file = tmp_path_factory.mktemp("sample") / "sandbox.sqlite3"
    file.write_bytes(empty_book.read_bytes())
    desk, close = desk_at(file, rulebook, champion)
    make_sample_book(SAMPLE, desk)
    close()
    return file.read_bytes()


@pytest.fixture
def desk(tmp_path: Path, sample_book: bytes, rulebook, champion) -> Iterator[Desk]:
    """The officer of the sandbox at a copy of the book."""
    file = tmp_path / "sandbox.sqlite3"
    file.write_bytes(sample_book)
    made, close = desk_at(file, rulebook, champion)
    yield made.acting(sandbox_actor(MAKER))
    close()


@pytest.fixture
def new_desk(tmp_path: Path, staffed: tuple[Path, Actor], rulebook, champion) -> Iterator[Desk]:
    """The first user at a book that holds nothing else."""
    file = tmp_path / "new.sqlite3"
    file.write_bytes(staffed[0].read_bytes())
    made, close = desk_at(file, rulebook, champion)
    yield made.acting(staffed[1])
    close()


@pytest.fixture
def asha(desk: Desk, facts: CustomerFacts) -> CustomerRegistered:
    """The customer of the worked case, in the sandbox."""
    reported = replace(facts.bureau, report_date=date(2026, 9, 10))
    request = RegisterCustomer(new_id(desk), replace(facts, bureau=reported))
    return register_customer(request, desk)


@pytest.fixture
def ask(desk: Desk, asha: CustomerRegistered) -> Callable[..., ApplicationSubmitted]:
    """Commit the application of the worked case, with changes."""

    def asked(at: Desk = desk, **changes: object) -> ApplicationSubmitted:
        facts = ApplicationFacts(
            customer_id=asha.customer_id,
            product_code="HOME_RENOVATION",
            loan_purpose=LoanPurpose.HOME_RENOVATION,
            amount_paise=100_000_000,
            tenure_months=60,
            rate_ppm=122_500,
        )
        return submit_application(SubmitApplication(new_id(at), replace(facts, **changes)), at)

    return asked


@pytest.fixture
def pending(desk: Desk) -> tuple[ApplicationRow, ...]:
    """Applications of the sample that nobody has decided."""
    wanted = ApplicationFilter(status=ApplicationStatus.PENDING)
    return find_applications(FindApplications(wanted, 40, None), desk).page.rows


class Driver:
    """Finds, types, presses and reads by object name inside one page."""

    def __init__(self, host: QWidget, qtbot) -> None:
        self.host = host
        self.qtbot = qtbot
        self.root = host

    def inside(self, name: str) -> "Driver":
        """The same, inside a sub-form."""
        driver = Driver(self.host, self.qtbot)
        driver.root = self.find(name)
        return driver

    def find(self, name: str) -> QWidget:
        found = [w for w in self.root.findChildren(QWidget, name) if not _foreign(w, self.root)]
        assert found, f"nothing is called {name}"
        return next((w for w in found if w.isVisible()), found[0])

    def type(self, name: str, text: str) -> None:
        field = self.find(name)
        target = field.focusProxy() or field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)
        QTest.keyClick(target, Qt.Key.Key_Tab)

    def tick(self, name: str) -> None:
        box = self.find(name)
        assert isinstance(box, QAbstractButton)
        box.click()

    def press(self, name: str) -> None:
        buttons = self.root.findChildren(QPushButton, name)
        next(b for b in buttons if b.isVisible() and b.isEnabled()).click()

    def button(self, words: str) -> QPushButton:
        buttons = self.host.findChildren(QPushButton)
        return next(b for b in buttons if b.text() == words and b.isVisible())

    def offers(self, words: str) -> bool:
        buttons = self.host.findChildren(QPushButton)
        return any(b.text() == words and b.isVisible() for b in buttons)

    def raw(self, name: str) -> str:
        return str(self.find(name).property("rawValue"))

    def text(self, name: str) -> str:
        return self.find(name).text()

    def words(self) -> str:
        return "\n".join(w.text() for w in self.host.findChildren(QLabel) if w.isVisible())

    def cells(self, name: str, column: int) -> list[str]:
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)


def _foreign(widget: QWidget, root: QWidget) -> bool:
    """Whether a widget belongs to a form inside the root rather than to the root."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if parent.objectName().startswith("form."):
            return not widget.objectName().startswith(("table.", "action.", "form."))
        parent = parent.parentWidget()
    return False


@pytest.fixture
def drive(place, qtbot) -> Iterator[Callable[..., Driver]]:
    """Show a page and hand back its driver."""
    hosts = []

    def driven(page: QWidget, **arguments: object) -> Driver:
        host = place(page, **arguments)
        hosts.append(host)
        return Driver(host, qtbot)

    yield driven
    for host in hosts:
        host.close()


def loan_of_page(desk: Desk) -> dict[str, object]:
    """A running loan, and the application it came from."""
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    loan = next(row for row in rows if row.status is LoanStatus.ACTIVE)
    return {"loan_id": loan.loan_id, "application_id": loan.application_id}


@pytest.fixture
def open_root(workbench, drive, desk, request) -> Callable[[str], Driver]:
    """Open a page by its root name, with the record it needs."""

    def opened(root: str) -> Driver:
        staff = ANALYST if root in FORMS else CHECKER
        if root in FORMS or root in {"screen.monitor", "screen.queue"}:
            workbench.shell.desk = desk.acting(sandbox_actor(staff))
        arguments = {}
        if root in {"screen.customer", "screen.application_form"}:
            arguments["customer_id"] = request.getfixturevalue("asha").customer_id
        if root in {"screen.decision", "screen.documents"}:
            arguments["application_id"] = request.getfixturevalue("pending")[0].application_id
        if root in OF_A_LOAN:
            arguments |= loan_of_page(desk)
        page = build_screen(root.removeprefix("screen."), workbench)
        assert page.objectName() == root
        driver = drive(page, **arguments)
        if root in WAITED:
            driver.until(lambda: driver.root.findChildren(QWidget, WAITED[root]) != [])
        if root in FORMS:
            driver.until(lambda: driver.text("status.count") != "")
            driver.press(f"action.{FORMS[root]}.propose")
            driver.until(lambda: driver.host.findChildren(QWidget, "source") != [])
        return driver

    return opened
