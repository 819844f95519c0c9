"""S22: a new customer, or the facts of one changed. Typing goes to a draft, saving to the book."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.keep_draft import open_draft
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import CustomerFacts, CustomerRegistered, check_customer
from app.ui.actions.action_button import action_button
from app.ui.screens.customer_form.customer_commit import CustomerCommit
from app.ui.screens.customer_form.customer_inputs import DUES, CustomerInputs
from app.ui.screens.customer_form.live_notes import LiveNotes
from app.ui.screens.customer_form.side_panel import SidePanel
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.draft_keeper import DraftForm, DraftKeeper
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.leave_question import Leaving, ask_leaving
from app.ui.widgets.screen import Crumb, Heading, Screen
from db.records.lists import SimilarCustomer
from db.records.people import Customer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.rulebook import Rulebook
    from app.ui.widgets.workbench import Workbench
