"""A stub checkout: the real set-up scripts, locks without packages, a main.py that echoes."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = ("run.py", "environment.py", "system_libraries.py")
ECHO = "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd(), sys.prefix]))\n"


class StubCheckout:
    """A project folder in which `build/run.py` really sets up and really starts something."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "build" / "locks").mkdir(parents=True)
        for name in SCRIPTS:
            shutil.copy(PROJECT / "build" / name, folder / "build")
        for lock in ("run", "test", "bundle"):
            (folder / "build" / "locks" / f"{lock}.txt").write_text("# nothing to install\n")
        (folder / "main.py").write_text(ECHO)

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    def start(
        self, *arguments: str, python: str = sys.executable, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run build/run.py from another folder; `settings` are added to the environment."""
        return subprocess.run(
            [python, str(self.folder / "build" / "run.py"), *arguments],
            cwd=self.folder.parent,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def stub_checkout(tmp_path: Path) -> StubCheckout:
    return StubCheckout(tmp_path / "checkout")


@pytest.fixture
def build_script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Load a script of build/ by name without leaving it importable for other tests."""

    def load(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(PROJECT / "build"))
        spec = importlib.util.spec_from_file_location(
            f"build_{name}", PROJECT / "build" / f"{name}.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        return module

    return load
