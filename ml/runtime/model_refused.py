"""The one error of model files: a model that may not be used, with the sentence that says why."""


class ModelRefused(Exception):  # noqa: N818  # it is an answer, not a fault
    """A model file that is missing, changed, badly signed or out of shape. No score follows.

    Attributes:
        sentence: what a person reads; no path, no stack of calls.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
