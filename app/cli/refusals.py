"""Every known error as a code, a sentence and an exit code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.rules.permissions import NotPermittedError
from app.rules.rule_rows import RuleError
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from app.settings import SettingsError
from db.records.refusals import (
    BookBusy,
    BookError,
    BookUnreachable,
    ImportInUse,
    KeyFileExposed,
    KeyMissing,
    SchemaTooNew,
    SchemaTooOld,
    SealBroken,
    VersionConflict,
)

FAULT_CODE = 1
REFUSALS = (Refused, BookError, SettingsError, NotPermittedError, RuleError, StoppedError)
STOPPED = 130

_BOOK_KINDS: Mapping[type[BookError], RefusalKind] = {
    BookUnreachable: RefusalKind.UNREACHABLE,
    BookBusy: RefusalKind.CONFLICT,
    SchemaTooOld: RefusalKind.SCHEMA,
    SchemaTooNew: RefusalKind.SCHEMA,
    VersionConflict: RefusalKind.CONFLICT,
    ImportInUse: RefusalKind.CONFLICT,
    KeyMissing: RefusalKind.INTEGRITY,
    KeyFileExposed: RefusalKind.CONFIGURATION,
    SealBroken: RefusalKind.INTEGRITY,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a script and a person are told."""

    code: str
    sentence: str
    exit_code: int
    fields: dict[str, str] = field(default_factory=dict)


def told(fault: Exception) -> Told:
    """The refusal of a known error; anything else is an unexpected fault."""
    if isinstance(fault, Refused):
        return _of(fault.kind, fault.sentence, fault.fields)
    if isinstance(fault, BookError):
        return _of(_BOOK_KINDS.get(type(fault), RefusalKind.BAD_INPUT), fault.sentence)
    if isinstance(fault, SettingsError):
        return _of(RefusalKind.CONFIGURATION, fault.sentence)
    if isinstance(fault, NotPermittedError):
        return _of(RefusalKind.NOT_PERMITTED, str(fault))
    if isinstance(fault, StoppedError):
        return Told("interrupted", fault.sentence, STOPPED)
    return _of(RefusalKind.BAD_INPUT, str(fault))


def _of(kind: RefusalKind, sentence: str, fields: Mapping[str, str] | None = None) -> Told:
    return Told(kind.name.lower(), sentence, int(kind), dict(fields or {}))
