"""The size budgets of architecture.md 4 that ruff has no rule for."""

import ast

from tests.architecture.source_files import PROGRAM, python_files, short, tree_of

FILE_LINES, FUNCTION_LINES, CLASS_LINES = 300, 40, 200
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_its_budget() -> None:
    lengths = {
        short(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*PROGRAM, "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_or_class_is_longer_than_its_budget() -> None:
    too_long = []
    for path in python_files(*PROGRAM):
        for node in ast.walk(tree_of(path)):
            budget = FUNCTION_LINES if isinstance(node, FUNCTIONS) else CLASS_LINES
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and _length(node) > budget:
                too_long.append(f"{short(path)}:{node.lineno} {node.name}: {_length(node)} lines")
    assert too_long == []
