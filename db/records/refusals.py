"""Why the book could not be read or written, each with a sentence fit for a person.

The sentences follow screens.md F6: no SQL, no traceback, no identity number.
"""


class BookError(Exception):
    """Anything the book refuses or cannot do.

    Attributes:
        sentence: what a person reads.
    """

    sentence = "The book could not be used"

    def __init__(self, sentence: str | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)


class BookUnreachable(BookError):  # noqa: N818  # names of this package say the state found
    """No connection: wrong address, server down, file not readable."""

    sentence = "The book cannot be reached: check the database address and that it is running"


class BookBusy(BookError):  # noqa: N818  # names of this package say the state found
    """Another writer held the book too long, or two writers crossed; a retry may pass."""

    sentence = "Somebody else is writing to the book: try again in a moment"


class BookSlow(BookBusy):
    """The server gave a statement up after its time limit."""

    sentence = "The book took too long to answer: try again in a moment"


class BookStopped(BookError):  # noqa: N818  # names of this package say the state found
    """The person pressed Cancel; the transaction was rolled back."""

    sentence = "Stopped; nothing was saved"


class BookDamaged(BookError):  # noqa: N818  # names of this package say the state found
    """The database refused a statement for a reason that is ours, not the person's."""

    sentence = "The book refused this entry and nothing was saved"


class SchemaTooOld(BookError):  # noqa: N818  # names of this package say the state found
    """The book was made by an older version, or is still empty."""

    sentence = "This book is older than the program: run migrate once"


class SchemaTooNew(BookError):  # noqa: N818  # names of this package say the state found
    """The book was already brought to a newer version."""

    sentence = "This book was made by a newer version of the program: update the program"


class VersionConflict(BookError):  # noqa: N818  # names of this package say the state found
    """The record changed since it was read."""

    sentence = "Somebody changed this record meanwhile: open it again to see the new state"


class NotFound(BookError):  # noqa: N818  # names of this package say the state found
    """No such record in this branch."""

    sentence = "There is no such record in this branch"


class DuplicatePan(BookError):  # noqa: N818  # names of this package say the state found
    """Another customer of the branch has this PAN.

    Attributes:
        reference: that customer's reference, empty when it is not known.
    """

    def __init__(self, reference: str = "") -> None:
        self.reference = reference
        who = f"customer {reference}" if reference else "another customer"
        super().__init__(f"This PAN already belongs to {who}")


class RuleOverlap(BookError):  # noqa: N818  # names of this package say the state found
    """Two rows of one rule and segment would hold on the same day."""

    sentence = "A row of this rule already holds in that period: close it first"


class BadCursor(BookError):  # noqa: N818  # names of this package say the state found
    """A cursor of another list or another sort order."""

    sentence = "This place in the list is no longer known: start again from the top"


class KeyMissing(BookError):  # noqa: N818  # names of this package say the state found
    """The key a value was sealed with is not on this desk."""

    sentence = "The key of the sealed numbers is not on this desk"


class KeyFileExposed(BookError):  # noqa: N818  # names of this package say the state found
    """Others than its owner may read the development key file."""

    sentence = "Other people can read the key file of this desk: let only its owner read it"


class SealBroken(BookError):  # noqa: N818  # names of this package say the state found
    """A sealed value was altered or moved to another place."""

    sentence = "A sealed value was changed outside the program and does not open"


class ImportInUse(BookError):  # noqa: N818  # names of this package say the state found
    """Rows of an import already carry later work."""

    sentence = "Later work depends on this import, so it cannot be undone"
