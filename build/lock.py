"""Write the three locks from pyproject.toml: `python3 build/lock.py` (needs `uv` on the path).

run: everything the checkout uses, the model room and the bundler included. test: the same plus
the test tools. bundle: what a bundle is built from. All three agree on every version, for every
platform, with hashes, and name no index: pip uses the one its user configured.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build" / "locks"
# In the run lock besides pyproject's own dependencies, so one command brings all named packages.
RUN_ALSO = "pyinstaller\npytest-qt\n"
COMPILE = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"]
COMPILE += [
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--quiet",
]
HEADER = "# Written by build/lock.py from pyproject.toml; run that instead of editing this file.\n"


def compile_lock(name: str, *sources: str, also: str = "") -> None:
    """Write one lock, keeping to the versions of the test lock where that exists already."""
    target = LOCKS / f"{name}.txt"
    command = [*COMPILE, "pyproject.toml", *sources, "--output-file", str(target)]
    if also:
        command.insert(len(COMPILE), "-")
    subprocess.run(command, cwd=ROOT, input=also, text=True, check=True)
    target.write_text(HEADER + target.read_text())


def main() -> int:
    """Write test first: it holds every package, so it fixes the versions for the others."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    constrain = ["--constraints", str(LOCKS / "test.txt")]
    groups = ["--group", "test", "--group", "bundle"]
    compile_lock("test", *groups, *upgrade)
    compile_lock("run", *constrain, also=RUN_ALSO)
    compile_lock("bundle", "--group", "bundle", *constrain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
