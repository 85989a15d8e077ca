"""Everything that is wrong with one row of a table, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from basics.errors import InputError, Problem

Value = TypeVar("Value")


class RowCheck:
    """Gathers what is wrong with one row; `where` is how messages call it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()

    def read(self, column: str, reader: Callable[[str], Value], cell: str) -> Value | None:
        """What a cell says; None, and a problem, where it cannot be read."""
        try:
            return reader(cell)
        except InputError as error:
            self.problems.append(Problem(f"{self.where}, {column}", error.problem.what, error.problem.to_do))
            self.wrong.add(column)
            return None
