"""What did not come in and why: a table on the page, and a file to give back to whoever keeps the rota."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem
from ringfence.actions.import_opened import differences
from ringfence.actions.importing import TO_DO_ABOUT_A_STRANGER, Conflict, Imported, Renamed
from ringfence.documents.table_csv import csv_of
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text

_PLACE = re.compile(r"row ((?:\d+, )*\d+(?: and \d+ more)?)(?:, (.*))?", re.DOTALL)
_HEADINGS = ("row", "column", "what was found", "what to do")


@dataclass(frozen=True)
class NotTaken:
    """One thing that is wrong with a file: the row (or rows, or none where it is about the whole file), the column, and the words."""

    row: str
    column: str
    what: str
    to_do: str


def not_taken(name: str, problems: Iterable[Problem]) -> list[NotTaken]:
    """The problems of a file by row and column, in the order of its rows."""
    return sorted((_not_taken(name, each) for each in problems), key=_first_row)


def every_row(name: str, done: Imported) -> Iterator[NotTaken]:
    """The same with a line for every row, also where many rows have one problem: for a file, not for the page."""
    yield from (each for each in not_taken(name, done.problems) if each.to_do != TO_DO_ABOUT_A_STRANGER)
    for subject, rows in done.strangers:
        for row in rows:
            yield NotTaken(str(row), "person", f"{subject} is not a person or a house here.", TO_DO_ABOUT_A_STRANGER)
    for conflict in done.differing:
        yield NotTaken(str(conflict.row_number), "", f"{_whose(conflict)} is kept already, and says something else: {_said(conflict)}.",
                       "What is kept stands. Correct the file, or take back the import that it came with.")


def rows_not_taken(name: str, done: Imported) -> int:
    """How many rows of a file are not taken: one row may have several problems, and one problem several rows."""
    rows = {each.row for each in every_row(name, done) if each.row}
    return len(rows - {str(conflict.row_number) for conflict in done.differing})


def as_csv(rows: Iterable[NotTaken]) -> bytes:
    """The rows as CSV that a spreadsheet opens."""
    return csv_of(_HEADINGS, ((each.row, each.column, each.what, each.to_do) for each in sorted(rows, key=_first_row)))


@st.fragment
def show_problems_of(name: str, done: Imported, key: str) -> None:
    """The table of what did not come in, 25 a page, and the way to keep it as a file."""
    found = not_taken(name, done.problems)
    caption = f"{how_many(len(found), 'problem')}: what does not come in, and why"

    def draw(rows: Sequence[NotTaken]) -> None:
        table(caption, [text("Row"), text("Column"), text("What was found"), text("What to do")],
              [[each.row or "the file", _may_break(each.column) or "–", each.what, each.to_do] for each in rows], show_caption=True)
    paged(found, key, draw)


def download_of(name: str, done: Imported) -> None:
    """A button for the file that says what is wrong with every row, to give back."""
    if done.problems or done.differing:
        st.download_button("Download this as CSV, a line for each row", as_csv(every_row(name, done)), "not-taken.csv", "text/csv",
                           on_click="ignore", key="not-taken")


def show_conflicts(caption: str, conflicts: Sequence[Conflict], key: str, *, of_import: Sequence[object] = ()) -> None:
    """Visits that came again and say something else: what is kept, and what was offered. `caption` tells this table from another."""
    listed = list(zip(conflicts, of_import or [""] * len(conflicts), strict=True))
    columns = [text("Visit, carer, person"), text("Row"), text("Kept"), text("Offered"), *([text("Import")] if of_import else [])]

    def draw(rows: Sequence[tuple[Conflict, object]]) -> None:
        table(caption, columns, [
            [_whose(each), str(each.row_number), _side(each, 1), _side(each, 2), *([of] if of_import else [])]  # type: ignore[list-item]
            for each, of in rows])
    paged(listed, key, draw)


@st.fragment
def show_renamed(renamed: Sequence[Renamed]) -> None:
    """Whose name changes: what they are called now, and what the file calls them."""
    def draw(rows: Sequence[Renamed]) -> None:
        table(f"{how_many(len(renamed), 'name')} with a change", [text("Reference"), text("Name and known as before"), text("In the file")],
              [[each.reference, _named(each.before), _named(each.after)] for each in rows], show_caption=True)
    paged(renamed, "renamed", draw)


def _named(named: tuple[str, str]) -> Markup:
    name, known_as = named
    return Markup('{}<span class="rf-under">{}</span>').format(name, known_as)


def _not_taken(name: str, problem: Problem) -> NotTaken:
    where = problem.place.removeprefix(name).removeprefix(", ")
    found = _PLACE.fullmatch(where)
    if found:
        column = "person" if problem.to_do == TO_DO_ABOUT_A_STRANGER else found[2] or ""
        return NotTaken(found[1], column, problem.what, problem.to_do)
    return NotTaken("", where.removeprefix("column "), problem.what, problem.to_do)


def _may_break(column: str) -> Markup:
    """The name of a column, which may go on in the next line after an underscore: a phone is narrow."""
    return Markup("_<wbr>").join(column.split("_"))


def _first_row(each: NotTaken) -> int:
    """The first of its rows; what is about the whole file comes before all of them."""
    found = re.match(r"\d+", each.row)
    return int(found[0]) if found else 0


def _whose(conflict: Conflict) -> str:
    return ", ".join(conflict.key.split("|"))


def _said(conflict: Conflict) -> str:
    return "; ".join(f"{field} {was} is kept, {said} was offered" for field, was, said in differences(conflict))


def _side(conflict: Conflict, side: int) -> str:
    return ", ".join(f"{each[0]} {each[side]}" for each in differences(conflict))
