"""The case of records that are about to be written: the book is not asked.

Sample books and imports know their customers and co-applicants already; everything else goes the
one way of `case_builder`.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.rules.case_facts import CaseFacts, OwnRecord
from app.services.steps.case_builder import case_of, facts_of_application
from db.records.applications import Application
from db.records.people import Customer


def case_of_record(
    application: Application, customer: Customer, own: OwnRecord, co_incomes: Mapping[UUID, int]
) -> CaseFacts:
    """Return everything known of an application, on its application date.

    ``own`` is what our books said of the customer on that day, ``co_incomes`` the monthly income
    of the co-applicants by customer id.
    """
    facts = facts_of_application(application)
    case = case_of(facts, customer, own, co_incomes, application.application_date)
    return replace(case, guarantors=len(application.guarantors))
