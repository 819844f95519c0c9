"""What a panel says of the age of its values."""

from PySide6.QtWidgets import QApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.permissions import Act, roles_for
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.workbench import Workbench
from db.vocabulary.people import Role

_ROLES = {
    Role.OFFICER: "officers",
    Role.ASSISTANT: "assistants",
    Role.SUPERVISOR: "supervisors",
    Role.RISK_ANALYST: "risk analysts",
    Role.COLLECTIONS: "collectors",
    Role.ADMIN: "administrators",
    Role.AUDITOR: "auditors",
}


def moment_words(bench: Workbench | None) -> str:
    """Now by the book's clock, as in "30 Sep 2026 13:40"; empty without a bench."""
    if bench is None:
        return ""
    instant = bench.desk.clock.now()
    return f"{date_shown(bank_day(instant))} {bank_moment(instant):%H:%M}"


def old_words(failure: TaskFailed, as_of: str) -> str:
    """Why old values are shown, and of when they are."""
    if failure.offline:
        return _tr("Data as of %1, offline").replace("%1", as_of)
    sentence = failure.sentence.rstrip(".") + "."
    return _tr("Data as of %1, not read again. %2").replace("%1", as_of).replace("%2", sentence)


def failure_words(failure: TaskFailed, still_works: str) -> tuple[str, str]:
    """The sentence of a failure, and the muted line below it: what still works, the reference."""
    more = still_works or _tr("Everything that was already read stays on its page.")
    if failure.report_id:
        more += " " + _tr("Reference %1.").replace("%1", failure.report_id)
    return failure.sentence.rstrip(".") + ".", more


def only_words(act: Act) -> str:
    """Who may see what an act is needed for: "Only supervisors and auditors see this"."""
    plural = {role: _tr(words) for role, words in _ROLES.items()}
    who = [plural[role] for role in roles_for(act)]
    several = _tr("%1 and %2").replace("%1", ", ".join(who[:-1])).replace("%2", who[-1])
    return _tr("Only %1 see this").replace("%1", several if len(who) > 1 else who[0])


def _tr(words: str) -> str:
    return QApplication.translate("StateWords", words)
