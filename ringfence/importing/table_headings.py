"""The row of headings of a table: which it is, and whether its columns are the known ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from basics.errors import InputError, Problem, Refused

HEADING_WITHIN_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column that a table may have; `needed` where the table is no use without it."""

    name: str
    needed: bool = False


def plain(heading: str) -> str:
    """A heading as it is compared: capitals, spaces, dashes and underscores make no difference."""
    return re.sub(r"[\s_-]+", "_", heading.strip().strip("*").casefold()).strip("_")


def known_in(cells: Iterable[str], known: Sequence[Column]) -> int:
    """How many of the known headings stand among these cells."""
    return len({column.name for column in known} & {plain(cell) for cell in cells})


def heading_at(head: Sequence[Sequence[str]], known: Sequence[Column]) -> int | None:
    """The row with the most known headings, the upper one of two alike."""
    best = max(range(len(head)), key=lambda n: known_in(head[n], known), default=None)
    return best if best is not None and known_in(head[best], known) else None


def no_headings(name: str, anything: bool, known: Sequence[Column]) -> InputError:
    """What to say of a file in which no row of headings was found."""
    what = f"There is no row of headings within the first {HEADING_WITHIN_ROWS} rows." if anything else "The file is empty."
    return InputError(what, f"Give the columns these headings: {_listed(known)}.", name)


def _listed(known: Sequence[Column]) -> str:
    return ", ".join(column.name for column in known)


def refuse_columns(name: str, heading: Sequence[str], known: Sequence[Column]) -> None:
    """Raise `Refused`, naming every column that is not known, stands twice or is missing."""
    names = [column.name for column in known]
    given = [plain(cell) for cell in heading]
    problems = [_unknown(name, cell, names) for cell, told in zip(heading, given, strict=True) if told and told not in names]
    problems += [Problem(f"{name}, column {column}", "stands there twice.", "Keep one of the two.")
                 for column in names if given.count(column) > 1]
    problems += [Problem(f"{name}, column {column.name}", "is missing.", "Add the column.")
                 for column in known if column.needed and column.name not in given]
    if problems:
        raise Refused(f"{name} was not read, because of its columns. The columns are: {', '.join(names)}.", problems)


def _unknown(name: str, cell: str, names: Sequence[str]) -> Problem:
    near = difflib.get_close_matches(plain(cell), names, 1, 0.7)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return Problem(f"{name}, column “{cell.strip()[:60]}”", "is not one that is known here.", f"Remove it or rename it.{hint}")
