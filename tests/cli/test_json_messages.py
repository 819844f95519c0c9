import json
from argparse import Namespace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from app.cli.json_messages import LINE_WIDTH, document, percent_of, refusal, table
from app.cli.verb_table import _for_people
from db.vocabulary.people import Gender


def test_values_take_their_json_form():
    answer = {"a": Decimal("1.5"), "b": date(2026, 9, 30), "c": Gender.FEMALE, "d": UUID(int=1)}
    assert json.loads(document(answer)) == {
        "a": 1.5,
        "b": "2026-09-30",
        "c": "Female",
        "d": "00000000-0000-0000-0000-000000000001",
    }
    assert percent_of(None) is None
    with pytest.raises(TypeError):
        document({"a": object()})
    with pytest.raises(ValueError, match="JSON"):
        document({"a": float("nan")})


def test_a_refusal_is_one_line():
    line = refusal("bad_input", "1 thing to fix", {"a": "Enter a"})
    assert "\n" not in line
    assert json.loads(line)["error"]["fields"] == {"a": "Enter a"}


def test_people_get_a_table():
    answer = {
        "total": None,
        "done": True,
        "sums": {"a": 1},
        "words": ["x", "y"],
        "rows": [{"row_id": "7", "name": "x" * 60, "parts": []}, {"row_id": "8", "name": None}],
    }
    text = table(answer)
    for part in ("total: —", "done: yes", "sums: a 1", "words: x; y", "rows (2)", "row_id"):
        assert part in text
    assert "row_id" not in table(answer, brief=True)
    assert max(map(len, table(answer, width=59).splitlines())) < 60
    assert table([answer, "plain"]).endswith("plain")


LONG = "Keys lie in a file of the data folder: use an operating system key ring"
CHECKS = {
    "state": "warn",
    "checks": [
        {"name": "keys", "state": "warn", "detail": LONG},
        {"name": "rules", "state": "ok", "detail": "382 rows"},
    ],
}


def test_a_line_that_fits_is_left_alone():
    assert table(CHECKS, width=100).splitlines()[3:] == [
        "name   state  detail",
        f"keys   warn   {LONG}",
        "rules  ok     382 rows",
    ]


@pytest.mark.parametrize("width", [38, 40, 60, 84])
def test_the_last_column_wraps_below_itself_and_loses_nothing(width):
    lines = table(CHECKS, width=width).splitlines()[3:]
    assert max(map(len, lines)) <= width
    assert [line[:14].strip() for line in lines if line[0] != " "] == [
        "name   state",
        "keys   warn",
        "rules  ok",
    ]
    assert " ".join(line[14:].strip() for line in lines) == f"detail {LONG} 382 rows"


@pytest.mark.parametrize("width", [20, 30, 37])
def test_where_no_table_fits_every_row_is_a_block_and_loses_nothing(width):
    lines = table(CHECKS, width=width).splitlines()[3:]
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == (
        f"name keys state warn detail {LONG} name rules state ok detail 382 rows"
    )
    assert lines.count("") == 1


def test_few_columns_are_as_many_as_fit():
    answer = {"rows": [{"row_id": "7", "a": "x" * 30, "b": "y" * 30, "c": "z" * 30}]}
    assert table(answer, brief=True, width=70).splitlines()[2].split() == ["a", "b"]
    assert table(answer, brief=True, width=50).splitlines()[2].split() == ["a"]


def test_a_cursor_is_never_broken():
    cursor = "W" * 150
    assert f"next: {cursor}" in table({"next": cursor}, width=80).splitlines()


@pytest.mark.parametrize(("columns", "width"), [("44", 44), ("90", 90), ("0", LINE_WIDTH)])
def test_a_verb_prints_as_wide_as_the_terminal(columns, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)  # "0": the terminal says nothing, as a pipe does
    monkeypatch.setattr("sys.__stdout__", None)
    assert _for_people(CHECKS, Namespace()) == table(CHECKS, width=width)
