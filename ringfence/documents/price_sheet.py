"""The sheets of a price that a funder is shown: the price with its lines, and the same lines in the order of a cost-of-care return."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from costing.cost_of_care import cost_of_care
from costing.figure import Figure
from costing.price import Capped, Price, PriceLine
from ringfence.documents.price_formulas import Formulas
from ringfence.documents.price_sharing import Sharing
from ringfence.documents.workbook_sheet import MONEY, TENTHS_OF_PERCENT, Sheet, number_format

LONGEST_LIST = 2000


def write_price(sheet: Sheet, price: Price, formulas: Formulas, sharing: Sharing) -> dict[PriceLine, str]:
    """What is offered: the price, its lines as they are shown, the rounding that makes them add to it, and who pays.

    Gives the cell of each line.
    """
    sheet.title(price.name, f"The price {price.days_in_words}")
    for label, figure, times in _prices(price):
        sheet.text(0, label, bold=True)
        sheet.formula(1, formulas.names[figure], figure.exact, num_format=MONEY, bold=True)
        if times is not None:
            sheet.formula(2, formulas.expression(times), times.exact, num_format=number_format(times.unit, times.exact))
            sheet.text(3, times.unit.value, align="left", indent=1)
        sheet.row += 1
    sheet.row += 1
    sheet.headings(f"What the {price.quoted_per.value} is made of", "£", "Share of the price", numbers=range(1, 3))
    sheet.freeze_here()
    shown = _lines(sheet, price, formulas, sharing)
    for each, told in zip(price.extras, sharing.extras, strict=True):
        for way, (formula, value) in zip(("on cost", "of the price"), told, strict=True):
            sheet.text(0, f"{each.section.value}, {way}")
            sheet.formula(1, formula, value, num_format=TENTHS_OF_PERCENT)
            sheet.row += 1
    _stretches(sheet, price)
    _who_pays(sheet, price, formulas, sharing)
    if price.capped is not None:
        _under_the_cap(sheet, price, price.capped, formulas)
    _notes(sheet, price)
    sheet.finish(wide=False)
    return shown


def _prices(price: Price) -> Iterator[tuple[str, Figure, Figure | None]]:
    yield "Price per hour", price.per_hour, None
    yield "Price per week", price.per_week, price.hours_per_week
    if price.per_year is not None:
        yield "Price per year", price.per_year, price.weeks_per_year


def _lines(sheet: Sheet, price: Price, formulas: Formulas, sharing: Sharing) -> dict[PriceLine, str]:
    """The sections with their lines, the rounding and the price. A section of one line that is called the same is one row."""
    percents = dict(zip(price.lines, sharing.line_percents, strict=True))
    sections, places = list[int](), dict[PriceLine, str]()
    for part in price.parts:
        sections.append(sheet.row)
        below = (sheet.row + 1, sheet.row + len(part.lines))
        only = part.lines[0] if part.is_one_line else None
        places |= {line: sheet.place(1, sheet.row + (0 if only else n)) for n, line in enumerate(part.lines, start=1)}
        sheet.text(0, part.section.value, bold=True)
        amount = formulas.names[only.figure] if only else f"SUM({sheet.span(1, *below)})"
        share = percents[only] if only else f"SUM({sheet.span(2, *below)})"
        sheet.formula(1, f"ROUND({amount},2)", Fraction(part.shown.pounds), num_format=MONEY, bold=True)
        sheet.formula(2, f"ROUND({share},1)", Fraction(part.share_percent), num_format=TENTHS_OF_PERCENT, bold=True)
        sheet.row += 1
        for line in () if only else part.lines:
            sheet.text(0, line.label, align="left", indent=1)
            sheet.formula(1, formulas.names[line.figure], line.figure.exact, num_format=MONEY)
            sheet.formula(2, percents[line], Fraction(line.share_percent), num_format=TENTHS_OF_PERCENT)
            sheet.row += 1
    _rounding_and_price(sheet, price, formulas, sections)
    return places


def _rounding_and_price(sheet: Sheet, price: Price, formulas: Formulas, sections: list[int]) -> None:
    shown = "+".join(sheet.cell(1, row) for row in sections)
    quoted = formulas.names[price.quoted]
    sheet.text(0, "Rounding")
    sheet.formula(1, f"ROUND({quoted}-({shown}),2)", Fraction(price.rounding.pounds), num_format=MONEY)
    sheet.row += 1
    sheet.text(0, "Price", bold=True, top=1)
    sheet.formula(1, f"ROUND({shown}+{sheet.cell(1, sheet.row - 1)},2)", price.quoted.exact, num_format=MONEY, bold=True, top=1)
    percents = "+".join(sheet.cell(2, row) for row in sections)
    sheet.formula(2, f"ROUND({percents},1)", Fraction(100), num_format=TENTHS_OF_PERCENT, bold=True, top=1)
    sheet.row += 2


def _stretches(sheet: Sheet, price: Price) -> None:
    """What each stretch of days would cost alone. These are prices of their own, which no cell of this workbook makes: they stay as they are."""
    if not price.stretches:
        return
    sheet.row += 1
    sheet.headings("At the rates of each stretch of days alone", "£ an hour", "£ a week", numbers=range(1, 3))
    for days, own in price.stretches:
        sheet.text(0, str(days))
        sheet.number(1, own.per_hour.exact, num_format=MONEY)
        sheet.number(2, own.per_week.exact, num_format=MONEY)
        sheet.row += 1
    sheet.text(0, "As on the day when this workbook was made: a change in the yellow cells does not reach these.")
    sheet.row += 1


def _who_pays(sheet: Sheet, price: Price, formulas: Formulas, sharing: Sharing) -> None:
    if price.shares is None:
        return
    sheet.row += 1
    sheet.headings("Who pays the week", "£ a week", numbers=range(1, 2))
    first = sheet.row
    for (payer, _), (formula, value) in zip(price.shares.by_payer, sharing.funders, strict=True):
        sheet.text(0, payer.name)
        sheet.formula(1, formula, value, num_format=MONEY)
        sheet.row += 1
    sheet.text(0, "Contingency that nobody pays")
    sheet.formula(1, *sharing.not_paid, num_format=MONEY)
    sheet.row += 1
    sheet.text(0, "Does this add to the price of a week?")
    paid = f"ROUND(SUM({sheet.span(1, first, sheet.row - 1)})-{formulas.names[price.per_week]},2)"
    sheet.formula(1, f'IF({paid}=0,"Yes","No: check the shares")', "Yes")
    sheet.row += 1


def _under_the_cap(sheet: Sheet, price: Price, capped: Capped, formulas: Formulas) -> None:
    """What the price would be if the lines under its cap came to no more than the cap, and what would then go unpaid."""
    sheet.row += 1
    sheet.headings(f"Under the cap on {', '.join(capped.cap.lines)}", "£", numbers=range(1, 2))
    for label, figure, whole, short in (("hour", capped.per_hour, price.per_hour, capped.short_per_hour),
                                        ("week", capped.per_week, price.per_week, capped.short_per_week)):
        sheet.text(0, f"Price per {label} under the cap")
        sheet.formula(1, formulas.names[figure], figure.exact, num_format=MONEY)
        sheet.row += 1
        sheet.text(0, f"Unpaid per {label}")
        sheet.formula(1, f"ROUND({formulas.names[whole]}-{formulas.names[figure]},2)", Fraction(short.pounds), num_format=MONEY)
        sheet.row += 1


def _notes(sheet: Sheet, price: Price) -> None:
    sheet.row += 1
    for note in price.notes:
        sheet.text(0, f"Note: {note}")
        sheet.row += 1


def write_cost_of_care(sheet: Sheet, price: Price, formulas: Formulas, shown: dict[PriceLine, str]) -> None:
    """The lines in the order of the return, each row the sum of its lines on the sheet Price; what has no row of its own stands last."""
    sheet.title("Cost of care", f"{price.name}, per {price.quoted_per.value}, in the order of a cost-of-care return (England 2022, Annex B)")
    sheet.headings("Part", "Row", "£", "Lines of the price in it", numbers=range(2, 3))
    sheet.freeze_here()
    first = sheet.row
    for each in cost_of_care(price):
        sheet.text(0, each.group.value)
        sheet.text(1, each.row)
        if each.lines:
            sheet.formula(2, f"ROUND({'+'.join(shown[line] for line in each.lines)},2)", Fraction(each.shown.pounds), num_format=MONEY)
        else:
            sheet.number(2, Fraction(0), num_format=MONEY)
        sheet.text(3, ", ".join(line.label for line in each.lines)[:LONGEST_LIST], align="left", indent=1)
        sheet.row += 1
    rounding = f"ROUND({formulas.names[price.quoted]}-SUM({sheet.span(2, first, sheet.row - 1)}),2)"
    sheet.text(1, "Rounding")
    sheet.formula(2, rounding, Fraction(price.rounding.pounds), num_format=MONEY)
    sheet.row += 1
    sheet.text(1, "Price", bold=True, top=1)
    sheet.formula(2, f"ROUND(SUM({sheet.span(2, first, sheet.row - 1)}),2)", price.quoted.exact, num_format=MONEY, bold=True, top=1)
    sheet.row += 1
    sheet.finish(wide=True)
