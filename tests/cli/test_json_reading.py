import io
from decimal import Decimal

import pytest

from app.cli import json_reading
from app.cli.json_reading import read_json
from app.services.steps.refusal import RefusalKind, Refused


def test_numbers_stay_exact(tmp_path):
    file = tmp_path / "in.json"
    file.write_bytes(b'\xef\xbb\xbf{"a": 0.1, "b": 3, "c": "\xe0\xa4\x86"}')
    assert read_json(str(file)) == {"a": Decimal("0.1"), "b": 3, "c": "आ"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'"\xff"',
        b'{"a": ' + b"1" * 500 + b"}",
        b'{"a": 0.' + b"1" * 500 + b"}",
        b"[" * 200_000,
        b" " * 10_000_001,
    ],
    ids=["empty", "cut", "nan", "infinity", "twice", "bytes", "long", "fine", "deep", "large"],
)
def test_what_is_not_clean_json_is_refused_in_a_sentence(tmp_path, content):
    file = tmp_path / "in.json"
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_json(str(file))
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert str(tmp_path) not in refused.value.sentence


def test_a_missing_file_and_standard_input(tmp_path, monkeypatch):
    with pytest.raises(Refused, match="cannot be read"):
        read_json(str(tmp_path / "none.json"))
    with pytest.raises(Refused, match="cannot be read"):
        read_json("a\0b")
    stdin = io.TextIOWrapper(io.BytesIO(b"[1]"))
    monkeypatch.setattr(json_reading.sys, "stdin", stdin)
    assert read_json("-") == [1]
