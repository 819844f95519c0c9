"""The form that changes one figure of a product: pick it, type its new value in its unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.product_change import ProductChange
from app.rules.rule_values import RuleValueError, parse_rule_value
from app.services.change_rule import ProposalAnswer, ProposeProduct, propose_product
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.screens.products.product_entries import ProductEntry, ProductRecord
from app.ui.screens.products.product_fields import (
    ProductField,
    changed_fields,
    product_fields,
)
from app.ui.widgets.change_form import ChangeForm, shown_only
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import FormRow, FormSection
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.rule_value_field import RuleValueEdit, value_hint
from app.ui.widgets.text_edit import TextEdit

_ONE_DAY = timedelta(days=1)
_TEXT = 2000
_WIDE = 420
_START_FIELD = "card_rate_ppm"


@dataclass(frozen=True, slots=True)
class ProductSubject:
    """The newest version of a product, which a change starts from, and its figures."""

    record: ProductRecord
    today: date
    fields: tuple[ProductField, ...]


def subject_of(
    entry: ProductEntry, entries: tuple[ProductEntry, ...], desk: Desk
) -> ProductSubject:
    """What the form starts from; an older version or a proposal leads to the newest version."""
    versions = [each for each in entries if each.key == entry.key and each.proposal is None]
    newest = max(versions, key=lambda each: each.starts, default=entry)
    fields = product_fields(newest.record.definition)
    return ProductSubject(newest.record, desk.clock.today(), fields)


def typed_product(form: "ProductForm") -> Callable[[Desk], ProposalAnswer] | None:
    """The act of what is typed; None after the errors were shown at their fields."""
    change = form.change()
    if change is None:
        return None
    reason = form.reason
    return lambda desk: propose_product(ProposeProduct(new_id(desk), change, reason), desk)


class ProductForm(ChangeForm):
    """The rows of `form.product`."""

    def __init__(self, subject: ProductSubject) -> None:
        super().__init__("form.product")
        self.subject = subject
        self._fields = {each.path: each for each in subject.fields}
        self._value = RuleValueEdit("value")
        self._add_rows()
        self._fill()
        title = self.tr("Change “%1”").replace("%1", subject.record.name)
        self.frame(title, self.tr("one figure at a time; a second person decides"))

    @property
    def reason(self) -> str:
        """Why, in the proposer's words."""
        return str(self.form.values()["reason"])

    def start(self) -> None:
        """Put the cursor into the picker of the figure."""
        self.form.jump_to("field")

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what the act refused; what it says of the product's field stands at the value."""
        known = {row.name for row in self.form.rows()}
        self.form.show_errors(
            {name if name in known else "value": words for name, words in errors.items()}
        )

    def change(self) -> ProductChange | None:
        """The change as typed; None after the errors were shown at their fields."""
        values, problems = self.form.values(), self.form.problems()
        chosen, value = self._chosen(), None
        try:
            value = parse_rule_value(values["value"] or "", chosen.unit)
        except RuleValueError as fault:
            problems.setdefault("value", str(fault))
        if "value" not in problems and value == chosen.value:
            problems["value"] = self.tr("This is the value of today: enter another one")
        if values["effective_from"] is None:
            problems.setdefault("effective_from", self.tr("Enter the first day of the new value"))
        if not values["source"]:
            words = self.tr("Enter the source: the circular or the board's decision")
            problems.setdefault("source", words)
        self.form.show_errors(problems)
        if problems:
            return None
        return ProductChange(
            product_code=self.subject.record.product.product_code,
            fields=changed_fields(self.subject.record.definition, chosen.path, value),
            effective_from=values["effective_from"],
            source=values["source"],
        )

    def note_edit(self, name: str) -> None:
        """Another figure has another unit and another value today."""
        if name == "field":
            self._show_figure()

    def _chosen(self) -> ProductField:
        path = self.form.values()["field"]
        return self._fields.get(path) or self.subject.fields[0]

    def _add_rows(self) -> None:
        choices = [Choice(each.path, each.words) for each in self.subject.fields]
        section = FormSection()
        section.add(FormRow(self.tr("Product"), shown_only(TextEdit("product_name"))))
        section.add(FormRow(self.tr("Code"), shown_only(TextEdit("product_code"))))
        section.add(FormRow(self.tr("What changes"), Picker("field", choices), width=320))
        section.add(FormRow(self.tr("New value"), self._value))
        section.add(FormRow(self.tr("First day"), DateEdit("effective_from", self._today)))
        section.add(FormRow(self.tr("Source"), TextEdit("source", _TEXT), width=_WIDE))
        reason = TextEdit("reason", _TEXT)
        section.add(FormRow(self.tr("Reason"), reason, optional=True, width=_WIDE))
        self.form.add(section)

    def _fill(self) -> None:
        record = self.subject.record
        self.form.set_values(
            {
                "product_name": record.name,
                "product_code": record.product.product_code,
                "field": _START_FIELD,
                "effective_from": self.subject.today + _ONE_DAY,
            }
        )
        self._show_figure()

    def _show_figure(self) -> None:
        chosen = self._chosen()
        self._value.set_unit(chosen.unit)
        self._value.set_value(chosen.shown)
        row = self.form.row("value")
        row.set_error("")
        words = self.tr("Today %1").replace("%1", chosen.shown)
        row.set_note(f"{words}. {value_hint(chosen.unit)}")

    def _today(self) -> date:
        return self.subject.today
