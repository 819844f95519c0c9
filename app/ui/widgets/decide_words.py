"""Who decides a proposal, in words for the person at the desk."""

from PySide6.QtCore import QCoreApplication

from app.rules.permissions import Act, may, roles_for
from app.services.read_rules import ProposalLine
from app.services.steps.desk import Actor
from app.ui.widgets.lending_cells import word_of


def waiting_words(line: ProposalLine, person: Actor) -> str:
    """Who else has to decide; empty for a person who may."""
    deciders = ", ".join(word_of("role", role) for role in roles_for(Act.APPROVE_RULE))
    if line.own:
        words = _tr("You proposed this change. Another person has to decide it: %1.")
        return words.replace("%1", deciders)
    if may(person.roles, Act.APPROVE_RULE):
        return ""
    return _tr("This change waits for the decision of: %1.").replace("%1", deciders)


def _tr(words: str) -> str:
    return QCoreApplication.translate("DecideWords", words)
