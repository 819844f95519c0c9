"""Which papers a loan asks for, which of them were given, and what that says of the checks.

Source: products-and-rules.md (papers to ask for: `always`, the list of the applicant's work,
`with_security` if any is taken), words.json ``document_kind`` and ``policy_check``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.rules.products import Product
from app.rules.wording import Wording
from db.vocabulary.decisions import PolicyState
from db.vocabulary.loan_life import DocumentKind
from db.vocabulary.people import EmploymentType

INCOME = "INCOME"
# Who has no PAN signs Form 60 in its place (screens.md S22).
_IN_PLACE_OF = {DocumentKind.PAN_CARD: (DocumentKind.FORM_60,)}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the checklist: wanted, given or both."""

    kind: DocumentKind
    wanted: bool
    given: bool
    checked: bool

    @property
    def missing(self) -> bool:
        """Whether it was asked for and is not there."""
        return self.wanted and not self.given


def papers_wanted(
    product: Product, work: EmploymentType | None, *, secured: bool
) -> tuple[DocumentKind, ...]:
    """The papers a product asks for, each once, in the order of its list."""
    lists = ["always", *([] if work is None else [str(work)])]
    lists += ["with_security"] if secured else []
    kinds = [kind for name in lists for kind in product.documents.get(name, ())]
    return tuple(DocumentKind(kind) for kind in dict.fromkeys(kinds))


def paper_states(given: Iterable[tuple[DocumentKind, bool]]) -> tuple[tuple[str, PolicyState], ...]:
    """Papers as a case holds them: by kind, *pass* once one was checked, else *unverified*."""
    states: dict[str, PolicyState] = {}
    for kind, checked in given:
        if checked:
            states[str(kind)] = PolicyState.PASS
        else:
            states.setdefault(str(kind), PolicyState.UNVERIFIED)
    return tuple(states.items())


def checklist(
    wanted: Iterable[DocumentKind], papers: Mapping[str, PolicyState]
) -> tuple[PaperLine, ...]:
    """What is asked for in its order, then what was given beside it."""
    asked = tuple(wanted)
    beside = [kind for kind in DocumentKind if kind in papers and not _serves(kind, asked)]
    lines = [_line(kind, papers, wanted=True) for kind in asked]
    return (*lines, *(_line(kind, papers, wanted=False) for kind in beside))


def _serves(kind: DocumentKind, asked: tuple[DocumentKind, ...]) -> bool:
    return kind in asked or any(kind in _IN_PLACE_OF.get(each, ()) for each in asked)


def _line(kind: DocumentKind, papers: Mapping[str, PolicyState], *, wanted: bool) -> PaperLine:
    kinds = (kind, *_IN_PLACE_OF.get(kind, ()))
    states = [papers[each] for each in kinds if each in papers]
    return PaperLine(kind, wanted, bool(states), PolicyState.PASS in states)


def is_income(kind: DocumentKind, wording: Wording) -> bool:
    """Whether a paper shows income."""
    return bool(wording.entry("document_kind", kind)["group"] == INCOME)
