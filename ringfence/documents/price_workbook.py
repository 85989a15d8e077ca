"""A price as a workbook: what is offered, how it is worked out as live formulas, and the numbers behind it, which can be changed.

`Price` is what a funder is shown, and `Cost of care` the same lines in the order of a council’s return; `Working` holds every step of the
tree; `Sharing` how shares are rounded; `Inputs` what was typed or published, in yellow cells: they alone are not locked. No cell holds a
number that a formula of other cells could give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from basics.errors import InputError
from costing.explain import Step, explain
from costing.figure import Dated, Figure, Operation, Unit, leaves_first
from costing.price import Price
from ringfence.documents.price_formulas import Formulas, formulas_of, is_input, label_of
from ringfence.documents.price_inputs import labels_of, used_for
from ringfence.documents.price_sharing import WIDTHS as SHARING_WIDTHS
from ringfence.documents.price_sharing import write_sharing
from ringfence.documents.price_sheet import write_cost_of_care, write_price
from ringfence.documents.workbook_sheet import AMBER, YELLOW, Look, Sheet, number_format

MOST_LINES = 500
"""Of a price, so that a person can still read its workbook."""
LONGEST_MAKING = 2000
MOST_USES = 3
STEPS_PENCE = ["1", "4", "7"]


def price_workbook(price: Price) -> bytes:
    """The workbook of a price. The same price gives the same bytes. Raises `InputError` for a price of more than five hundred lines."""
    if len(price.lines) > MOST_LINES:
        raise InputError(f"The price has {len(price.lines):,} lines, and a workbook holds {MOST_LINES:,} of them.", "Join some of its lines.")
    held = BytesIO()
    book = Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": price.name, "created": datetime.combine(price.on, time())})
    book.set_calc_mode("auto")
    look, formulas = Look(book), formulas_of(price)
    first, care = Sheet(book, look, "Price", (46, 14, 20, 26)), Sheet(book, look, "Cost of care", (30, 40, 14, 60))
    working, sharing = Sheet(book, look, "Working", (58, 16, 20, 110)), Sheet(book, look, "Sharing", SHARING_WIDTHS)
    inputs = Sheet(book, look, "Inputs", (46, 16, 24, 50, 18, 40, 46))
    write_inputs(book, inputs, price, formulas)
    write_working(book, working, formulas)
    shown = write_price(first, price, formulas, write_sharing(sharing, price, formulas))
    write_cost_of_care(care, price, formulas, shown)
    book.close()
    return held.getvalue()


def write_working(book: Workbook, sheet: Sheet, formulas: Formulas) -> None:
    """Every named figure in the order in which it is worked out: what it comes to as a formula, and in words how, or where it is from."""
    sheet.title("How it is made", "Each figure is made of figures above it, or of the yellow cells of the sheet Inputs.")
    sheet.headings("Figure", "Amount", "Unit", "How it is made, or where it is from", numbers=range(1, 2))
    sheet.freeze_here()
    said = dict(zip((figure for figure in leaves_first(*formulas.roots) if figure.label), explain(*formulas.roots), strict=True))
    for step in formulas.steps:
        sheet.text(0, label_of(step))
        look = {"num_format": number_format(step.unit, step.exact)}
        if step.operation is Operation.GIVEN and not is_input(step):
            sheet.number(1, step.exact, **look)
        else:
            sheet.formula(1, formulas.making(step), step.exact, **look)
        if not is_input(step):
            book.define_name(formulas.names[step], f"={sheet.place(1)}")
        sheet.text(2, step.unit.value, align="left", indent=1)
        sheet.text(3, _told(step, said))
        sheet.row += 1
    sheet.finish(wide=True)


def _told(step: Figure, said: Mapping[Figure, Step]) -> str:
    """In words, how a figure is made or where it is from."""
    if step.operation is Operation.GIVEN:
        return str(step.source or "")
    return said[step].made_of[:LONGEST_MAKING] if step in said else "A piece of a long sum"


def write_inputs(book: Workbook, sheet: Sheet, price: Price, formulas: Formulas) -> None:
    """What was typed or published. Its cells are yellow and not locked; each has a name, by which the formulas call it."""
    sheet.title("Inputs", f"Change a yellow cell, and the price follows. It is the price {price.days_in_words}.")
    sheet.headings("Input", "Amount", "Unit", "Where it is from", "From", "Its name in formulas", "What it is used for",
                   numbers=range(1, 2))
    sheet.freeze_here()
    labels, used = labels_of(formulas), used_for(formulas)
    for figure in formulas.inputs:
        sheet.text(0, labels[formulas.names[figure]])
        sheet.number(1, figure.exact, num_format=number_format(figure.unit, figure.exact), bg_color=YELLOW, border=1, locked=False)
        sheet.sheet.data_validation(sheet.row, 1, sheet.row, 1, _allowed(figure))
        book.define_name(formulas.names[figure], f"={sheet.place(1)}")
        sheet.text(2, figure.unit.value, align="left", indent=1)
        _source(sheet, figure)
        sheet.text(5, formulas.names[figure])
        sheet.text(6, _listed(used[formulas.names[figure]]))
        sheet.row += 1
    sheet.finish(wide=True)


def _listed(uses: Sequence[str]) -> str:
    """The figures that a cell feeds: the first by name, the others counted."""
    more = len(uses) - MOST_USES
    return ", ".join(uses[:MOST_USES]) + (f" and {more} more" if more > 0 else "")


def _source(sheet: Sheet, figure: Figure) -> None:
    """Where it is from, since when, and in another colour where nobody has checked it."""
    source = figure.source
    if not isinstance(source, Dated):
        sheet.text(3, str(source))
        return
    sheet.text(3, str(source), **({"font_color": AMBER, "bold": True} if source.from_memory else {}))
    sheet.sheet.write_datetime(sheet.row, 4, datetime.combine(source.starts_on, time()), sheet.look(num_format="d mmmm yyyy", align="left"))


def _allowed(figure: Figure) -> dict[str, object]:
    """What may be typed there: nothing below nil, and for the step of the price, the steps that there are."""
    if figure.unit is Unit.PENCE:
        return {"validate": "list", "source": STEPS_PENCE, "error_title": "Step of the price", "error_message": "Choose 1, 4 or 7 pence."}
    return {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Not below nil", "error_message": "Write a number, nil or more."}
