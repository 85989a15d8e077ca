"""Fill a price in to a council's own workbook, by a mapping that was written once and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from basics.errors import InputError, Problem, Refused
from costing.cost_of_care import cost_of_care
from costing.figure import Figure
from costing.price import Price, PriceLine, money
from ringfence.documents.council_workbook import Entry, filled, problems_of
from ringfence.importing.council_mapping import CellModel, read_mapping
from ringfence.importing.workbook_check import check_workbook
from ringfence.importing.yaml_text import cannot_be_read

LARGEST_BYTES = 20_000_000
ENDINGS = (".xlsx", ".xlsm")
ROUNDING = "Rounding"


@dataclass(frozen=True)
class Filled:
    """A council's workbook with the price in it. `left_out` are the lines that no cell holds, the rounding among them, `twice` those in more
    than one."""

    content: bytes
    left_out: tuple[str, ...]
    twice: tuple[str, ...]


def fill_council_workbook(price: Price, workbook: Path, mapping: Path) -> Filled:
    """The workbook with our figures in the cells that the mapping names, and nothing else of it touched.

    Raises `Refused` with every cell that cannot be filled, or `InputError` where a file cannot be read.
    """
    content = content_of(workbook)
    file, text = read_mapping(mapping)
    rows = cost_of_care(price)
    entries, problems, held = list[Entry](), list[Problem](), list[PriceLine]()
    for n, cell in enumerate(file.cells):
        place = text.where(("cells", n))
        lines = _lines(price, cell) if cell.row is None else next((list(row.lines) for row in rows if row.row == cell.row), None)
        value = _value(price, cell) if cell.figure else None if lines is None else sum((line.shown.pounds for line in lines), Decimal(0))
        if value is None:
            problems.append(Problem(place, f"The price has no {_asked(cell)}.", "Write it as “ringfence cost” prints it, or take the cell out."))
        else:
            entries.append(Entry(cell.sheet or file.sheet or "", cell.cell, value, place))
        held += lines or []
    with_it = with_entries(content, workbook.name, entries, problems)
    roundings = sum(cell.figure == "rounding" for cell in file.cells)
    left_out = (*_named(price, held, 0), *([ROUNDING] if price.rounding and not roundings else []))
    twice = (*_named(price, held, 2), *([ROUNDING] if roundings > 1 else []))
    return Filled(with_it, left_out, twice)


def with_entries(content: bytes, name: str, entries: Sequence[Entry], problems: Sequence[Problem]) -> bytes:
    """The workbook with these entries in their cells. Raises `Refused` with every problem so far, and with every cell that cannot be filled."""
    found = [*problems, *problems_of(content, name, entries)]
    if found:
        raise Refused(f"{name} was not filled in:", found)
    return filled(content, name, entries)


def check_names(workbook: Path, out: Path) -> None:
    """Refuse a result that would not be the same kind of workbook: macros are kept, so a workbook with them keeps its ending."""
    if workbook.suffix.lower() not in ENDINGS:
        raise InputError("Only a workbook that ends in .xlsx or .xlsm can be filled in.", "Open it in Excel and save it as .xlsx.", str(workbook))
    if out.suffix.lower() != workbook.suffix.lower():
        raise InputError(f"The filled workbook ends in {workbook.suffix}, as theirs does.", "Give --out a name that does.", str(out))


def content_of(workbook: Path) -> bytes:
    """Their workbook as it is. Raises `InputError` for one that is too large or cannot be read."""
    try:
        if workbook.stat().st_size > LARGEST_BYTES:
            raise InputError(f"The workbook is larger than {LARGEST_BYTES // 1_000_000} MB.", "Check that it is the right one.", str(workbook))
        content = workbook.read_bytes()
    except OSError as error:
        raise cannot_be_read(workbook, error) from None
    with suppress(Refused):  # cells of theirs that show an error until the workbook is filled in
        check_workbook(content, workbook.name)
    return content


def _asked(cell: CellModel) -> str:
    kind = next(kind for kind in ("figure", "line", "section", "row") if getattr(cell, kind) is not None)
    return f"{kind} “{getattr(cell, kind)}”"


def _lines(price: Price, cell: CellModel) -> list[PriceLine] | None:
    """The lines that a cell asks for; None where there are none of that name."""
    return [line for line in price.lines if (cell.line, cell.section) in ((str(line.label), None), (None, line.section.value))] or None


def _value(price: Price, cell: CellModel) -> Decimal | date | str | None:
    """A figure as a cell holds it; None where the price has none."""
    if cell.figure == "name":
        return price.name
    if cell.figure == "on":
        return price.on
    if cell.figure == "rounding":
        return price.rounding.pounds
    assert cell.figure is not None
    figure: Figure | None = getattr(price, cell.figure.removeprefix("price_"))
    if figure is None:
        return None
    return money(figure).pounds if cell.figure.startswith("price") else figure.value


def _named(price: Price, held: Sequence[PriceLine], times: int) -> Iterator[str]:
    """The lines that no cell holds (nil times), or that more than one does."""
    for line in price.lines:
        count = sum(each is line for each in held)
        if (count == 0) if times == 0 else (count >= times):
            yield str(line.label)
