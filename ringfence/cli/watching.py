"""`ringfence watch`: what somebody should look at, over every fund at once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words
from isf.watch import Watched
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.watching import WatchList, watch_list
from ringfence.actions.watching_words import HOW_IT_IS_FOUND, in_short, limits
from ringfence.cli.common import As, Database, Json, acting, day_given, show

WIDTH = 120


def watch(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day to look at, like 2026-10-01; without it, today.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List what to look at: surpluses above the cap, reviews, what ends, periods without receipts, support that did not come."""
    with acting(database, user) as who:
        found = watch_list(who, day_given(on, who.today, "--on"))
    show(as_data(found), as_text(found), as_json=json_)


def as_text(found: WatchList) -> Iterator[str]:
    """The list by what each line is about, and how it was found."""
    yield f"To look at on {day_in_words(found.on)}: {in_short(found)}"
    for matter, lines in groupby(sorted(found.lines, key=lambda each: each.matter), key=lambda each: each.matter):
        yield f"\n{matter}"
        for each in lines:
            yield f"  {each.who}: {each.what}"
            yield f"      {' '.join(filter(None, (_when(each), f'{each.to_do}.')))}"
    yield ""
    yield from (line for words in (*limits(found), HOW_IT_IS_FOUND) for line in textwrap.wrap(words, WIDTH))


def as_data(found: WatchList) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "on": found.on.isoformat(), "charged_through": str(found.charged_through) if found.charged_through else None,
        "funds_without_terms": found.without_terms, "late": found.late,
        "lines": [{
            "about": each.matter.value, "fund": each.fund or None, "who": each.who, "what": each.what,
            "since": each.since.isoformat() if each.since else None, "by": each.by.isoformat() if each.by else None, "late": each.is_late,
            "pounds": None if each.pence is None else Money(each.pence).plain, "to_do": each.to_do} for each in found.lines],
    }


def _when(each: Watched) -> str:
    since = f"since {day_in_words(each.since)}" if each.since else ""
    by = f"by {day_in_words(each.by)}" if each.by else ""
    said = ", ".join(filter(None, (since, by)))
    return f"{'Late: ' if each.is_late else ''}{said[:1].upper() if not each.is_late else said[:1]}{said[1:]}." if said else ""
