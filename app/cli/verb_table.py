"""The tree of all verbs and the one place where a verb is run, printed and refused.

Source: commands.md. Exit codes: 0 ok, 1 unexpected, 2 usage, 3 configuration, 4 database, 5 schema,
6 model, 7 bad input, 8 not permitted, 9 busy or conflict, 10 integrity, 130 interrupted.
"""

import argparse
import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TextIO

from app.cli import (
    application_verbs,
    calculation_verbs,
    cohort_verbs,
    customer_verbs,
    day_end_verbs,
    decision_verbs,
    disbursement_verbs,
    document_verbs,
    drift_verbs,
    early_warning_verb,
    import_verbs,
    loan_change_verbs,
    loan_verbs,
    model_verbs,
    portfolio_verbs,
    repayment_verbs,
    report_verb,
    rule_verbs,
    setup_verbs,
    statement_verbs,
    stress_verbs,
    watched_job,
)
from app.cli.json_messages import LINE_WIDTH, document, refusal, table
from app.cli.refusals import FAULT_CODE, REFUSALS, told
from app.cli.verb import Access, Answered, DeskRequest, Verb, day_of
from app.cli.who_acts import acting_desk
from app.services.steps.desk import Desk

VERBS: tuple[Verb, ...] = (
    *setup_verbs.VERBS,
    *customer_verbs.VERBS,
    *application_verbs.VERBS,
    *decision_verbs.VERBS,
    *document_verbs.VERBS,
    *disbursement_verbs.VERBS,
    *loan_verbs.VERBS,
    *statement_verbs.VERBS,
    *loan_change_verbs.VERBS,
    *repayment_verbs.VERBS,
    *day_end_verbs.VERBS,
    *portfolio_verbs.VERBS,
    *cohort_verbs.VERBS,
    *report_verb.VERBS,
    *early_warning_verb.VERBS,
    *stress_verbs.VERBS,
    *drift_verbs.VERBS,
    *rule_verbs.VERBS,
    *calculation_verbs.VERBS,
    *import_verbs.VERBS,
    *model_verbs.VERBS,
    *watched_job.VERBS,
)
INTERRUPTED = 130
USAGE = 2
OK = 0


class UsageError(Exception):
    """The words given are no verb with its arguments."""


class _Parser(argparse.ArgumentParser):
    """A parser that hands its complaint up instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {message}")


def verb_names() -> frozenset[str]:
    """The first words of all verbs."""
    return frozenset(verb.name.split()[0] for verb in VERBS)


def run_verb(argv: Sequence[str], build_desk: Callable[[DeskRequest], Desk]) -> int:
    """Run one verb and return the exit code.

    Args:
        argv: the words after the program's name.
        build_desk: makes the desk that the verb's options ask for.
    """
    as_json = "--json" in argv
    # Before the log file is open a fault must not be printed as a traceback.
    logging.getLogger("app").addHandler(logging.NullHandler())
    try:
        arguments = parser().parse_args(list(argv))
        answer = _answer(arguments, build_desk)
    except UsageError as fault:
        _refuse(as_json, "usage", str(fault), {})
        return USAGE
    except KeyboardInterrupt:
        _refuse(as_json, "interrupted", "Interrupted: nothing was saved half", {})
        return INTERRUPTED
    except REFUSALS as fault:
        answered = told(fault)
        _refuse(as_json, answered.code, answered.sentence, answered.fields)
        return answered.exit_code
    except Exception:
        logging.getLogger(__name__).exception("a verb failed")
        _refuse(as_json, "unexpected", "Something went wrong. The log has the details", {})
        return FAULT_CODE
    done = answer if isinstance(answer, Answered) else Answered(answer, OK)
    _write(document(done.answer) if as_json else _for_people(done.answer, arguments), sys.stdout)
    return done.exit_code


def _for_people(answer: object, arguments: argparse.Namespace) -> str:
    brief = getattr(arguments, "reference", False)
    columns = shutil.get_terminal_size((LINE_WIDTH, 1)).columns
    return table(answer, brief=brief, width=columns)


def parser() -> argparse.ArgumentParser:
    """The tree of verbs; global options stand before or after the verb."""
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _global_options(shared)
    root = _Parser(prog="kasauti", description="The desktop credit desk.", parents=[shared])
    tree = root.add_subparsers(metavar="VERB", required=True, parser_class=_Parser)
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for verb in VERBS:
        first, _, second = verb.name.partition(" ")
        branch, name = tree, first
        if second:
            if first not in groups:
                group = tree.add_parser(first, help=f"{first} …")
                groups[first] = group.add_subparsers(
                    metavar="WHAT", required=True, parser_class=_Parser
                )
            branch, name = groups[first], second
        leaf = branch.add_parser(name, help=verb.help, description=verb.help, parents=[shared])
        verb.arguments(leaf)
        leaf.set_defaults(verb=verb)
    return root


def _global_options(shared: argparse.ArgumentParser) -> None:
    add = shared.add_argument
    add("--json", action="store_true", help="print exactly one JSON document")
    add("--data-dir", help="folder of this desk's files")
    add("--database", help="address of the book (default: SQLite in the data folder)")
    add("--branch", help="branch code, four digits")
    add("--as", dest="staff_id", metavar="STAFF_ID", help="who acts")
    add("--as-of", type=day_of, metavar="YYYY-MM-DD", help="business date")
    add("--config", help="settings file (TOML)")
    add("--lang", help="language of words")
    add("--quiet", action="store_true", help="no progress bar")
    add("--reference", action="store_true", help="fewer columns for people")


def _answer(arguments: argparse.Namespace, build_desk: Callable[[DeskRequest], Desk]) -> object:
    verb: Verb = arguments.verb
    given = {
        name: getattr(arguments, name, None)
        for name in ("data_dir", "database", "branch", "as_of", "config", "lang")
    }
    if hasattr(arguments, "language"):  # of a letter: `--lang` means that one here
        given["lang"] = None
    request = DeskRequest(
        **given,
        sandbox=verb.access is Access.SANDBOX,
        opens_book=verb.access is not Access.NO_BOOK,
        migrates=verb.access is Access.MIGRATES,
    )
    desk = acting_desk(verb, getattr(arguments, "staff_id", None), build_desk(request))
    return verb.run(arguments, desk)


def _refuse(as_json: bool, code: str, sentence: str, fields: dict[str, str]) -> None:  # noqa: FBT001  # one private caller
    lines = [sentence, *(f"  {name}: {text}" for name, text in fields.items())]
    _write(refusal(code, sentence, fields) if as_json else "\n".join(lines), sys.stderr)


def _write(text: str, stream: TextIO) -> None:
    """Print in UTF-8 whatever the terminal thinks; a captured stream may have no bytes below."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        print(text, file=stream)
        return
    buffer.write((text + "\n").encode())
    buffer.flush()
