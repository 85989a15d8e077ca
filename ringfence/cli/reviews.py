"""`ringfence review`: what a price review asks each funder for, its letters, and recording that it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from costing.package import Per
from costing.quote import Quote
from costing.uplift import percent_more
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.reviews import by_funder, review_of_file, write_letters
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, Out, acting, in_json
from ringfence.cli.quotes import whole_as_data


def review(
    file: Annotated[Path, typer.Argument(help="The file of the review (docs/formats/review.md).")],
    record: Annotated[bool, typer.Option("--record", help="Ask: record every price as a quote, so that answers can be kept.")] = False,
    out: Out = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show what a price review asks each funder for, and what that comes to in a year; write their letters."""
    with acting(database, user) as who:
        found = review_of_file(who, file, record=record)
    written = write_letters(found, out) if out else ()
    if json_:
        typer.echo(in_json([as_data(quote) for quote in found]))
        return
    typer.echo("\n".join(as_text(found)))
    for path in written:
        typer.echo(f"Written: {path}")
    if not record:
        typer.echo("Nothing is asked yet. To ask, give the same command with --record; ‘ringfence quotes’ then keeps the answers.")


def as_text(quotes: Sequence[Quote]) -> Iterator[str]:
    """Each funder's packages, what is paid now and what is asked, and the sums of a year."""
    heads = ("Package", "quote", "for each", "people", "now £", "asked £", "more %", "more a year £")
    for letter in by_funder(quotes):
        yield f"{letter[0].funder}, from {letter[0].first}, to be answered by {letter[0].until}"
        yield from aligned([heads, *(_row(quote) for quote in letter), ("All packages", "", "", "", "", "", "", _sum(letter).plain)])
        yield from dict.fromkeys(f"Note on {quote.package}: {note}" for quote in letter for note in quote.notes)
        yield ""
    yield f"More in a year, if all is agreed: {_sum(quotes)}"


def as_data(quote: Quote) -> dict[str, object]:
    """One asked price for another program."""
    return {"reference": quote.reference, "funder": quote.funder, "package": quote.package, "people": quote.people, "per": quote.per,
            "from": quote.first, "until": quote.until, "now": Money(quote.now_pence or 0).plain, "asked": Money(quote.pence).plain,
            "more_per_year": _more(quote).plain, "whole": whole_as_data(quote), "notes": list(quote.notes)}


def _row(quote: Quote) -> tuple[str, ...]:
    now = Money(quote.now_pence or 0)
    return (quote.package, quote.reference, quote.per, f"{quote.people:,}", now.plain, Money(quote.pence).plain,
            str(percent_more(now, Money(quote.pence)) or ""), _more(quote).plain)


def _sum(quotes: Sequence[Quote]) -> Money:
    return Money.total(_more(quote) for quote in quotes)


def _more(quote: Quote) -> Money:
    return quote.for_all(Per.YEAR) - quote.for_all(Per.YEAR, quote.now_pence or 0)
