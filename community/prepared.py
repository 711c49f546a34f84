"""Queries that are written once and asked again and again, with other values.

Django writes the SQL of a query each time it is asked. For a list that everybody opens that takes
longer than the database needs to answer it, so such a query is written with marks in place of
what differs, and the marks are replaced when it is asked.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler


class Prepared[Row: Model]:
    """A query whose values are marks: things that nobody would ask for.

    Raises ValueError when a mark is nowhere in it, for then a value would be forgotten.
    """

    def __init__(self, rows: QuerySet[Row], marks: Mapping[str, Any]) -> None:
        self.rows = rows
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.sql, self.params = self.compiler.as_sql()
        self.places = {name: self._places_of(mark) for name, mark in marks.items()}
        if missing := [name for name, places in self.places.items() if not places]:
            raise ValueError(f"Nowhere in the query: {missing}")

    def _places_of(self, mark: Any) -> list[int]:
        return [number for number, param in enumerate(self.params) if param == mark]

    def ask(self, **values: Any) -> list[Row]:
        """The rows for these values, one for each mark."""
        params = list(self.params)
        for name, places in self.places.items():
            for place in places:
                params[place] = _like(params[place], values[name])
        rows = self.rows._chain()  # type: ignore[attr-defined]
        rows.query = _Written(self._filled(params))
        return list(ModelIterable(rows))

    def _filled(self, params: list[Any]) -> SQLCompiler:
        compiler: SQLCompiler = copy(self.compiler)
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, tuple(params))  # type: ignore[method-assign]
        return compiler


def _like(mark: Any, value: Any) -> Any:
    """Numbers come wrapped in a type that tells PostgreSQL how wide they are."""
    return type(mark)(value) if isinstance(mark, int | float) else value


class _Written:
    """Stands for a query whose SQL is there already."""

    values_select = ()

    def __init__(self, compiler: SQLCompiler) -> None:
        self.compiler = compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler
