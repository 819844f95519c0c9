"""The verbs `import`, `import-undo` and `batch-score`.

Source: commands.md (Import and batch). A mapping is suggested without anybody at the desk; rows are
written by a person.
"""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from app.cli.json_reading import read_json
from app.cli.progress_bar import progress_bar
from app.cli.verb import Access, Answered, Verb
from app.cli.who_acts import acting_desk
from app.services.import_rows import (
    ImportDone,
    ImportRows,
    RowProblem,
    import_rows,
    suggest_mapping,
    undo_import,
)
from app.services.score_application import score_pending
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, bad_input
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.operations import ImportKind


def run_import(arguments: argparse.Namespace, desk: Desk) -> object:
    """Answer `import FILE`; exit 7 when rows are wrong and nothing was written."""
    kind = ImportKind(arguments.kind)
    if arguments.suggest_mapping:
        return _suggested(arguments, kind)
    if arguments.mapping is None:
        raise bad_input({"mapping": "Name the mapping with --mapping FILE, or --suggest-mapping"})
    person = replace(arguments.verb, access=Access.WRITES)
    acting = acting_desk(person, getattr(arguments, "staff_id", None), desk)
    request = ImportRows(
        file=Path(arguments.file),
        kind=kind,
        mapping=_mapping(arguments),
        check_only=arguments.check_only,
        good_rows_only=arguments.good_rows_only,
        again=arguments.again,
    )
    done = import_rows(request, acting, progress_bar(arguments))
    answer = _answer(done)
    refused = done.import_id is None and not request.check_only
    return Answered(answer, RefusalKind.BAD_INPUT) if refused else answer


def run_undo(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `import-undo ID`."""
    try:
        import_id = UUID(arguments.import_id)
    except ValueError as fault:
        raise bad_input({"import_id": "Name the import by the id that import gave"}) from fault
    undone = undo_import(import_id, desk)
    return {"import_id": undone.import_id, "removed": undone.removed}


def run_batch_score(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `batch-score`: every waiting application that has no score."""
    scored = score_pending(desk, progress_bar(arguments))
    return {"scored": scored.scored, "out_of_range": scored.out_of_range}


def _suggested(arguments: argparse.Namespace, kind: ImportKind) -> dict[str, object]:
    """The mapping itself, so that the answer can be saved and handed back."""
    found = suggest_mapping(Path(arguments.file), kind)
    mapping = dict(found.mapping)
    if arguments.currency is not None:
        mapping["currency"] = _currency(arguments.currency)
    return {
        **mapping,
        "about": {
            "missing": found.missing,
            "unused_columns": found.unused_columns,
            "notes": found.notes,
        },
    }


def _mapping(arguments: argparse.Namespace) -> object:
    """The mapping file, without the remarks that a suggestion carries."""
    content = read_json(arguments.mapping)
    if isinstance(content, dict):
        content.pop("about", None)
        if arguments.currency is not None:
            content["currency"] = _currency(arguments.currency)
    return content


def _currency(text: str) -> dict[str, str]:
    code, equals, factor = text.partition("=")
    if not equals or not code.isalpha() or not factor:
        raise bad_input({"currency": "Write the currency like USD=83.25"})
    return {"code": code.upper(), "factor": factor}


def _answer(done: ImportDone) -> dict[str, object]:
    return {
        "import_id": done.import_id,
        "rows": done.rows,
        "written": done.written,
        "warnings": _problems(done.warnings),
        "errors": _problems(done.errors),
        "warning_count": done.warning_count,
        "error_count": done.error_count,
        "currency": done.currency_note,
        "scored": done.scored,
        "bands": {band.value: count for band, count in done.bands.items()},
    }


def _problems(problems: Iterable[RowProblem]) -> list[dict[str, object]]:
    return [{"row": each.row, "column": each.column, "message": each.message} for each in problems]


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = [str(kind) for kind in ImportKind]
    parser.add_argument("file", metavar="FILE", help="CSV file")
    parser.add_argument("--kind", choices=kinds, default=str(ImportKind.APPLICATIONS))
    parser.add_argument("--suggest-mapping", action="store_true", help="print a mapping")
    parser.add_argument("--mapping", metavar="FILE", help="how columns become fields (JSON)")
    parser.add_argument("--currency", metavar="CODE=FACTOR", help="rupees a unit, like USD=83.25")
    parser.add_argument("--check-only", action="store_true", help="write nothing")
    parser.add_argument("--good-rows-only", action="store_true", help="leave wrong rows out")
    parser.add_argument("--again", action="store_true", help="import the very same file again")


def _undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("import_id", metavar="ID")


def _batch_arguments(parser: argparse.ArgumentParser) -> None:
    pending = str(ApplicationStatus.PENDING)
    parser.add_argument("--status", choices=[pending], default=pending)


VERBS = (
    Verb("import", "bring rows of a file in", _import_arguments, run_import, Access.OPEN),
    Verb("import-undo", "take an import back", _undo_arguments, run_undo, Access.WRITES),
    Verb(
        "batch-score",
        "score what has no score yet",
        _batch_arguments,
        run_batch_score,
        Access.WRITES,
    ),
)
