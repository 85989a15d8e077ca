"""`ringfence cost FILE --fill WORKBOOK --mapping MAPPING --out OUT`: a price in a council's own workbook."""

from __future__ import annotations

from pathlib import Path

from basics.errors import InputError
from costing.price import Price
from ringfence.actions.costing import keep_workbook
from ringfence.actions.council_workbook import check_names, fill_council_workbook
from ringfence.cli.common import complain


def fill_in(price: Price, workbook: Path | None, mapping: Path | None, out: Path | None) -> None:
    """Fill the workbook in where that is asked for, and say which lines it does not hold."""
    if workbook is None and mapping is None and out is None:
        return
    if workbook is None or mapping is None or out is None:
        raise InputError("To fill in a workbook takes three options together.", "Give --fill, --mapping and --out.")
    check_names(workbook, out)
    filled = fill_council_workbook(price, workbook, mapping)
    keep_workbook(filled.content, out)
    if filled.left_out:
        complain(f"{out.name} holds no cell for {_listed(filled.left_out)}.")
    if filled.twice:
        complain(f"{out.name} holds these in more than one cell: {_listed(filled.twice)}.")


def _listed(lines: tuple[str, ...]) -> str:
    return ", ".join(f"“{line}”" for line in lines)
