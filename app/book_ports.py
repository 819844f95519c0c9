"""The ports of one book: its engine, keys, rules, model and clock, each opened when asked for."""

import json
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.resource_files import resource
from app.rules.bank_time import bank_day, moment_on
from app.services.steps.desk import Desk
from app.services.steps.file_kinds import BUILT_IN_LIMITS
from app.services.steps.refusal import RefusalKind, Refused

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from db.engine import BookEngine
    from db.notices import Notices
    from db.security.key_store import BookKeys
    from db.tables.shipped_rows import ShippedData
    from db.unit_of_work import UnitOfWork
    from ml.runtime.risk_model import RiskModel


class BookPorts:
    """Opens the book, its rules and the model, each when it is first asked for.

    Attributes:
        url: address of the book.
        lift: whether an older book of a server may be brought to this version (`migrate`).
        found_schema: the book's revision when it was opened, None for an empty one.
        standing_day: the sandbox's day, known once the book has been opened.
        attachment_limits: what files this desk takes.
    """

    def __init__(self, url: str, data_dir: Path, model_dir: Path) -> None:
        self.url = url
        self.standing_day: date | None = None
        self.sandbox = False
        self.lift = False
        self.found_schema: str | None = None
        self.attachment_limits = BUILT_IN_LIMITS
        self._data_dir = data_dir
        self._model_dir = model_dir
        self._rules: Rulebook | None = None
        self._rules_read_on: date | None = None
        self._model: RiskModel | None = None

    @cached_property
    def engine(self) -> "BookEngine":
        """The one engine of this process, its schema brought to this version first."""
        from db.engine import make_engine
        from db.migrations import runner
        from db.unit_of_work import open_unit_of_work

        engine = make_engine(self.url)
        self.found_schema = runner.bring_current(engine, shipped_rules(), lift=self.lift)
        with open_unit_of_work(engine, self.keys, reading=True) as book:
            kind = book.reference.book()
        self.sandbox, self.standing_day = kind.sandbox, kind.as_of
        return engine

    @cached_property
    def keys(self) -> "BookKeys":
        """The keys of this desk, made at first use."""
        from db.security.key_store import open_key_store

        return open_key_store(self._data_dir).keys()

    def open_book(self) -> "UnitOfWork":
        """Start a unit of work."""
        from db.unit_of_work import open_unit_of_work

        return open_unit_of_work(self.engine, self.keys)

    def rulebook(self) -> "Rulebook":
        """The rules of the book, read once a business day.

        A change starts after the day it is approved, so a day's reading holds for that day.
        """
        today = BookClock(self).today()
        if self._rules is None or self._rules_read_on != today:
            from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows

            with self.open_book().for_reading() as book:
                rows = parse_rule_rows(book.reference.rule_rows_json())
                products = parse_products(book.reference.products_json())
            self._rules, self._rules_read_on = Rulebook(rows, products), today
        return self._rules

    def open_notices(self) -> "Notices":
        """Listen for acts that are committed to the book."""
        from db.notices import open_notices

        return open_notices(self.engine)

    def forget_rules(self) -> None:
        """Read the rules anew when they are asked for next: this desk changed them."""
        self._rules = None

    def model(self) -> "RiskModel":
        """The champion, verified before use.

        Raises:
            Refused: its files, signature or golden vectors are not as they must be.
        """
        if self._model is None:
            from ml.runtime.model_file import load_model, read_keys
            from ml.runtime.model_refused import ModelRefused

            try:
                keys = read_keys(resource("models/keys.json"), BookClock(self).today())
                self._model = load_model(self._model_dir, keys)
            except ModelRefused as refusal:
                logging.getLogger(__name__).exception("model refused")
                raise Refused(RefusalKind.MODEL, refusal.sentence) from refusal
        return self._model

    def desk(self, as_of: date | None = None) -> Desk:
        """A desk on this book with nobody at it; opens nothing by itself."""
        return Desk(
            open_book=self.open_book,
            clock=BookClock(self, as_of),
            rulebook=self.rulebook,
            model=self.model,
            data_dir=self._data_dir,
            sandbox=self.sandbox,
            found_schema=self.found_schema,
            forget_rules=self.forget_rules,
            attachment_limits=self.attachment_limits,
            open_notices=self.open_notices,
        )


@dataclass(frozen=True, slots=True)
class BookClock:
    """The clock of one book: real, or standing at the sandbox's day once the book is known."""

    ports: BookPorts
    as_of: date | None = None

    def today(self) -> date:
        """The business date in the bank's time zone."""
        standing = self._standing()
        return standing or bank_day(self._instant())

    def now(self) -> datetime:
        """The present instant in UTC; on a standing day, that day at the bank's present hour."""
        standing, instant = self._standing(), self._instant()
        return instant if standing is None else moment_on(standing, instant)

    def _standing(self) -> date | None:
        return self.as_of or self.ports.standing_day

    def _instant(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # this is the Clock port


def shipped_rulebook() -> "Rulebook":
    """The rules as shipped, for verbs that work without a book."""
    from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows

    shipped = shipped_rules()
    return Rulebook(parse_rule_rows(shipped.rule_rows), parse_products(shipped.products))


def shipped_rules() -> "ShippedData":
    """The rule rows and products as shipped, for the first rows of a new book."""
    from db.tables.shipped_rows import ShippedData

    def loaded(name: str) -> dict[str, object]:
        content: dict[str, object] = json.loads(
            resource(f"rules/{name}").read_text(encoding="utf-8")
        )
        return content

    return ShippedData(loaded("rule-rows.json"), loaded("products.json"))
