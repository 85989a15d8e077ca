"""Small pieces of a page as HTML, escaped as they are made: links, tags, figures, and addresses."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup, escape

from basics.money import Money
from basics.periods import minutes_in_words

NOT_KNOWN = Markup('<span class="rf-not-known">Not known</span>')

TAGS = {
    "Draft": "grey", "Void": "grey", "Taken back": "grey", "Later": "grey", "Closed": "grey", "Not known yet": "grey",
    "Prepared": "orange", "Awaiting approval": "orange", "Not paid": "orange", "More used than planned": "orange", "Now": "orange",
    "Approved": "blue", "Issued": "blue", "Sent": "blue", "Less used than planned": "blue", "Watch": "blue", "Open": "blue",
    "Paid": "green", "On target": "green", "Done": "green",
    "Overdue": "red", "Stops month end": "red", "Stops the lock": "red",
}
"""The colour of each status. A tag always says its status in words, so that the colour adds to them and never stands for them."""

SHAPES = {"green": "✓", "orange": "▲", "red": "!", "blue": "●", "grey": "–"}


def address(page: str, **query: object) -> str:
    """The address of a page, with what it is to show; what is empty or None is left out."""
    asked = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"/{page}" + (f"?{urlencode(asked)}" if asked else "")


def link(text: str | Markup, to: str, *, new_tab: bool = False) -> Markup:
    """A link within the app, or with `new_tab` to a document that opens beside it."""
    if new_tab:
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(to, text)
    return Markup(f'<a href="{escape(to)}">{escape(text)}</a>')


def button_link(text: str, to: str, *, primary: bool = False, new_tab: bool = False, about: str = "") -> Markup:
    """A link that looks like the thing to do next; `about` says to whoever listens what its words are about."""
    kind = "rf-button rf-primary" if primary else "rf-button"
    beside = Markup(' target="_blank" rel="noopener"') if new_tab else Markup("")
    heard = Markup(' aria-label="{}: {}"').format(text, about) if about else Markup("")
    return Markup('<a class="{}" href="{}"{}{}>{}</a>').format(kind, to, beside, heard, text)


@lru_cache(maxsize=256)
def tag(status: str, colour: str = "") -> Markup:
    """A status as a small box: a shape and its words. `colour` where the words are not one of `TAGS`."""
    of = colour or TAGS[status]
    return Markup('<span class="rf-tag rf-{}"><span aria-hidden="true">{}</span> {}</span>').format(of, SHAPES[of], status)


def pounds(pence: int | Money | None) -> Markup:
    """An amount as a ledger shows it, £1,234.50 or -£12.00; “Not known” where there is none."""
    if pence is None:
        return NOT_KNOWN
    return Markup(f'<span class="rf-figure">{pence if isinstance(pence, Money) else Money(pence)}</span>')


def under(text: str | Markup) -> Markup:
    """What stands under a name or a figure, smaller."""
    return Markup(f'<span class="rf-under">{escape(text)}</span>')


def held(pence: int) -> Markup:
    """Money that we hold for a person: below nil we hold nothing, and what is owed for support already given stands under it."""
    return pounds(max(pence, 0)) + (under(f"{Money(-pence)} owed for support") if pence < 0 else "")


def hours(minutes: int | None) -> Markup:
    """Minutes as hours and minutes, “26 h 30 m”; “Not known” where there are none."""
    return NOT_KNOWN if minutes is None else Markup(f'<span class="rf-figure">{minutes_in_words(minutes)}</span>')


def with_ways(text: str) -> Markup:
    """A sentence that says what to do, in which an apply file leads to the page that takes one."""
    return Markup(escape(text).replace("apply file", Markup('<a href="/import">apply file</a>')))


def how_many(count: int, one: str, many: str = "") -> str:
    """“1 person”, “60 people”, “1,204 visits”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
