"""What was agreed, as apply files say it: payers, terms, prices, plans, the block contract and how it is divided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from basics.periods import ONE_DAY
from sample_data.accounts import NOMINAL_CODES, contract_accounts
from sample_data.block import Block, Section
from sample_data.held import held_as
from sample_data.names import COUNCIL, COUNCILS, ICB, PROVIDER_AS_PRINTED, SECOND_COUNCIL
from sample_data.people import IN_HOUSE, MOVES, PLACES
from sample_data.plans import MOVES_ON, RATES, SPOT_FROM, YEAR_FROM, YEAR_TO, Cast, Line, Supported, house
from sample_data.plans_agreed import answers_of_september, first_findings, plans_agreed

_VAT = {"vat": "exempt", "vat_words": "welfare services, VAT Act 1994, Schedule 9, Group 7"}
_CHARGING = {"across_midnight": "split", "nights": "elapsed", "cancelled_visits": "not charged", "carers": "each has a row", "line": "visit",
             **_VAT}
TERMS: tuple[Section, ...] = (
    {"name": "Northshore ISF", "from": date(2026, 4, 1), "source": "ISF agreement 2026, schedule 2", "charged_time": "nearest 15",
     "days_to_pay": 14, "order_number_needed": True, **_CHARGING},
    {"name": "Eastmere spot", "from": date(2026, 1, 1), "source": "Eastmere framework, part C", "charged_time": "by the minute",
     "funder_share": "by line", "days_to_pay": 30, "order_number_needed": True, **_CHARGING},
    {"name": "Health", "from": date(2026, 1, 1), "source": "Joint package agreement of 12 January 2026", "charged_time": "by the minute",
     "funder_share": "by line", "days_to_pay": 30, "order_number_needed": False, **_CHARGING},
    {"name": "Own support", "from": date(2026, 1, 1), "source": "Our agreement with the person, page 3", "charged_time": "nearest 15",
     "days_to_pay": 14, "order_number_needed": False, **_CHARGING},
)
_TERMS_OF = {COUNCIL: "Northshore ISF", SECOND_COUNCIL: "Eastmere spot", ICB: "Health"}
_RATES_CHANGE = date(2026, 4, 1)
_REVIEWED_ON = date(2026, 5, 20)
FUND_TERMS: Section = {
    "source": "ISF agreement 2026, schedule 3", "paid": "in advance", "paid_every": "4 weeks", "paid_on": "fixed sum", "payment": "net",
    "contribution": "provider collects every 4 weeks", "contribution_spent": "contribution first", "may_bank": True, "surplus_weeks": 4,
    "surplus_base": "net weekly budget", "surplus_stays_weeks": 12, "surplus_stays": "the part above the cap", "statements_every": "month",
    "reviews": ["6 to 8 weeks", "yearly"], "review_on_change": True, "notice_weeks": 4,
    "small_change_pounds_per_week": "50.00", "leftovers": "back to the funder"}
"""The council’s terms for the funds of its block contracts. What they do not say, like a fee, is not known."""


def at_the_start(cast: Cast) -> Section:
    """What stands when the books begin: the provider, the payers, prices, and everybody who is paid for by delivery."""
    spot = [one for one in cast.people if one.fund == "spot"]
    return {
        "provider": PROVIDER_AS_PRINTED, "funders": [*COUNCILS, *_payers(spot)], "terms": list(TERMS), "rates": list(_rates()),
        "nominal_codes": list(NOMINAL_CODES),
        "fundings": [funding for one in spot for funding in _fundings(one)],
        "plan": [_line(one, line) for one in spot for line in one.now],
        **held_as(spot),
    }


def going_live(cast: Cast, blocks: Iterable[Block]) -> Section:
    """What stands when the block contracts become funds: contracts, houses, plans, splits, and what was used before."""
    blocks = list(blocks)
    people = [one for block in blocks for one in block.people]
    return {
        "funders": list(_payers(one for one in people if one.contribution_pence)),
        "contracts": [block.contract for block in blocks],
        "houses": [_house(cast, area) for area in range(cast.areas)],
        "fundings": [funding for block in blocks for one in block.people for funding in _scheduled(block, one)],
        "plan": [_line(one, line) for one in people for line in one.now],
        "splits": [block.split for block in blocks],
        "openings": [block.opening for block in blocks],
        "contract_accounts": contract_accounts(blocks),
        "fund_terms": [{"person": one.reference, "fund": "isf", "funder": COUNCIL, "from": YEAR_FROM, **FUND_TERMS} for one in people],
        **plans_agreed(cast, blocks), **held_as(people),
    }


def first_reviews(cast: Cast) -> Section:
    """The council’s first reviews, eight weeks after the year began: of everybody whose fund it pays but the last of each area."""
    people = [one for one in cast.people if one.fund == "isf"]
    late = {one.area: one.reference for one in people}
    return {"reviews": [
        {"review": f"RV-{one.reference}-1", "person": one.reference, "fund": "isf", "on": _REVIEWED_ON, "which": "six weeks",
         "words": "The plan works and goes on as it is"} for one in people if one.reference not in late.values()], **first_findings(cast)}


def moving_out(cast: Cast) -> Section:
    """One person leaves each shared house: their plan changes on the day, and their place stands empty."""
    moving = [cast.at(area, MOVES) for area in range(cast.areas)]
    return {
        "houses": [{**_house(cast, one.area), "held": [{"place": PLACES, "empty": True, "from": MOVES_ON}]} for one in moving],
        "plan": [_line(one, line, last=line.last) for one in moving for line in one.lines if line.last < YEAR_TO or line.first == MOVES_ON],
        **answers_of_september(cast),
    }


def _payers(people: Iterable[Supported]) -> Iterable[Section]:
    """Those who pay for themselves, or towards it."""
    return ({"reference": one.pays_as, "kind": "person", "person": one.reference, "accounts_reference": one.reference,
             "address": [f"Flat {int(one.reference[1:])}", "12 Ropewalk", "Northshore", "ZN1 4QT"]}
            for one in people if one.contribution_pence or one.payers[0][0] == one.pays_as)


def _rates() -> Iterable[Section]:
    for code, (per, before, after) in RATES.items():
        yield {"rate": code, "per": per, "pounds": before, "from": date(2025, 4, 1), "to": _RATES_CHANGE - ONE_DAY}
        yield {"rate": code, "per": per, "pounds": after, "from": _RATES_CHANGE, "to": YEAR_TO}


def _fundings(one: Supported) -> Iterable[Section]:
    for funder, percent in one.payers:
        order = {"order_number": f"EB-{45000 + int(one.reference[1:])}"} if funder == SECOND_COUNCIL else {}
        yield {"person": one.reference, "fund": one.fund, "funder": funder, "how": "delivery", "share": percent,
               "terms": _TERMS_OF.get(funder, "Own support"), "from": SPOT_FROM, "to": YEAR_TO, **order}


def _scheduled(block: Block, one: Supported) -> Iterable[Section]:
    """The council’s part of a fund, and the person’s own where payment is net."""
    both = {"person": one.reference, "fund": "isf", "how": "schedule", "contract": block.reference, "from": YEAR_FROM, "to": YEAR_TO}
    yield {**both, "funder": COUNCIL, "terms": "Northshore ISF", "order_number": block.order_number}
    if one.contribution_pence:
        yield {**both, "funder": one.pays_as, "terms": "Own support"}


def _line(one: Supported, line: Line, last: date = YEAR_TO) -> Section:
    """A line of the plan. Until it is known that somebody moves, a line runs to the end of the year."""
    how_much: Section = {"minutes_per_week": line.minutes} if line.minutes else {"times_per_week": line.times}
    if line.shared_by > 1:
        how_much["shared_by"] = line.shared_by
    named = {"funder": COUNCIL} if one.fund == "isf" else {}
    return {"line": line.reference, "person": one.reference, "support": line.support, "words": line.words, "rate": line.rate,
            "from": line.first, "to": last, **how_much, **named}


def _house(cast: Cast, area: int) -> Section:
    return {"reference": house(area), "places": PLACES, "void_paid_by": "provider", "held": [
        {"place": position + 1, "person": cast.at(area, position).reference, "from": YEAR_FROM} for position in IN_HOUSE]}
