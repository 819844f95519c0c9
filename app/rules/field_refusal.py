"""The base of refusals that name the field to put right, so that a form shows them beside it."""


class FieldRefusedError(ValueError):
    """An input that a rule cannot take; its text is the sentence for people.

    Attributes:
        field: the field at fault, as screens and verbs know it.
    """

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)
