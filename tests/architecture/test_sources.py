"""What must not stand in the sources: unexplained exceptions, waits, colours, policy numbers."""

import ast
import re

from tests.architecture.source_files import (
    PROGRAM,
    PROJECT,
    comments_of,
    python_files,
    short,
    tree_of,
)

EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>.*)")
CODES = re.compile(r"^\s*(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*|\[[\w, -]+\])")
HEX_COLOUR = re.compile(r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
COLOUR_IN_STYLE = re.compile(r":\s*#[0-9a-fA-F]{3,8}\b")
# Shapes of arithmetic, the calendar and Indian number words; limits and rates are rule rows.
PLAIN_NUMBERS = {
    *range(13),
    *(10**power for power in range(2, 10)),
    15,  # the most digits a money field takes
    28, 29, 30, 31, 365, 366,  # the calendar
    50,  # digits of Decimal arithmetic
}  # fmt: skip


def test_every_silenced_check_names_itself_and_its_reason() -> None:
    bare = []
    for path in python_files(*PROGRAM, "tests"):
        for line, comment in comments_of(path):
            found = EXCEPTION.search(comment)
            if not found:
                continue
            codes = CODES.match(found["rest"])
            reason = found["rest"][codes.end() :] if codes else ""
            if len(re.findall(r"[A-Za-z]+", reason)) < 2:
                bare.append(f"{short(path)}:{line} {comment}")
    assert bare == []


def test_an_instant_gets_its_date_from_the_banks_clock_alone() -> None:
    """`.date()` of a stored instant is the day in Greenwich, `.astimezone()` that of this PC."""
    home = "app/rules/bank_time.py"
    found = [
        f"{short(path)}:{node.lineno} {ast.unparse(node)}"
        for path in python_files("app/ui", "app/services", "app/cli", "app/rules")
        if short(path) != home
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"date", "astimezone"}
        and not node.args
    ]
    assert found == []


def test_tests_wait_for_something_and_never_for_a_while() -> None:
    waits = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr)
        in {("qtbot", "wait"), ("time", "sleep"), ("QTest", "qWait"), ("QThread", "msleep")}
    ]
    assert waits == []


def test_colours_stand_in_the_theme_alone() -> None:
    coloured = [
        f"{short(path)}:{node.lineno} {node.value[:40]}"
        for path in python_files("app")
        if short(path) != "app/ui/theme.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (HEX_COLOUR.match(node.value) or COLOUR_IN_STYLE.search(node.value))
    ]
    assert coloured == []


def test_rules_hold_no_policy_number() -> None:
    found = [
        f"{short(path)}:{node.lineno} {node.value}"
        for path in python_files("app/rules")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and (isinstance(node.value, float) or node.value not in PLAIN_NUMBERS)
    ]
    assert found == []


def test_every_source_file_says_what_it_is_for() -> None:
    silent = [
        short(path)
        for path in python_files(*PROGRAM)  # a test's names say what it proves
        if path.name != "__init__.py" and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_no_file_names_a_person_s_machine() -> None:
    homes = re.compile(r"/(?:root|home/\w+|Users/\w+)/")
    named = [
        short(path)
        for path in python_files(*PROGRAM, "tests")
        if homes.search(path.read_text(encoding="utf-8")) and path.name != "test_sources.py"
    ]
    assert named == []
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o100


def test_acts_that_write_nothing_open_the_book_for_reading() -> None:
    """`open_book` takes SQLite's one write lock, so a block that commits nothing reads instead."""
    held = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("app/services")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.With)
        and any("open_book()" in ast.unparse(item.context_expr) for item in node.items)
        and not any(".commit()" in ast.unparse(part) for part in node.body)
    ]
    assert held == []
