"""What may stand in a bundle: editions, Qt plugins, file names, licences (desktop.md 12).

Read by kasauti.spec while the bundle is made, by bundle.py afterwards, and by tests.
Standard library only.
"""

import re
from importlib import metadata
from pathlib import Path, PurePosixPath

LOCK = Path(__file__).resolve().parent / "locks" / "bundle.txt"
# PyInstaller's own hooks make these names of what setuptools carries; they cannot be left out.
ALIASED = frozenset({"tomli", "wheel", "importlib_resources", "typeguard"})
EDITIONS = {"branch": "kasauti", "lab": "kasauti-lab"}
TRAINING_STACK = ("sklearn", "scipy", "shap", "numba", "llvmlite", "pandas")
# Debris of libraries: never imported by the program, but reachable from theirs.
NEVER = (
    "readline",  # brings GPL-3 libreadline
    "tkinter",
    "IPython",
    "pytest",
    "_pytest",
    "hypothesis",
    "PyInstaller",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickWidgets",
    "PySide6.QtSql",
)
QT_PLUGINS = {
    "platforms": ("qxcb", "qoffscreen", "qwindows", "qcocoa"),
    "platforminputcontexts": ("composeplatform", "ibusplatform"),  # Hindi is typed through ibus
    "xcbglintegrations": ("qxcb-glx",),
    "imageformats": ("qsvg", "qjpeg", "qico"),
    "iconengines": ("qsvgicon",),
    "printsupport": ("cupsprinter",),
    "styles": ("qmodernwindows", "qmac"),
    "tls": ("qopenssl", "qcertonly", "qschannel", "qsecuretransport"),
}
REFUSED_NAMES = re.compile(
    r"virtualkeyboard|libreadline|readline\.|libgtk-3|PySide6/Qt/(?:qml|translations)/|"
    r"Qt6?(?:Charts|DataVisualization|Graphs|Quick|Qml|WebEngine|Pdf|Designer|ShaderTools|"
    r"EglF|Wayland|WlShell)",
    re.IGNORECASE,
)
# desktop.md and dependencies.md: GPL, AGPL, BUSL, non-commercial and unknown fail the build.
GOOD_LICENCE = re.compile(
    r"\b(?:MIT|BSD|ISC|ISCL|zlib|Apache|PSF|Python Software Foundation|Unlicense|OFL|MPL|LGPL|"
    r"Lesser General Public|HPND|0BSD|CC0|Public Domain)\b|Historical Permission",
    re.IGNORECASE,
)
BUILD_ONLY = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "setuptools", "pip"}


class UnknownLicenceError(Exception):
    """A package in the bundle has no licence from the list; the message names it."""


def excluded(edition: str, *, window: bool) -> list[str]:
    """Modules one program of one edition leaves out."""
    left_out = [*NEVER, *strangers()]
    if edition == "branch":
        left_out += [*TRAINING_STACK, "ml.training"]
    if not window:
        left_out += ["PySide6", "shiboken6", "pyqtgraph", "app.ui"]
    return left_out


def strangers() -> list[str]:
    """Top-level modules of packages that are installed here but not locked for the bundle.

    The .venv of a checkout may hold the test tools too, and libraries import some of them where
    they find them; a bundle must not depend on what else was installed.
    """
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    locked = {plain_name(line.partition("==")[0]) for line in lines if line[:1].isalpha()}
    return sorted(
        module
        for module, owners in metadata.packages_distributions().items()
        if module not in ALIASED and not locked & {plain_name(owner) for owner in owners}
    )


def plain_name(package: str) -> str:
    """A package's name as indexes compare it.

    >>> plain_name("PySide6_Essentials")
    'pyside6-essentials'
    """
    return re.sub(r"[-_.]+", "-", package).lower()


def is_wanted(target: str) -> bool:
    """Tell whether a collected file, named as in the bundle, may stand in it."""
    path = PurePosixPath(target.replace("\\", "/"))
    if REFUSED_NAMES.search(str(path)):
        return False
    if "PySide6" in path.parts and "plugins" in path.parts:
        kind, name = path.parts[path.parts.index("plugins") + 1], path.name.removeprefix("lib")
        return name.startswith(QT_PLUGINS.get(kind, ()))
    return True


def packages_of(modules: list[str]) -> list[str]:
    """The distributions that own the given modules."""
    owners = metadata.packages_distributions()
    found = {owner for name in modules for owner in owners.get(name.split(".")[0], [])}
    return sorted((name for name in found if name.lower() not in BUILD_ONLY), key=str.lower)


def licence_of(package: str) -> str:
    """The licence a package declares: the expression, the classifiers or the first line.

    Raises:
        UnknownLicenceError: it declares none that is on the list.
    """
    about = metadata.metadata(package)
    classified = [
        line.split(" :: ")[-1]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    expression = ", ".join(about.get_all("License-Expression") or [])
    free_text = "".join(about.get_all("License") or []).strip().splitlines()[:1]
    candidates = [expression, ", ".join(classified), *free_text]
    for licence in candidates:
        if GOOD_LICENCE.search(licence):
            return licence
    message = f"{package}: {next(filter(None, candidates), 'no licence declared')}"
    raise UnknownLicenceError(message)


def licence_texts(package: str) -> str:
    """The licence files a package ships, one after the other."""
    texts = []
    for file in metadata.files(package) or []:
        folder_named = "licenses" in [part.lower() for part in file.parts[:-1]]
        if folder_named or re.match(r"(?:licen[cs]e|copying|notice)", file.name, re.IGNORECASE):
            place = Path(str(file.locate()))
            if place.suffix not in (".py", ".pyc") and place.is_file():
                texts.append(place.read_text(encoding="utf-8", errors="replace").strip())
    return "\n\n".join(texts)


def licences_txt(packages: list[str]) -> str:
    """The content of LICENCES.txt: a table first, then every licence text."""
    about = {name: licence_of(name) for name in packages}
    table = [f"{name} {metadata.version(name)}: {licence}" for name, licence in about.items()]
    head = (
        "Kasauti is under the MIT licence (LICENSE). It contains these parts.\n"
        "Qt and psycopg2 are under the LGPL: their libraries are separate files in _internal, and\n"
        "may be replaced by builds of your own with the same interface.\n\n"
    )
    texts = [f"{'=' * 78}\n{name}\n{'=' * 78}\n{licence_texts(name)}" for name in packages]
    return head + "\n".join(table) + "\n\n" + "\n\n".join(texts) + "\n"
