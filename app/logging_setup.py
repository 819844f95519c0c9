"""Logs as JSON lines in the data folder, with personal data taken out after formatting.

Redaction works on the finished text, so that it reaches messages, arguments and tracebacks
alike: PAN, Aadhaar, phone numbers, mail addresses and long account numbers. Nothing is sent.
"""

import json
import logging
import logging.handlers
import re
from pathlib import Path

LOG_FILES = 5
LOG_BYTES = 5_000_000

_ALONE, _ENDS = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_GAP = r"[\s\u00a0._/-]"  # what people type between the parts of a number
_PAN_IN_PARTS = rf"[A-Za-z]{{5}}{_GAP}?[0-9]{{4}}{_GAP}?[A-Za-z]"
_PAN_SPELT = rf"(?:[A-Za-z]{_GAP}){{5}}(?:[0-9]{_GAP}){{4}}[A-Za-z]"

_PATTERNS = (
    (re.compile(f"{_ALONE}(?:{_PAN_IN_PARTS}|{_PAN_SPELT}){_ENDS}"), "[PAN]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"(?<![\w-])(?:\+?91[ -]?)?[6-9][0-9]{4}[ -]?[0-9]{5}(?![\w-])"), "[phone]"),
    (re.compile(r"(?<![\w-])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![\w-])"), "[Aadhaar]"),
    (re.compile(r"(?<![\w.-])[0-9]{9,18}(?![\w-])"), "[number]"),
)


def redact(text: str) -> str:
    """Take personal numbers and addresses out of a text.

    >>> redact("PAN ABCPE1234F, call 98765 43210")
    'PAN [PAN], call [phone]'
    """
    for pattern, mark in _PATTERNS:
        text = pattern.sub(mark, text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line: instant, level, logger, message and, for faults, the trace."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted line of a record."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def start_logging(folder: Path, level: str) -> None:
    """Write this process's log to `folder/logs/kasauti.log`, five files of 5 MB at most."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        logs / "kasauti.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
