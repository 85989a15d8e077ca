"""What was agreed becomes the plan: an accepted quote as a file of `apply`, which somebody reads, applies and has approved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from costing.package import Per
from costing.quote import Followed
from invoicing.delivery import Funding
from ringfence.actions.acting import Acting
from ringfence.actions.quotes import quote
from ringfence.importing.costing_text import cost_file_text
from ringfence.store import registry

MINUTES_PER_HOUR = 60


def apply_file_of(acting: Acting, reference: str, *, fund: str, support: str, words: str = "", last: date | None = None) -> str:
    """The rate and the line of the plan that an accepted quote comes to in one person's fund, as the text of a file of `apply`.

    A price of an hour is a rate for the minutes of a week; a price of a week is one item a week. `last` is their last day: without it, that of
    the funding. Raises `InputError` for a quote that is not accepted, and for a fund into which its funder does not pay on its first day.
    """
    followed = quote(acting, reference)
    agreed = followed.agreed
    if agreed is None:
        raise InputError(f"{followed.quote.reference} has not been accepted.", "Record the answer first: ringfence quote accepted")
    with acting.reading() as connection:
        person = next((str(row.person) for row in registry.funds(connection) if row.key == fund and row.person), "")
        paying = _paying(connection, followed, fund, agreed.first)
    if followed.quote.person not in ("", person):
        raise InputError(f"{followed.quote.reference} is for {followed.quote.person}, and {fund} is the fund of {person}.", "Name their own fund.")
    code = f"{followed.quote.reference}-{person}"
    days = {"from": agreed.first, "to": last or paying.period.last}
    line = {"line": code, "person": person, "fund": fund.partition("-")[0], "support": support, "words": words or followed.quote.package,
            **({"funder": paying.funder} if paying.how == "schedule" else {}), "rate": code, **_how_much(followed), **days}
    rate = {"rate": code, "per": "hour" if followed.quote.quoted_per is Per.HOUR else "item", "pounds": Money(agreed.pence).pounds, **days}
    return cost_file_text({"rates": [rate], "plan": [line]})


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
