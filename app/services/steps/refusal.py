"""The one way a service says no: a sentence for the person, a code for scripts."""

from enum import IntEnum


class RefusalKind(IntEnum):
    """Why, as the exit code of `commands.md`."""

    CONFIGURATION = 3
    UNREACHABLE = 4
    SCHEMA = 5
    MODEL = 6
    BAD_INPUT = 7
    NOT_PERMITTED = 8
    CONFLICT = 9
    INTEGRITY = 10


class Refused(Exception):  # noqa: N818  # it is an answer, not a fault
    """A request that is not carried out.

    Attributes:
        kind: the reason, also the exit code.
        sentence: what a person reads; never SQL, a traceback or an identity number.
        fields: sentence by field name, for the error summary and `error.fields`.
    """

    def __init__(
        self, kind: RefusalKind, sentence: str, fields: dict[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
        self.fields = dict(fields or {})


def bad_input(fields: dict[str, str]) -> Refused:
    """Refuse a request for what its fields hold; the sentence counts the fields."""
    count = len(fields)
    head = "1 thing to fix" if count == 1 else f"{count} things to fix"
    return Refused(RefusalKind.BAD_INPUT, f"{head}: {'; '.join(fields.values())}", fields)
