"""The composition root: the one file that knows every part and wires them.

Rooms are imported when they are first needed, so that the window paints before SQLAlchemy,
numpy or the model have been loaded, and so that a verb never loads Qt.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.logging_setup import start_logging
from app.resource_files import resource
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.rules.rulebook import Rulebook
    from db.security.key_store import KeyStore
    from db.unit_of_work import UnitOfWork
    from ml.runtime.risk_model import RiskModel

BANK_TIME = ZoneInfo("Asia/Kolkata")
SANDBOX_BOOK = "sandbox.sqlite3"
DESK_BOOK = "kasauti.sqlite3"


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The real clock; `standing` holds the business date still (sandbox, `--as-of`)."""

    standing: date | None = None

    def today(self) -> date:
        """The business date in the bank's time zone."""
        return self.standing or self.now().astimezone(BANK_TIME).date()

    def now(self) -> datetime:
        """The present instant in UTC; on a standing day, that day at the present time."""
        instant = datetime.now(UTC)  # noqa: TID251  # this is the Clock port
        if self.standing is None:
            return instant
        return datetime.combine(self.standing, instant.timetz())


@dataclass(frozen=True)
class BookPorts:
    """Opens the book, its rules and the model, each when it is first asked for.

    Attributes:
        url: address of the book.
        data_dir: folder of keys and drafts.
        model_dir: folder of the champion.
        today: day on which signing keys must be valid.
    """

    url: str
    data_dir: Path
    model_dir: Path
    today: date
    _rules: list["Rulebook"] = field(default_factory=list)
    _model: list["RiskModel"] = field(default_factory=list)

    @cached_property
    def engine(self) -> "Engine":
        """The one engine of this process, its schema brought to this version first."""
        from db.engine import make_engine
        from db.migrations import runner

        engine = make_engine(self.url)
        if runner.current(engine) is None:
            runner.upgrade(engine, shipped_rules())
        runner.ensure_current(engine)
        return engine

    @cached_property
    def key_store(self) -> "KeyStore":
        """The keys of this desk, made at first use."""
        from db.security.key_store import open_key_store

        return open_key_store(self.data_dir)

    def open_book(self) -> "UnitOfWork":
        """Start a unit of work."""
        from db.unit_of_work import open_unit_of_work

        return open_unit_of_work(self.engine, self.key_store.keys())

    def rulebook(self) -> "Rulebook":
        """The rules of the book, read once."""
        if not self._rules:
            from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows

            with self.open_book() as book:
                rows = parse_rule_rows(book.reference.rule_rows_json())
                products = parse_products(book.reference.products_json())
            self._rules.append(Rulebook(rows, products))
        return self._rules[0]

    def model(self) -> "RiskModel":
        """The champion, verified before use.

        Raises:
            Refused: its files, signature or golden vectors are not as they must be.
        """
        if not self._model:
            from ml.runtime.model_file import load_model, read_keys
            from ml.runtime.model_refused import ModelRefused

            try:
                keys = read_keys(resource("models/keys.json"), self.today)
                self._model.append(load_model(self.model_dir, keys))
            except ModelRefused as refusal:
                logging.getLogger(__name__).exception("model refused")
                raise Refused(RefusalKind.MODEL, refusal.sentence) from refusal
        return self._model[0]


def shipped_rules() -> "ShippedData":
    """The rule rows and products as shipped, for the first rows of a new book."""
    import json

    from db.migrations.runner import ShippedData

    def loaded(name: str) -> dict[str, object]:
        content: dict[str, object] = json.loads(
            resource(f"rules/{name}").read_text(encoding="utf-8")
        )
        return content

    return ShippedData(loaded("rule-rows.json"), loaded("products.json"))
