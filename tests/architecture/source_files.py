"""What the architecture tests share: our source files, their syntax trees and comments."""

import ast
import functools
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = ("app", "ml", "db", "build", "main.py")


def python_files(*places: str) -> list[Path]:
    """The Python files in folders, or the files themselves, below the project."""
    found: list[Path] = []
    for place in places:
        path = PROJECT / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [path for path in found if "__pycache__" not in path.parts]


def short(path: Path) -> str:
    """A path as a person reads it in a failure."""
    return path.relative_to(PROJECT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def comments_of(path: Path) -> Iterator[tuple[int, str]]:
    """Each comment with its line number; a string that looks like a comment is none."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Each imported module with its line number, wherever in the file it stands."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                yield node.lineno, f"{'.' * node.level}{node.module or ''}.{name.name}"
