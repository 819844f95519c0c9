"""Whether this desk is fit for work: book, rules, model, keys, fonts, disk, clock, settings.

Source: commands.md (`check`, `version`, `migrate`). Every check answers, even where an earlier one
failed; the worst state is the state of the desk. Opening the book has already brought an empty
one to this version, and refused one of another.
"""

import importlib.metadata
import importlib.util
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from app.resource_files import ROOT, ResourceMissingError, resource
from app.rules.rule_change import without_row_today
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import SANDBOX_BRANCH
from app.settings import Settings
from db.records.refusals import BookError
from db.vocabulary.operations import CheckState, Edition

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

VERSION = "0.1.0"
KEY_FILE = "book.keys"
LOW_DISK_BYTES, NO_DISK_BYTES = 1_000_000_000, 100_000_000
SLOW_BOOK_SECONDS = 0.5
_WORST = (CheckState.OK, CheckState.WARN, CheckState.FAIL)
_GIGABYTE = 1_000_000_000
_COMMIT_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at."""

    name: str
    state: CheckState
    detail: str


@dataclass(frozen=True, slots=True)
class DeskChecked:
    """All checks and the worst state among them."""

    checks: tuple[CheckLine, ...]
    state: CheckState


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here; None is not known."""

    version: str
    commit: str | None
    python: str
    qt: str | None
    edition: Edition
    model_id: str | None
    schema: str | None


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The schema before and after."""

    before: str
    after: str


def check_desk(desk: "Desk", settings: Settings | None = None) -> DeskChecked:
    """Look at everything once."""
    checks: tuple[Callable[[Desk], CheckLine], ...] = (
        _database,
        _schema,
        _rules,
        _model,
        _audit,
        _keys,
        _fonts,
        _disk,
        _clock,
    )
    lines = [check(desk) for check in checks]
    lines += [] if settings is None else list(_settings(settings))
    return DeskChecked(tuple(lines), max((line.state for line in lines), key=_WORST.index))


def read_versions(desk: "Desk") -> Versions:
    """Versions of the program, its parts and the model in use."""
    return Versions(
        version=VERSION,
        commit=_commit(),
        python=platform.python_version(),
        qt=_installed("PySide6-Essentials"),
        edition=Edition.FULL if importlib.util.find_spec("sklearn") else Edition.BRANCH,
        model_id=_model_id(desk),
        schema=_schema_of(desk),
    )


def migrate_book(desk: "Desk") -> SchemaState:
    """The schema of the book, which opening it has brought to this version.

    Raises:
        SchemaTooOld, SchemaTooNew, BookUnreachable: the book cannot be opened.
    """
    with desk.read_book() as book:
        schema = book.reference.book().schema
    return SchemaState(desk.found_schema or "", schema)


def _database(desk: "Desk") -> CheckLine:
    start = perf_counter()
    try:
        with desk.read_book() as book:
            book.reference.book()
    except BookError as fault:
        return CheckLine("database", CheckState.FAIL, fault.sentence)
    seconds = perf_counter() - start
    state = CheckState.WARN if seconds > SLOW_BOOK_SECONDS else CheckState.OK
    return CheckLine("database", state, f"opened and read in {seconds * 1000:.1f} ms")


def _schema(desk: "Desk") -> CheckLine:
    schema = _schema_of(desk)
    if not schema:
        return CheckLine("schema", CheckState.FAIL, "The book's schema cannot be read")
    return CheckLine("schema", CheckState.OK, f"revision {schema}, as this version needs it")


def _rules(desk: "Desk") -> CheckLine:
    today = desk.clock.today()
    try:
        rulebook = desk.rulebook()
    except (BookError, ValueError) as fault:
        return CheckLine("rules", CheckState.FAIL, f"The rules cannot be read: {fault}")
    valid = [row for row in rulebook.rows if row.in_force(today)]
    products = rulebook.products_on(today)
    if not valid or not products:
        return CheckLine("rules", CheckState.FAIL, f"No rules or products are in force on {today}")
    bare = without_row_today(rulebook, today)
    if bare:
        named = ", ".join(f"{code} ({segment})" for code, segment in bare)
        return CheckLine("rules", CheckState.FAIL, f"No row is in force on {today} for: {named}")
    detail = f"{len(valid)} rows and {len(products)} products in force on {today}"
    waiting = sum(row.confirm is not None for row in valid)
    if waiting and not desk.sandbox:
        detail += f"; a compliance officer has still to confirm {waiting} shipped rows"
        return CheckLine("rules", CheckState.WARN, detail)
    return CheckLine("rules", CheckState.OK, detail)


def _model(desk: "Desk") -> CheckLine:
    try:
        model = desk.model()
    except Refused as refusal:
        return CheckLine("model", CheckState.FAIL, refusal.sentence)
    detail = f"{model.model_id}: signature, hashes and golden vectors hold"
    return CheckLine("model", CheckState.OK, detail)


def _audit(desk: "Desk") -> CheckLine:
    try:
        with desk.read_book() as book:
            branches = {user.branch_id for user in book.users.list()} or {SANDBOX_BRANCH}
            verdicts = {branch: book.audit.verify(branch) for branch in sorted(branches)}
    except BookError as fault:
        return CheckLine("audit", CheckState.FAIL, fault.sentence)
    for branch, verdict in verdicts.items():
        if verdict.first_bad is not None:
            detail = f"Branch {branch:04d}: entry {verdict.first_bad} does not hold"
            return CheckLine("audit", CheckState.FAIL, detail)
    entries = sum(each.entries for each in verdicts.values())
    return CheckLine("audit", CheckState.OK, f"{entries:,} entries hold")


def _keys(desk: "Desk") -> CheckLine:
    if (desk.data_dir / KEY_FILE).exists():
        detail = "Keys lie in a file of the data folder: use an operating system key ring"
        return CheckLine("keys", CheckState.WARN, detail)
    return CheckLine("keys", CheckState.OK, "Keys lie in the key ring of the operating system")


def _fonts(_desk: "Desk") -> CheckLine:
    try:
        found = sorted(file.stem for file in resource("fonts").glob("*.ttf"))
    except ResourceMissingError as fault:
        return CheckLine("fonts", CheckState.FAIL, str(fault))
    state = CheckState.OK if found else CheckState.FAIL
    return CheckLine("fonts", state, f"{len(found)} shipped fonts")


def _disk(desk: "Desk") -> CheckLine:
    free = shutil.disk_usage(desk.data_dir).free
    state = CheckState.OK
    if free < LOW_DISK_BYTES:
        state = CheckState.FAIL if free < NO_DISK_BYTES else CheckState.WARN
    return CheckLine("disk", state, f"{free / _GIGABYTE:.1f} GB free in the data folder")


def _clock(desk: "Desk") -> CheckLine:
    """A clock that runs behind what was already written down is wrong."""
    now = desk.clock.now()
    if desk.sandbox:
        return CheckLine("clock", CheckState.OK, f"sandbox, stands on {desk.clock.today()}")
    try:
        with desk.read_book() as book:
            seen = [user.last_sign_in_at for user in book.users.list() if user.last_sign_in_at]
    except BookError as fault:
        return CheckLine("clock", CheckState.FAIL, fault.sentence)
    if seen and max(seen) > now:
        detail = f"The clock stands before the last sign-in, {max(seen):%d %b %Y %H:%M} UTC"
        return CheckLine("clock", CheckState.FAIL, detail)
    return CheckLine("clock", CheckState.OK, f"{now:%d %b %Y %H:%M} UTC")


def _settings(settings: Settings) -> Iterator[CheckLine]:
    for each in settings.values:
        shown = each.value or "not set"
        if each.name == "database" and each.value:
            shown = each.value.rpartition("@")[2]  # never the password of an address
        yield CheckLine(f"setting {each.name}", CheckState.OK, f"{shown} ({each.origin})")


def _schema_of(desk: "Desk") -> str | None:
    try:
        with desk.read_book() as book:
            return book.reference.book().schema or None
    except BookError:
        return None


def _model_id(desk: "Desk") -> str | None:
    try:
        return desk.model().model_id
    except Refused:
        return None


def _installed(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    """The commit of a checkout, read from git's own files; None in a bundle."""
    folder = ROOT / ".git"
    try:
        head = (folder / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head[:_COMMIT_CHARACTERS]
        name = head.removeprefix("ref: ")
        loose = folder / name
        if loose.is_file():
            return loose.read_text(encoding="ascii").strip()[:_COMMIT_CHARACTERS]
        packed = (folder / "packed-refs").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line[:_COMMIT_CHARACTERS] for line in packed if line.endswith(f" {name}")), None)
