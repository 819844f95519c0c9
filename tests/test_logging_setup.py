import json
import logging
from pathlib import Path

import pytest

from app.logging_setup import redact, start_logging

PLANTED = {
    "PAN": "ACUPA7085R",
    "PAN in small letters": "acupa7085r",
    "PAN in parts": "ACUPA 7085 R",
    "PAN with hyphens": "ACUPA-7085-R",
    "PAN spelt": "A C U P A 7 0 8 5 R",
    "PAN with hard spaces": "ACUPA\u00a07085\u00a0R",
    "Aadhaar": "999941057058",
    "Aadhaar spaced": "9999 4105 7058",
    "phone": "+91 98765 43210",
    "phone plain": "9876543210",
    "mail": "ravi.reddy@example.co.in",
    "account": "50100123456789",
}


@pytest.fixture
def log_file(tmp_path: Path):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging(tmp_path, "INFO")
    yield tmp_path / "logs" / "kasauti.log"
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before, level


@pytest.mark.parametrize("kind", PLANTED)
def test_personal_numbers_leave_no_trace(kind: str):
    assert PLANTED[kind] not in redact(f"customer {PLANTED[kind]}, again ({PLANTED[kind]})")


def test_a_pan_inside_a_name_leaves_no_trace():
    assert "ACUPA7085R" not in redact("saved scan_ACUPA7085R.png and pan=ACUPA7085R;")


def test_amounts_dates_and_references_stay_readable():
    text = "A-1662 sanctioned 1000000 paise on 2026-11-23, 60 months, hash 3d517a2628b17ce6"
    assert redact(text) == text


def test_planted_numbers_are_absent_from_messages_and_traces(log_file: Path):
    logger = logging.getLogger("planted")
    for value in PLANTED.values():
        logger.info("seen %s", value)
        try:
            raise ValueError(value)  # noqa: TRY301  # the trace is what is tested
        except ValueError:
            logger.exception("failed on %s", value)
    content = log_file.read_text(encoding="utf-8")
    assert [value for value in PLANTED.values() if value in content] == []
    lines = [json.loads(line) for line in content.splitlines()]
    assert len(lines) == 2 * len(PLANTED)
    assert "trace" in lines[1]
