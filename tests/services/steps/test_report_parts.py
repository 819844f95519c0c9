from dataclasses import replace
from types import SimpleNamespace

from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.report_parts import scope_words
from tests.services.made_report import OFFICER, head

DESK = SimpleNamespace(person=lambda: SimpleNamespace(branch_id=412))


def test_the_part_of_the_book_is_said_in_words():
    own = MonitorScope()
    assert scope_words(own, head(), DESK) == "branch 0412"
    assert scope_words(replace(own, branch_id=413), head(), DESK) == "branch 0413"
    whole = replace(own, whole_bank=True, product_code="VEHICLE", officer_id=OFFICER)
    assert scope_words(whole, head(), DESK) == "all 2 branches, Vehicle loan, Anita Desai"
    assert scope_words(MonitorScope(whole_bank=True), head(branches=(412,)), DESK) == (
        "the bank's only branch"
    )
    unknown = replace(own, product_code="OLD")
    assert scope_words(unknown, head(products={}), DESK) == "branch 0412, OLD"
