"""What was agreed becomes the plan: an accepted quote as a file of `apply`, which somebody reads, applies and has approved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from basics.errors import InputError, NotAllowed
from basics.money import Money
from basics.periods import day_in_words
from costing.package import Per
from costing.quote import Followed
from invoicing.delivery import Funding
from ringfence.actions.acting import Acting
from ringfence.actions.quotes import is_undecided, quote
from ringfence.importing.costing_text import cost_file_text
from ringfence.store import registry

MINUTES_PER_HOUR = 60


def apply_file_of(acting: Acting, reference: str, *, fund: str, support: str, words: str = "", last: date | None = None) -> str:
    """The rate and the line of the plan that an accepted quote comes to in one person's fund, as the text of a file of `apply`.

    A price of an hour is a rate for the minutes of a week; a price of a week is one item a week. `last` is their last day: without it, that of
    the funding, and no later than the last day that the price is for. Raises `InputError` for a quote that is not accepted, for days that are
    not in the time of its price, and for a fund into which its funder does not pay on its first day; `NotAllowed` for a price below full cost
    that nobody decided.
    """
    followed = quote(acting, reference)
    agreed = followed.agreed
    if agreed is None:
        raise InputError(f"{followed.quote.reference} has not been accepted.", "Record the answer first: ringfence quote accepted")
    if is_undecided(acting, followed):
        raise NotAllowed(f"{followed.quote.reference} was agreed {followed.short_per_week} a week below full cost, and no decision that stands on "
                         f"{day_in_words(agreed.first)} covers it.",
                         "Ask for one and have it approved, then make the plan: ringfence offer FILE POUNDS --propose")
    with acting.reading() as connection:
        person = next((str(row.person) for row in registry.funds(connection) if row.key == fund and row.person), "")
        paying = _paying(connection, followed, fund, agreed.first)
    if followed.quote.person not in ("", person):
        raise InputError(f"{followed.quote.reference} is for {followed.quote.person}, and {fund} is the fund of {person}.", "Name their own fund.")
    code = f"{followed.quote.reference}-{person}"
    days = {"from": agreed.first, "to": _last_day(followed, agreed.first, last, paying.period.last)}
    line = {"line": code, "person": person, "fund": fund.partition("-")[0], "support": support, "words": words or followed.quote.package,
            **({"funder": paying.funder} if paying.how == "schedule" else {}), "rate": code, **_how_much(followed), **days}
    rate = {"rate": code, "per": "hour" if followed.quote.quoted_per is Per.HOUR else "item", "pounds": Money(agreed.pence).pounds, **days}
    return cost_file_text({"rates": [rate], "plan": [line]})


def _last_day(followed: Followed, first: date, asked: date | None, funded: date) -> date:
    """The last day of the plan: as asked, or that of the funding; never after the time that the price is for."""
    ends = followed.quote.last_priced_day
    if ends is not None and max(first, asked or first) > ends:
        raise InputError(f"The price of {followed.quote.reference} is for days until {day_in_words(ends)}.",
                         "Give an earlier last day; for the days after it, ask with a quote of their own price.")
    return min(filter(None, (asked or funded, ends)))


def _how_much(followed: Followed) -> dict[str, int]:
    if followed.quote.quoted_per is Per.WEEK:
        return {"times_per_week": 1}
    minutes = Fraction(followed.quote.hours_per_week) * MINUTES_PER_HOUR
    if minutes.denominator != 1:
        raise InputError(f"The hours of a week of {followed.quote.package} are no whole minutes, as a plan has them.",
                         "Quote the package for a week.", followed.quote.reference)
    return {"minutes_per_week": int(minutes)}


def _paying(connection: Connection, followed: Followed, fund: str, first: date) -> Funding:
    """How the funder of the quote pays into a fund on a day."""
    names = {reference: funder.name for reference, funder in registry.funders(connection).items()}
    found = [each for each in registry.fundings(connection, fund) if first in each.period]
    for each in found:
        if followed.quote.funder.casefold() in (each.funder.casefold(), names[each.funder].casefold()):
            return each
    who = ", ".join(names[each.funder] for each in found) or "nobody"
    raise InputError(f"On {day_in_words(first)} {who} pays into {fund}, and {followed.quote.reference} was agreed with {followed.quote.funder}.",
                     "Name the fund’s key as the app shows it, or apply the funding first.")
