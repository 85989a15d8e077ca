"""A sheet of an audit pack as data: tables of finished text under a title. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

Row = tuple[str, ...]


@dataclass(frozen=True)
class SheetTable:
    """A table under its heading. `figures` are the columns that are right aligned, `total` its last row. Where it has no rows, `nothing` is
    said in its place. `links`: the first cell of each row is the name of a file that stands beside the sheet."""

    heading: str
    columns: Row = ()
    rows: tuple[Row, ...] = ()
    figures: tuple[int, ...] = ()
    total: Row = ()
    words: Row = ()
    nothing: str = ""
    links: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page of an audit pack. `about` says whose it is and of which days, a line each."""

    title: str
    about: Row
    tables: tuple[SheetTable, ...]

    def texts(self) -> Iterator[str]:
        """Everything that it says."""
        yield self.title
        yield from self.about
        for table in self.tables:
            yield from (table.heading, *table.columns, *table.total, *table.words, table.nothing)
            yield from (cell for row in table.rows for cell in row)

    def with_rows(self, rows: tuple[tuple[Row, ...], ...]) -> Sheet:
        """The same with other rows in each of its tables."""
        return replace(self, tables=tuple(replace(table, rows=each) for table, each in zip(self.tables, rows, strict=True)))
