"""`ringfence cost FILE`: the price of a package, with every line and its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from costing.explain import explain as steps_of
from costing.explain import in_words
from costing.extras import percent
from costing.price import Price, money
from costing.visit_table import VisitTable
from ringfence.actions.costing import costed_file, keep_workbook, workbook_of
from ringfence.actions.overheads import price_beside_ias
from ringfence.actions.paid_for import keep_page_for_person
from ringfence.cli.columns import LABEL_WIDTH
from ringfence.cli.common import in_json
from ringfence.cli.cost_checks import beside_as_data, beside_as_text, cap_as_data, cap_as_text
from ringfence.cli.cost_fill import fill_in
from ringfence.cli.cost_order import Order, care_as_data, care_as_text
from ringfence.cli.cost_staff import staff_as_data, staff_as_text
from ringfence.cli.cost_visits import visits_as_data, visits_as_text


def cost(
    file: Annotated[Path, typer.Argument(help="The cost file (docs/formats/cost.md).")],
    explain: Annotated[bool, typer.Option("--explain", help="Show how every figure is made, step by step.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the price for another program.")] = False,
    parameters: Annotated[Path | None, typer.Option(help="A folder of published figures of your own.")] = None,
    staff: Annotated[bool, typer.Option("--staff", help="Show what an hour of staff costs, paid and productive.")] = False,
    ias: Annotated[bool, typer.Option("--ias", help="Hold the parts of the cost beside what IAS found: 77%, 13.5%, 9.5%.")] = False,
    order: Annotated[Order, typer.Option(help="The order of the lines: as priced, or as a cost-of-care return has them.")] = Order.PRICE,
    xlsx: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the price as an Excel workbook with live formulas.")] = None,
    fill: Annotated[Path | None, typer.Option(metavar="WORKBOOK", help="Fill the price in to a council's own workbook.")] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="MAPPING", help="Which figure goes into which of its cells (docs/workbook.md).")] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="Where the filled workbook goes.")] = None,
    for_person: Annotated[Path | None, typer.Option(metavar="OUT", help="Write what the person pays for as one page, .pdf or .html.")] = None,
    ask: Annotated[str, typer.Option(metavar="WORDS", help="Of that page: whom to ask about it.")] = "",
) -> None:
    """Price a package of support: an hour, a week and a year, with every line and its share of the price."""
    costed = costed_file(file, parameters)
    price = costed.price
    if xlsx is not None:
        keep_workbook(workbook_of(price), xlsx)
    fill_in(price, fill, mapping, out)
    if for_person is not None:
        keep_page_for_person(price, for_person, ask=ask)
    beside = price_beside_ias(price) if ias else ()
    hours = costed.staff_hours if staff else ()
    visits = costed.visits
    if json_:
        data = as_data(price, explain) | {"visits": visits_as_data(visits)}
        data |= {"cost_of_care": care_as_data(price)} if order is Order.COST_OF_CARE else {}
        data |= {"beside_ias": beside_as_data(beside)} if ias else {}
        data |= {"staff": staff_as_data(hours, explain)} if staff else {}
        typer.echo(in_json(data))
    else:
        typer.echo("\n".join([*as_text(price, explain, order, visits), *beside_as_text(beside), *(staff_as_text(hours, explain) if staff else ())]))


def as_text(price: Price, explain: bool, order: Order = Order.PRICE, visits: Sequence[VisitTable] = ()) -> Iterator[str]:
    """The price as lines of plain text."""
    yield f"{price.name}: the price {price.days_in_words}"
    yield ""
    yield _row("Price per hour", str(money(price.per_hour)))
    yield _row("Price per week", str(money(price.per_week)), f"{in_words(price.hours_per_week)}")
    if price.per_year and price.weeks_per_year:
        yield _row("Price per year", str(money(price.per_year)), in_words(price.weeks_per_year))
    yield from (care_as_text(price) if order is Order.COST_OF_CARE else _lines(price))
    if price.extras:
        yield ""
    yield from (_row(f"{each.section.value}, {each.in_words}", "") for each in price.extras)
    yield from _stretches(price)
    yield from _who_pays(price)
    yield from cap_as_text(price.capped)
    yield from visits_as_text(visits)
    if price.notes:
        yield ""
    for note in price.notes:
        yield f"Note: {note}"
    if explain:
        yield ""
        yield "How it is made"
        yield from (f"{n}. {step}" for n, step in enumerate(steps_of(*price.told), start=1))


def as_data(price: Price, explain: bool) -> dict[str, object]:
    """The price for another program: every amount is text with two decimals, so that nothing turns it into a float."""
    data: dict[str, object] = {
        "name": price.name,
        "on": price.on.isoformat(),
        "until": price.until.isoformat() if price.until else None,
        "quoted_per": price.quoted_per.value,
        "price_per_hour": money(price.per_hour).plain,
        "price_per_week": money(price.per_week).plain,
        "price_per_year": money(price.per_year).plain if price.per_year else None,
        "lines": [
            {"section": line.section.value, "line": line.label, "amount": line.shown.plain, "share_percent": str(line.share_percent)}
            for line in price.lines
        ],
        "rounding": price.rounding.plain,
        "stretches": [{"first": days.first.isoformat(), "last": days.last.isoformat(), "price_per_hour": money(own.per_hour).plain,
                       "price_per_week": money(own.per_week).plain} for days, own in price.stretches],
        "notes": list(price.notes),
        "extras": [{"section": each.section.value, "percent_on_cost": str(percent(each.on_cost)),
                    "percent_of_price": str(percent(each.of_price))} for each in price.extras],
        "funders": [{"funder": payer.name, "per_week": part.plain} for payer, part in price.shares.by_payer] if price.shares else [],
        "not_paid_per_week": price.shares.not_paid.plain if price.shares else None,
        "cap": cap_as_data(price.capped),
    }
    if explain:
        data["explanation"] = [
            {"label": step.label, "amount": step.amount, "made_of": step.made_of, "source": str(step.source or "")}
            for step in steps_of(*price.told)
        ]
    return data


def _lines(price: Price) -> Iterator[str]:
    yield ""
    yield _row(f"What the {price.quoted_per.value} is made of", "£", "share")
    for part in price.parts:
        yield _row(part.section.value, part.shown.plain, f"{part.share_percent}%")
        for line in () if part.is_one_line else part.lines:
            yield _row(f"  {line.label}", line.shown.plain, f"{line.share_percent}%")
    if price.rounding:
        yield _row("Rounding", price.rounding.plain)
    yield _row("Price", money(price.quoted).plain, f"{sum(part.share_percent for part in price.parts)}%")


def _stretches(price: Price) -> Iterator[str]:
    """What each stretch of days would cost at its own rates, beside the one price for all of them."""
    if price.stretches:
        yield ""
        yield _row("At the rates of each stretch of days", "an hour", "a week")
    for days, own in price.stretches:
        yield _row(f"  {days}", str(money(own.per_hour)), str(money(own.per_week)))


def _who_pays(price: Price) -> Iterator[str]:
    if price.shares:
        yield ""
        yield "Who pays the week"
        yield from (_row(f"  {payer.name}", part.plain) for payer, part in price.shares.by_payer)
        if price.shares.not_paid:
            yield _row("  Contingency that nobody pays", price.shares.not_paid.plain)


def _row(label: str, amount: str, beside: str = "") -> str:
    return f"{label:<{LABEL_WIDTH}}{amount:>12}  {beside:>18}".rstrip()
