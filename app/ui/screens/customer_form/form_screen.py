"""S22: a new customer, or the facts of one changed. Typing goes to a draft, saving to the book."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from app.rules.day_count import whole_years
from app.rules.permissions import Act, may
from app.rules.rulebook import Rulebook
from app.services.find_customers import SimilarSearch, find_similar
from app.services.keep_draft import open_draft
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    RegisterCustomer,
    UpdateCustomer,
    check_customer,
    register_customer,
    update_customer,
)
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.customer_form.customer_inputs import DUES, CustomerInputs
from app.ui.screens.customer_form.kyc_preview import kyc_preview
from app.ui.screens.customer_form.side_panel import SidePanel
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed, Work
from app.ui.widgets.draft_keeper import DraftForm, DraftKeeper
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.workbench import Workbench
from db.records.lists import SimilarCustomer
from db.records.people import Customer
