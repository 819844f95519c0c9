"""The system libraries Qt needs, found by loading them, and the Debian packages that hold them.

Packages as found in a minimal Debian 12 (desktop.md 1). Loading each library beats asking the
package system, because package names change between releases, and Qt blames the wrong one: it
names xcb-cursor when icccm or keysyms is the one that is missing.
"""

import os
import shutil
import sys
from pathlib import Path

OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
DISPLAY = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
PACKAGE_LISTS = Path("/var/lib/apt/lists")


def missing(*, display: bool) -> dict[str, str]:
    """The libraries that do not load, each with the Debian package that holds it."""
    import ctypes

    lost = {}
    for soname, package in {**OFFSCREEN, **(DISPLAY if display else {})}.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            lost[soname] = package
    return lost


def install_line(packages: list[str]) -> str:
    """The command a person runs to install Debian packages."""
    return "apt-get install -y --no-install-recommends " + " ".join(packages)


def may_install() -> bool:
    """True for root on a system with apt-get; an ordinary user is never asked for sudo."""
    return sys.platform == "linux" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install(packages: list[str]) -> bool:
    """Install Debian packages as root, showing each command; true when it worked.

    Fresh containers have no package lists, old ones have lists that point at nothing: both are
    cured by one `apt-get update`.
    """
    listed = any(PACKAGE_LISTS.glob("*_Packages*"))
    if not listed and not _show_and_run("apt-get update"):
        return False
    line = install_line(packages)
    if _show_and_run(line):
        return True
    return listed and _show_and_run("apt-get update") and _show_and_run(line)


def _show_and_run(line: str) -> bool:
    import subprocess

    sys.stderr.write(f"+ {line}\n")
    sys.stderr.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Standard output belongs to the program that is started afterwards.
    done = subprocess.run(line.split(), env=quiet, stdout=sys.stderr.fileno(), check=False)
    return done.returncode == 0
