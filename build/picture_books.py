"""Books in a rare state for pictures: a few loans, closed by their people but for some.

Nothing is written past the acts: every loan is foreclosed by a maker and a checker.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from app.services.steps.desk import Desk

CUSTOMERS, APPLICATIONS = 4, 6


def book_of_few(desk: "Desk", home: Path, kept: int) -> "Desk":
    """The checker at a new sandbox in which `kept` loans are open and every other one is closed."""
    from app.book_ports import BookPorts
    from app.services.find_loans import FindLoans, find_loans
    from app.services.make_sample_book import MakeSampleBook, make_sample_book
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
    from db.records.lists import LoanFilter

    folder = home / f"open-{kept}"
    folder.mkdir()
    ports = BookPorts(f"sqlite:///{folder / 'sandbox.sqlite3'}", folder, Path())
    made = replace(ports.desk(), model=desk.model, clock=desk.clock, sandbox=True)
    make_sample_book(MakeSampleBook(customers=CUSTOMERS, applications=APPLICATIONS), made)
    checker = made.acting(sandbox_actor(CHECKER))
    rows = find_loans(FindLoans(LoanFilter()), checker).page.rows
    for row in [each for each in rows if each.outstanding_paise][kept:]:
        _close(made, row.loan_id)
    return checker


def _close(desk: "Desk", loan_id: "UUID") -> None:
    from app.services.decide_loan_change import DecideLoanChange, confirm_loan_change
    from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
    from app.services.steps.ids import new_id
    from app.services.steps.loan_change import LoanChange
    from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
    from db.vocabulary.loan_account import LoanAct
    from db.vocabulary.loan_life import PaymentMethod

    maker, checker = (desk.acting(sandbox_actor(each)) for each in (MAKER, CHECKER))
    change = LoanChange(LoanAct.FORECLOSURE, desk.clock.today(), method=PaymentMethod.UPI)
    request = ProposeLoanChange(new_id(maker), loan_id, change, "asked for by the borrower")
    waiting = propose_loan_change(request, maker)
    confirm_loan_change(DecideLoanChange(new_id(checker), waiting.act_id), checker)
