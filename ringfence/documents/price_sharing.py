"""The sheet Sharing: how a hundred per cent is divided among the lines of a price, and its week among its funders, so that both add up.

It is the method of `basics.share` in formulas: each part is rounded down, and the units that are left go one each to the largest
remainders; between equals, to the one that comes first in the alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from basics.share import share
from costing.extras import percent
from costing.funders import Payer
from costing.package import Section
from costing.price import TENTHS_IN_THE_WHOLE, Price, money
from ringfence.documents.price_formulas import Formulas
from ringfence.documents.workbook_sheet import Sheet

MILLIONTH = Decimal("0.000001")
"""Parts are compared to a millionth of their unit, so that what is equal is equal in binary too."""
WIDTHS = (44, 20, 22, 18, 14, 14, 14)
WEIGHT, ORDER, EXACT, DOWN, REMAINDER, PART = range(1, 7)
HEADINGS = ("Weight", "Order among equals", "Exact part", "Rounded down", "Remainder", "Part")

Cell = tuple[str, Fraction]
"""A formula, and what it comes to."""


@dataclass(frozen=True)
class Weighed:
    """One that shares: what it is called, its weight, and its place among equals."""

    label: str
    key: tuple[str, str, int]
    weight: Cell


@dataclass
class Sharing:
    """What the rest of the workbook takes from here: each line's percentage of the price; what contingency and surplus are on cost and of
    the price; the pounds of each funder, in their order, and what nobody pays."""

    line_percents: list[str] = field(default_factory=list)
    extras: list[tuple[Cell, Cell]] = field(default_factory=list)
    funders: list[Cell] = field(default_factory=list)
    not_paid: Cell = ("0", Fraction(0))


def write_sharing(sheet: Sheet, price: Price, formulas: Formulas) -> Sharing:
    """Write the sheet, and say where its results are."""
    sheet.title("How shares are rounded", "Each part is rounded down; the units that are left go, one each, to the largest remainders.")
    found = Sharing()
    weighed = [Weighed(line.label, (line.section.value, line.label, n),
                       (formulas.expression(line.figure.parts[0]), line.figure.parts[0].exact)) for n, line in enumerate(price.lines)]
    first = sheet.row + 1
    parts = _block(sheet, "Share of each line, in tenths of a per cent", (str(TENTHS_IN_THE_WHOLE), Fraction(TENTHS_IN_THE_WHOLE)), weighed)
    found.line_percents = [f"{cell}/10" for cell, _ in parts]
    rows = {line.section: first + n for n, line in enumerate(price.lines)}
    whole = f"SUM({sheet.span(WEIGHT, first, first + len(weighed) - 1)})"
    beyond = {each.section: sheet.place(WEIGHT, rows[each.section]) for each in price.extras}
    cost = whole + "".join(f"-{cell}" for cell in beyond.values())
    found.extras = [((_percent(beyond[each.section], cost), Fraction(percent(each.on_cost))),
                     (_percent(beyond[each.section], whole), Fraction(percent(each.of_price)))) for each in price.extras]
    if price.shares:
        contingency = beyond.get(Section.CONTINGENCY)
        _funders(sheet, price, formulas, f"{contingency}/{whole}" if contingency else "0", found)
    sheet.finish(wide=True)
    return found


def _percent(part: str, whole: str) -> str:
    return f"ROUND(ROUND(100*{part}/({whole}),8),1)"


def _block(sheet: Sheet, title: str, total: Cell, sharing: Sequence[Weighed]) -> list[Cell]:
    """A table that divides a total among weights. Gives the cell of each part and what is in it, in the same order."""
    sheet.headings(title, *HEADINGS, numbers=range(1, 7))
    rank = {n: place for place, n in enumerate(sorted(range(len(sharing)), key=lambda n: sharing[n].key))}
    parts = share(int(total[1]), {rank[n]: each.weight[1] for n, each in enumerate(sharing)})
    first, last = sheet.row, sheet.row + len(sharing) - 1
    whole = sum((each.weight[1] for each in sharing), Fraction(0))
    done: list[Cell] = []
    for n, each in enumerate(sharing):
        exact = to_a_millionth(total[1] * each.weight[1] / whole) if whole else Fraction(0)
        sheet.text(0, each.label)
        sheet.formula(WEIGHT, *each.weight)
        sheet.number(ORDER, Fraction(rank[n] + 1))
        _one_part(sheet, total[0], exact, parts[rank[n]], (first, last))
        done.append((sheet.place(PART), Fraction(parts[rank[n]])))
        sheet.row += 1
    sheet.row += 1
    return done


def _one_part(sheet: Sheet, total: str, exact: Fraction, part: int, rows: tuple[int, int]) -> None:
    """The columns that make a part of the row's weight."""
    weights, orders, downs, remainders = (sheet.span(column, *rows) for column in (WEIGHT, ORDER, DOWN, REMAINDER))
    weight, order, remainder = (sheet.cell(column) for column in (WEIGHT, ORDER, REMAINDER))
    before = f"SUMPRODUCT(({remainders}>{remainder})+0)+SUMPRODUCT(({remainders}={remainder})*({orders}<{order}))"
    sheet.formula(EXACT, f"IF(SUM({weights})=0,0,ROUND({total}*{weight}/SUM({weights}),6))", exact)
    sheet.formula(DOWN, f"INT({sheet.cell(EXACT)})", Fraction(exact // 1))
    sheet.formula(REMAINDER, f"ROUND({sheet.cell(EXACT)}-{sheet.cell(DOWN)},6)", exact % 1)
    sheet.formula(PART, f"{sheet.cell(DOWN)}+IF(AND({weight}>0,{before}<{total}-SUM({downs})),1,0)", Fraction(part), bold=True)


def _funders(sheet: Sheet, price: Price, formulas: Formulas, contingency: str, found: Sharing) -> None:
    """What each funder pays of the week, in pence: fixed sums first, then the rest by weight, then the contingency that some do not take."""
    assert price.shares is not None
    week = formulas.names[price.per_week]
    week_pence = Fraction(money(price.per_week).pence)
    payers = [payer for payer, _ in price.shares.by_payer]
    fixed = {payer: _fixed_sum(payer, formulas) for payer in payers if payer.pounds_per_week is not None}
    left = _left(sheet, (f"ROUND({week}*100,0)", week_pence), list(fixed.values()))
    weights: dict[Payer, Cell] = {payer: (f"{formulas.expression(payer.percent)}*{week}", payer.percent.exact * week_pence / 100)
                                  for payer in payers if payer.percent is not None}
    for payer in payers:
        if payer.pays_the_rest:
            taken = "".join(f"-{formula}" for formula, _ in weights.values())
            weights[payer] = (f"ROUND({left[0]}{taken},6)", left[1] - sum((value for _, value in weights.values()), Fraction(0)))
    by_weight = [payer for payer in payers if payer in weights]
    parts = _block(sheet, "The rest of the week, in pence", left, [Weighed(payer.name, ("", payer.name, 0), weights[payer]) for payer in by_weight])
    paid = {**fixed, **dict(zip(by_weight, parts, strict=True))}
    _without_contingency(sheet, price, contingency, paid, found)


def _fixed_sum(payer: Payer, formulas: Formulas) -> Cell:
    assert payer.pounds_per_week is not None
    return f"ROUND({formulas.expression(payer.pounds_per_week)}*100,0)", payer.pounds_per_week.exact * 100


def _left(sheet: Sheet, week: Cell, fixed: Sequence[Cell]) -> Cell:
    """The pence of the week that are left when the fixed sums are paid, in a row of their own."""
    value = week[1] - sum((pence for _, pence in fixed), Fraction(0))
    sheet.text(0, "Pence of the week beyond fixed sums")
    sheet.formula(WEIGHT, "-".join([week[0], *(formula for formula, _ in fixed)]), value)
    cell = sheet.place(WEIGHT)
    sheet.row += 2
    return cell, value


def _without_contingency(sheet: Sheet, price: Price, contingency: str, paid: dict[Payer, Cell], found: Sharing) -> None:
    """Who takes no contingency pays its share without it; what is missing is paid by nobody."""
    assert price.shares is not None
    sheet.headings("Who pays, in pence", "Share of the price", "Contingency not taken", "Pays", numbers=range(1, 4))
    first = sheet.row
    for payer, pays in price.shares.by_payer:
        formula, pence = paid[payer]
        sheet.text(0, payer.name)
        sheet.formula(1, formula, pence)
        kept = "0" if payer.takes_contingency else f"ROUND(ROUND({sheet.cell(1)}*{contingency},6),0)"
        sheet.formula(2, kept, pence - pays.pence)
        sheet.formula(3, f"{sheet.cell(1)}-{sheet.cell(2)}", Fraction(pays.pence))
        found.funders.append((f"{sheet.place(3)}/100", Fraction(pays.pounds)))
        sheet.row += 1
    found.not_paid = f"SUM({sheet.span(2, first, sheet.row - 1)})/100", Fraction(price.shares.not_paid.pounds)


def to_a_millionth(value: Fraction) -> Fraction:
    """A part as the sheet keeps it."""
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).quantize(MILLIONTH, ROUND_HALF_UP))
