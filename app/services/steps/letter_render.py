"""From the values of a letter to its PDF or its pages; faults become refusals."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.file_formats.font_coverage import ScriptMissingError
from app.file_formats.pdf_out import Letter, LetterNotMadeError, render_pages, render_pdf
from app.resource_files import resource
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import LetterKind


def rendered(kind: LetterKind, values: Mapping[str, Any]) -> Letter:
    """The PDF of a letter.

    Raises:
        Refused: a character has no font, the template or a font is damaged.
    """
    with _refusals():
        return render_pdf(kind.value, values, resource("letters"), resource("fonts"))


def rendered_report(template: str, values: Mapping[str, Any]) -> Letter:
    """The PDF of a report, which is no letter to anybody.

    Raises:
        Refused: as `rendered`.
    """
    with _refusals():
        return render_pdf(template, values, resource("letters"), resource("fonts"))


def pictured(kind: LetterKind, values: Mapping[str, Any], ppi: float) -> tuple[bytes, ...]:
    """The pages of a letter as PNG pictures.

    Raises:
        Refused: as `rendered`.
    """
    with _refusals():
        return render_pages(kind.value, values, resource("letters"), resource("fonts"), ppi)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ScriptMissingError as fault:
        raise Refused(RefusalKind.BAD_INPUT, fault.sentence) from fault
    except LetterNotMadeError as fault:
        raise Refused(RefusalKind.INTEGRITY, fault.sentence) from fault
