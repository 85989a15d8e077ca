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
from isf.trustees import Count, TrusteesPage, Value, shown
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.trustees import keep_paper, trustees_page
from ringfence.cli.common import As, Database, Json, acting, show

WIDTH, VALUE_WIDTH = 46, 24
MEANS_WIDTH = 112


def trustees(
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="The month, like 2026-10; without it, the last that is closed.")] = "",
    our_cash: Annotated[str, typer.Option("--our-cash", metavar="POUNDS", help="What our own bank accounts hold on its last day.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the page as a .pdf or an .xlsx.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show how we stand, on one page without names: people’s money, our cash, what is sold below cost, what is late."""
    with acting(database, user) as who:
        found = trustees_page(who, Month.parse(month) if month else None, our_cash=_pounds(our_cash))
    if out is not None:
        keep_paper(found, out)
    show(as_data(found), as_text(found), as_json=json_)


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


def as_data(page: TrusteesPage) -> dict[str, object]:
    """The same for another program: pounds as text with two decimals, a count of few in words, null where it is not known."""
    return {
        "provider": page.provider, "month": str(page.month), "on": page.on.isoformat(), "before": page.before.isoformat(),
        "what_matters_most": page.words.matters if page.words else "", "decisions_wanted": page.words.wanted if page.words else "",
        "lines": [{"key": each.key, "part": each.part.value, "what": each.what, "means": each.means, "now": _plain(each.now),
                   "before": _plain(each.before)} for each in page.lines]}


def _plain(value: Value) -> object:
    if isinstance(value, Count):
        return str(value) if value.is_hidden else value.of
    return value.plain if isinstance(value, Money) else value


def _pounds(text: str) -> Money | None:
    try:
        return Money.parse(text) if text else None
    except InputError as error:
        raise InputError(error.problem.what, error.problem.to_do, "--our-cash") from None
