"""`ringfence trustees`: one page for the trustees, on the screen, as a PDF or as a workbook. No names, and no number under five."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month, day_in_words
from isf.service_surplus import SurplusKept
from isf.trustees import Count, Part, TrusteesPage, Value, shown
from isf.trustees_tables import Table, tables_of
from ringfence.actions.acting import Acting
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.trustees import keep_paper, trustees_page
from ringfence.actions.trustees_words import say_to_trustees
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, show
from ringfence.cli.fees import fee_as_data, plain

WIDTH, VALUE_WIDTH = 46, 24
MEANS_WIDTH = 112


def trustees(
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="The month, like 2026-10; without it, the last that is closed.")] = "",
    our_cash: Annotated[str, typer.Option("--our-cash", metavar="POUNDS", help="What our own bank accounts hold on its last day.")] = "",
    matters: Annotated[str | None, typer.Option("--matters", metavar="WORDS", help="Write what matters most; \"\" takes it off.")] = None,
    wanted: Annotated[str | None, typer.Option("--wanted", metavar="WORDS", help="Write which decisions are wanted; \"\" too.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the page as a .pdf or an .xlsx.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show how we stand, on one page without names: people’s money, our cash, what is sold below cost, what is late."""
    with acting(database, user) as who:
        ours = _pounds(our_cash)
        found = trustees_page(who, Month.parse(month) if month else None, our_cash=ours)
        if matters is not None or wanted is not None:
            _write(who, found, matters, wanted)
            found = trustees_page(who, found.month, our_cash=ours)
    if out is not None:
        keep_paper(found, out)
    show(as_data(found), as_text(found), as_json=json_)


def _write(who: Acting, page: TrusteesPage, matters: str | None, wanted: str | None) -> None:
    """What is not given stays as it stands."""
    matters_now, wanted_now = (page.words.matters, page.words.wanted) if page.words else ("", "")
    say_to_trustees(who, page.month, matters_now if matters is None else matters, wanted_now if wanted is None else wanted)


def as_text(page: TrusteesPage) -> Iterator[str]:
    """Each line under its heading: now, at the end of the month before, and what it means."""
    yield f"{page.provider}: how we stood on {day_in_words(page.on)}, beside {day_in_words(page.before)}"
    for heading, said in page.words.told if page.words else ():
        yield from ("", heading, *(f"  {line}" for line in textwrap.wrap(said, MEANS_WIDTH)))
    for part, lines in page.parts:
        yield f"\n{part.value}"
        for each in lines:
            yield f"  {each.what.ljust(WIDTH)}{shown(each.now).rjust(VALUE_WIDTH)}{shown(each.before).rjust(VALUE_WIDTH)}"
            yield from (f"      {line}" for line in textwrap.wrap(each.means, MEANS_WIDTH))
        for table in tables_of(page) if part is Part.PRICES else ():
            yield from table_lines(table)


def table_lines(table: Table) -> Iterator[str]:
    """A table of the page with what is said of each row under it."""
    yield f"\n{table.heading}"
    yield from (f"  {line}" for line in textwrap.wrap(table.about, MEANS_WIDTH))
    rows = [(table.of, *table.columns), *((each.what, *map(shown, each.cells)) for each in table.rows)]
    for n, line in enumerate(aligned(rows) if table.rows else ()):
        yield f"  {line}"
        if n and table.rows[n - 1].below:
            yield f"      {table.rows[n - 1].below}"


def as_data(page: TrusteesPage) -> dict[str, object]:
    """The same for another program: pounds as text with two decimals, a count of few in words, null where it is not known."""
    return {
        "provider": page.provider, "month": str(page.month), "on": page.on.isoformat(), "before": page.before.isoformat(),
        "what_matters_most": page.words.matters if page.words else "", "decisions_wanted": page.words.wanted if page.words else "",
        "surplus_by_service": _surplus(page.surplus), "fees": [fee_as_data(each) for each in page.fees],
        "lines": [{"key": each.key, "part": each.part.value, "what": each.what, "means": each.means, "now": _plain(each.now),
                   "before": _plain(each.before)} for each in page.lines]}


def _surplus(kept: SurplusKept | None) -> dict[str, object] | None:
    """Null where nothing is kept; figures are null where they are of so few people."""
    return None if kept is None else {
        "first": kept.period.first.isoformat(), "last": kept.period.last.isoformat(), "kept_by": kept.by, "kept_on": kept.on.isoformat(),
        "services": [{"service": each.service, "minutes": each.minutes, "charged": plain(each.charged), "cost": plain(each.cost),
                      "surplus": plain(each.surplus)} for each in kept.services]}


def _plain(value: Value) -> object:
    if isinstance(value, Count):
        return str(value) if value.is_hidden else value.of
    return value.plain if isinstance(value, Money) else value


def _pounds(text: str) -> Money | None:
    try:
        return Money.parse(text) if text else None
    except InputError as error:
        raise InputError(error.problem.what, error.problem.to_do, "--our-cash") from None
