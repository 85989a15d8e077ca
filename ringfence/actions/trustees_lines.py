"""The lines of the trustees' page: under which heading each stands, what it is called, and what it means in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isf.trustees import NOT_SHOWN, Count, Line, Part, Value

LINES: tuple[tuple[str, Part, str, str], ...] = (
    ("must_be_held", Part.PEOPLES_MONEY, "Must be held for people",
     "What is left of everybody’s budget and paid in: it is theirs, and may be spent on nothing else."),
    ("held", Part.PEOPLES_MONEY, "Held for people, by the ledger", "What lies in the account of people’s money."),
    ("bank", Part.PEOPLES_MONEY, "What the bank said when it was last reconciled",
     "The bank’s own figure, which somebody else than who looked it up signed."),
    ("difference", Part.PEOPLES_MONEY, "Difference then", "Unless nil, explained fund by fund before it was signed."),
    ("reconciled", Part.PEOPLES_MONEY, "Last reconciled for", "People’s money meets the bank every five weeks at least."),
    ("reconciled_by", Part.PEOPLES_MONEY, "Reconciled by", "Who held it beside the bank, when, and who else signed."),
    ("free_cash", Part.OUR_CASH, "Free cash after people’s money", "What our own accounts hold, less whatever in them is people’s."),
    ("with_provider", Part.OUR_CASH, "People’s money in our own account", "Contributions not paid over yet."),
    ("earned", Part.OUR_CASH, "Earned and not yet drawn", "Support that was given, whose money we may move from people’s account to ours."),
    ("owed", Part.OUR_CASH, "Owed to us for support given", "Support that no money has come for yet."),
    ("debts", Part.OUR_CASH, "Invoices that are open", "Invoiced and not paid yet, whether due or not."),
    ("debts_late", Part.OUR_CASH, "Of those, overdue up to 90 days", "Their day to be paid is over."),
    ("debts_over_90", Part.OUR_CASH, "Of those, overdue over 90 days", "The longer a debt is open, the less comes in."),
    ("promises", Part.OUR_CASH, "Promised by contracts and overdue",
     "Instalments whose day to be paid is over: asked for and not paid, or not asked for."),
    ("promised_in", Part.OUR_CASH, "In how many funds", "How many people’s funds that money was promised to."),
    ("overspend", Part.OUR_CASH, "Overspend that we carry", "Support beyond what people had left: ours to pay until a funder agrees to more."),
    ("overspent", Part.OUR_CASH, "In how many funds", "How many people’s funds that overspend is in."),
    ("below_cost", Part.PRICES, "Decisions in force to sell below full cost", "Each was asked for by one person and taken by another, until a day."),
    ("below_cost_year", Part.PRICES, "What those cost us in a year",
     "The difference between full cost and what is paid, which other money makes up."),
    ("cover", Part.PRICES, "How much of their full cost is covered", "So much is paid of each £100."),
    ("given", Part.SUPPORT, "Support given in the month", "Without empty places and cancelled visits."),
    ("commissioned", Part.SUPPORT, "Hours commissioned since 1 April", "By contracts and extras, for all their days."),
    ("commissioned_in", Part.SUPPORT, "In how many funds", "How many people’s funds have hours that were agreed so."),
    ("commissioned_given", Part.SUPPORT, "Of those, given so far", "Charged in these funds, and their part of all."),
    ("even_pace", Part.SUPPORT, "Given by then, at an even pace", "As much of them as of the year to 31 March."),
    ("voids", Part.SUPPORT, "Empty places that we paid for in the month",
     "Shared support goes on while a place stands empty, and nobody else pays for it."),
    ("surplus", Part.TO_DO, "Surplus above what may stay in funds",
     "Funders let so much stay in a fund; what is above goes back, or support starts."),
    ("surpluses", Part.TO_DO, "In how many funds", "How many people have more than their terms allow."),
    ("reviews", Part.TO_DO, "Reviews overdue",
     "By the day agreed at the last review, or by the funder’s terms; not those that only a changed plan asks for."),
    ("contracts", Part.TO_DO, "Contracts that end within 90 days", "Nothing of the same funder follows yet."),
    ("contracts_pounds", Part.TO_DO, "What those contracts come to", "Their whole sums, over all their days."),
)


OF_HOW_MANY = {"overspend": "overspent", "surplus": "surpluses", "below_cost_year": "below_cost", "cover": "below_cost",
               "contracts_pounds": "contracts", "promises": "promised_in", "commissioned": "commissioned_in",
              "commissioned_given": "commissioned_in", "even_pace": "commissioned_in"}
"""The lines that are told of a count: where that is of few and hidden, so is what it comes to, in pounds or hours."""


def lines_of(now: Mapping[str, Value], before: Mapping[str, Value]) -> Iterator[Line]:
    """Each line with what it says now and said at the end of the month before."""
    for key, part, what, means in LINES:
        yield Line(key, part, what, means, _told(key, now), _told(key, before))


def _told(key: str, said: Mapping[str, Value]) -> Value:
    count = said.get(OF_HOW_MANY.get(key, ""))
    return NOT_SHOWN if isinstance(count, Count) and count.is_hidden else said[key]
