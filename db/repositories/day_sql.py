"""Dates in statements, the same on both engines."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class month_start(GenericFunction[date]):  # noqa: N801  # functions of SQL are written so
    """The first day of a date's month."""

    type = Date()
    inherit_cache = True


class india_month(GenericFunction[date]):  # noqa: N801  # functions of SQL are written so
    """The first day of the month in which an instant lies in India, which has no summer time."""

    type = Date()
    inherit_cache = True


class days_between(GenericFunction[int]):  # noqa: N801  # functions of SQL are written so
    """Days from the second date to the first."""

    type = Integer()
    inherit_cache = True


@compiles(month_start, "postgresql")
def _month_postgresql(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    return f"date_trunc('month', {compiler.process(element.clauses, **options)})::date"


@compiles(month_start, "sqlite")
def _month_sqlite(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    return f"date({compiler.process(element.clauses, **options)}, 'start of month')"


@compiles(india_month, "postgresql")
def _india_postgresql(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    at = compiler.process(element.clauses, **options)
    return f"date_trunc('month', {at} AT TIME ZONE 'UTC' + interval '330 minutes')::date"


@compiles(india_month, "sqlite")
def _india_sqlite(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    at = compiler.process(element.clauses, **options)
    return f"date({at}, '+330 minutes', 'start of month')"


@compiles(days_between, "postgresql")
def _days_postgresql(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"({first} - {second})"


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # the signature of a compiler
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST(julianday({first}) - julianday({second}) AS INTEGER)"
