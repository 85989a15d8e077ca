"""The people who are supported, from CSV or Excel. The format is in docs/formats/people.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from basics.errors import InputError, Problem
from basics.people import reference
from ringfence.importing.table_headings import Column
from ringfence.importing.table_rows import place
from ringfence.importing.tables import Table, Taken, read_table

COLUMNS = (Column("reference", needed=True), Column("name", needed=True), Column("known_as"))
LONGEST_NAME = 200
LONGEST_KNOWN_AS = 60


@dataclass(frozen=True)
class PersonRow:
    """One person, as the file has them. `known_as` is what a letter calls them: the first word of the name unless the file says."""

    row_number: int
    reference: str
    name: str
    known_as: str

    @property
    def content(self) -> tuple[str, str, str]:
        """Everything but the row number: two rows are the same person told twice where these are equal."""
        return self.reference, self.name, self.known_as


def read_people(path: Path) -> Taken[PersonRow]:
    """The people in a file: the good rows, and a problem for every row that was not taken.

    The same row twice counts once. Two rows that say different things of one reference are both left out, because nobody but a
    person can tell which is right. Raises `InputError` or `Refused` where the file as a whole cannot be taken.
    """
    return people_in(read_table(path, known=COLUMNS))


def people_in(table: Table) -> Taken[PersonRow]:
    """The same for a table that is read already: one of `COLUMNS`."""
    problems, found = list(table.problems), list[PersonRow]()
    for number, cells in table.rows:
        wrong = list(_problems(place(table.name, number), *cells))
        if wrong:
            problems += wrong
        else:
            found.append(PersonRow(number, cells[0], cells[1], cells[2] or cells[1].split()[0]))
    rows, notices = _each_once(table.name, found, problems)
    return Taken(table.name, table.digest, tuple(rows), tuple(problems), (*table.notices, *notices))


def _problems(where: str, known_by: str, name: str, known_as: str) -> Iterator[Problem]:
    if not known_by:
        yield Problem(f"{where}, reference", "is blank.", "Give the person a reference of their own, like P001.")
    else:
        try:
            reference(known_by)
        except InputError as error:
            yield Problem(f"{where}, reference", error.problem.what, error.problem.to_do)
    if not name:
        yield Problem(f"{where}, name", "is blank.", "Write the person’s name.")
    for column, text, longest in (("name", name, LONGEST_NAME), ("known_as", known_as, LONGEST_KNOWN_AS)):
        if len(text) > longest:
            yield Problem(f"{where}, {column}", f"is {len(text)} characters long.", f"Shorten it to {longest}.")


def _each_once(name: str, found: list[PersonRow], problems: list[Problem]) -> tuple[list[PersonRow], list[str]]:
    by_reference: dict[str, list[PersonRow]] = defaultdict(list)
    for row in found:
        by_reference[row.reference].append(row)
    kept, notices = [], []
    for known_by, rows in by_reference.items():
        if len({row.content for row in rows}) == 1:
            kept.append(rows[0])
            notices += [f"{place(name, row.row_number)}: {known_by} is the same as in row {rows[0].row_number}, and counts once."
                        for row in rows[1:]]
        else:
            numbers = " and ".join(str(row.row_number) for row in rows)
            problems += [Problem(place(name, row.row_number, "reference"), f"{known_by} stands in rows {numbers} with different details.",
                                 "Keep the right one. Two people need two references.") for row in rows]
    return kept, notices
