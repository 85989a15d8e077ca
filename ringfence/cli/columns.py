"""Rows of text as columns: names to the left, figures to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LABEL_WIDTH = 44
"""How wide the names of a price are, above tables of other widths."""


def aligned(rows: Sequence[Sequence[str]], *, left: bool = False) -> Iterator[str]:
    """Each row as a line; every column as wide as its widest cell. A row of one cell is a heading, and all others have as many cells.
    `left` puts figures to the left as well."""
    widths = [max(map(len, column)) for column in zip(*(row for row in rows if len(row) > 1), strict=True)]
    for row in rows:
        cells = (cell.ljust(width) if left or not n else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths, strict=False)))
        yield "  ".join(cells).rstrip() if len(row) > 1 else row[0]
