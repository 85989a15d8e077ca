"""Quotes and reviews: what was asked of whom, what was offered and agreed, from when; what expires soon; an answer; a new quote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_figures
from costing.quote import Followed, Standing
from ringfence.actions.acting import Acting
from ringfence.actions.quotes import EXPIRES_SOON, Quotes
from ringfence.actions.quotes import quotes as every_quote
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.markup import how_many, link, pounds, tag, under
from ringfence.screens.components.paged import in_address, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as in_words
from ringfence.screens.quote_answers import answer
from ringfence.screens.quote_making import DONE, make

ALL, SOON = "All", "Expires soon"
TABS = (ALL, *(each.value for each in Standing))
COLOURS = {Standing.OFFERED.value: "blue", Standing.ACCEPTED.value: "green", Standing.REFUSED.value: "grey", Standing.EXPIRED.value: "grey",
           SOON: "orange"}


def page() -> None:
    """Draw the page: what waits first, then the list, an answer, a new quote."""
    found = _read(acting())
    heading("Quotes and reviews", _first_line(found))
    tell_done(DONE)
    _below_cost(found)
    if found.quotes:
        _list()
        answer(found)
    else:
        words("A quote asks a funder for the price of a package. Make the first one below; a price review of many packages at once is made "
              "with the command: ringfence review.")
    make()


@kept(4, spinner="Reading the quotes …")
def _read(caller: Acting) -> Quotes:
    return every_quote(caller)


def _first_line(found: Quotes) -> str:
    waiting, soon = len(found.of(Standing.OFFERED)), len(found.expiring)
    if not found.quotes:
        return "Nothing has been asked yet."
    if not waiting:
        return "No quote waits for an answer."
    expires = f" {how_many(soon, 'expires', 'expire')} within 14 days: ask before then." if soon else ""
    return f"{how_many(waiting, 'quote waits', 'quotes wait')} for an answer.{expires}"


def _below_cost(found: Quotes) -> None:
    """What was agreed below full cost, and nobody has decided."""
    for each in (each for each in found.quotes if each.quote.reference in found.undecided):
        words(Markup("{} was agreed {} a week below full cost, and no decision covers it. {}").format(
            each.quote.reference, each.short_per_week, link("Check the offer, and ask for a decision", "/offers")))


@st.fragment
def _list() -> None:
    """The filters and the list; the total is of all that match."""
    found = _read(acting())
    part("What was asked")
    search = st.text_input("Search", placeholder="A funder, a package or a review", live=True, autocomplete="off", **in_address("search")) or ""
    matches = [each for each in found.quotes if all(word in _text(each) for word in search.casefold().split())]
    counted = {tab: [each for each in matches if tab in (ALL, each.standing(found.on).value)] for tab in TABS}
    tab = st.segmented_control("Status", TABS, default=ALL, required=True, **in_address("status"))
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(" · ".join(f"{one}: {len(counted[one]):,}" for one in TABS)))
    shown = counted[tab or ALL]
    paged(shown, "page", lambda some: _table(some, shown, found.on))


def _table(some: Sequence[Followed], matches: Sequence[Followed], on: date) -> None:
    columns = [in_words("Quote"), figures("Asked"), figures("Agreed"), in_words("Counts from"), in_words("Answer by"), figures("More a year"),
               in_words("Status")]
    more = Money.total(each for each in (one.more_per_year(on) for one in matches) if each is not None)
    table("What was asked, offered and agreed", columns, [_row(each, on) for each in some], empty="No quote matches.",
          total=[f"More a year than is paid now, all that match ({len(matches):,})", "", "", "", "", pounds(more), ""],
          note="More a year is beside what is paid now, for all people: as agreed, or as asked while that stands. A new package has none.")


def _row(each: Followed, on: date) -> Row:
    quote, agreed = each.quote, each.agreed
    people = f" · {quote.people:,} people" if quote.people > 1 else ""
    letter = link(quote.reference, f"/documents/{each.document_id}.pdf", new_tab=True)
    named = Markup('<span class="rf-wide">{} {}{}</span>').format(
        letter, quote.package, under(" · ".join(filter(None, (quote.funder, quote.person, quote.review))) + people))
    more, said = each.more_per_year(on), each.answer
    return [named, Markup("{}{}").format(pounds(quote.pence), under(f"for each {quote.per}")), _agreed(each),
            day_in_figures(agreed.first if agreed else quote.first_day), day_in_figures(quote.last_day), pounds(more) if more is not None else "",
            Markup("{}{}").format(_status(each, on), under(said.why) if said and said.why else "")]


def _status(each: Followed, on: date) -> Markup:
    standing = each.standing(on).value
    soon = standing == Standing.OFFERED and each.quote.last_day - on <= EXPIRES_SOON
    return tag(SOON if soon else standing, COLOURS[SOON if soon else standing])


def _agreed(each: Followed) -> Markup | str:
    """What was agreed; until then, what was offered."""
    if each.agreed is not None:
        return pounds(each.agreed.pence)
    return Markup("{}{}").format(pounds(each.offer.pence), under("they offer")) if each.offer is not None else ""


def _text(each: Followed) -> str:
    quote = each.quote
    return " ".join((quote.reference, quote.funder, quote.package, quote.review, quote.person)).casefold()
