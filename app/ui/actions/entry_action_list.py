"""The actions of the lists in the application form: entries and papers (screens.md part F)."""

from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

_FORM = "application_form"


def _add(action_id: str, text: str, icon: str = "plus") -> ActionSpec:
    return ActionSpec(action_id, text, context=_FORM, style="link", icon=icon)


ENTRY_ACTIONS = (
    _add("collateral.add", QT_TRANSLATE_NOOP("Actions", "Add security")),
    _add("collateral.remove", QT_TRANSLATE_NOOP("Actions", "Remove security"), "trash"),
    _add("guarantor.add", QT_TRANSLATE_NOOP("Actions", "Add guarantor")),
    _add("guarantor.remove", QT_TRANSLATE_NOOP("Actions", "Remove guarantor"), "trash"),
    _add("co_applicant.add", QT_TRANSLATE_NOOP("Actions", "Add co-applicant")),
    _add("co_applicant.remove", QT_TRANSLATE_NOOP("Actions", "Remove co-applicant"), "trash"),
    _add("document.attach", QT_TRANSLATE_NOOP("Actions", "Attach document")),
    _add("document.check", QT_TRANSLATE_NOOP("Actions", "Seen in original"), "check"),
    _add("document.remove", QT_TRANSLATE_NOOP("Actions", "Remove document"), "trash"),
)
