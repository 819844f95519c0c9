import json
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from app.cli.json_messages import document, percent_of, refusal, table
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
    assert max(map(len, text.splitlines())) < 60
    assert table([answer, "plain"]).endswith("plain")
