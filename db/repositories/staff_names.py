"""The names of people beside the ids that records keep of them."""

from sqlalchemy import Column, ColumnElement, func, select

from db.tables.reference import users


def name_of_staff(staff_id: "Column[str] | ColumnElement[str]") -> ColumnElement[str]:
    """The name of a staff id as a column; the staff id itself where nobody has it any more."""
    found = select(users.c.full_name).where(users.c.staff_key == func.lower(staff_id))
    return func.coalesce(found.scalar_subquery(), staff_id)
