"""JSON into a border dataclass, every fault a sentence at its field; unknown fields are refused."""

from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from app.services.steps.refusal import RefusalKind, Refused, bad_input

FormT = TypeVar("FormT")
MOST_FAULTS = 20
LONGEST_NAME = 60
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
_SENTENCES = {
    "missing": "Enter the {name}",
    "unexpected_keyword_argument": "There is no field “{name}”: check the spelling",
    "tuple_type": "This is a list, like [ … ]",
    "dataclass_type": "This is an object, like { … }",
}
_UNION_STEPS = ("function-plain", "none", "nullable")


def _adapter(form: type) -> TypeAdapter[Any]:
    """The reader of a form, built once: building costs more than reading."""
    if form not in _ADAPTERS:
        _ADAPTERS[form] = TypeAdapter(form)
    return _ADAPTERS[form]


def read_form(form: type[FormT], value: object) -> FormT:
    """The typed form of one JSON object.

    Raises:
        Refused: it is no object, or fields are unknown, missing or wrong (`fields` names each).
    """
    if not isinstance(value, dict):
        raise Refused(RefusalKind.BAD_INPUT, "The file holds one JSON object, like {“…”: …}")
    try:
        return cast("FormT", _adapter(form).validate_python(value))
    except ValidationError as fault:
        faults: dict[str, str] = {}
        for each in fault.errors(include_url=False)[:MOST_FAULTS]:
            faults.setdefault(_place(each), _sentence(each))
        raise bad_input(faults) from None  # the original quotes what was typed
    except RecursionError:
        raise Refused(RefusalKind.BAD_INPUT, "The file is nested too deeply") from None


def _place(fault: ErrorDetails) -> str:
    """`collateral.1.collateral_value`: lists count from one, as on the form."""
    steps = [
        str(step + 1) if isinstance(step, int) else step
        for step in fault["loc"]
        if step not in _UNION_STEPS and not str(step).startswith("function-")
    ]
    return ".".join(_shown(step) for step in steps) or "file"


def _shown(name: str) -> str:
    """A field name somebody typed: printable and short."""
    plain = "".join(mark if mark.isprintable() else "?" for mark in name)
    return plain[:LONGEST_NAME]


def _sentence(fault: ErrorDetails) -> str:
    kind = fault["type"]
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    name = _shown(str(fault["loc"][-1])).replace("_", " ")
    return _SENTENCES.get(kind, "Check the {name}").replace("{name}", name)
