"""What was agreed, as apply files say it: payers, terms, prices, plans, the block contract and how it is divided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from basics.money import Money
from basics.periods import ONE_DAY, Period
from basics.rounding import half_away_from_nil
from basics.share import share
from isf.schedule import Every, Instalment, OddDays, Paid, ScheduleTerms, divide_over_funds, schedule
from isf.split import Claim, Method, TopSlice, split
from sample_data.names import COUNCIL, COUNCILS, ICB, PROVIDER_AS_PRINTED, SECOND_COUNCIL
from sample_data.plans import (
    IN_HOUSE,
    LIVE_FROM,
    MOVES,
    MOVES_ON,
    PLACES,
    RATES,
    SPOT_FROM,
    YEAR_FROM,
    YEAR_TO,
    Cast,
    Line,
    Supported,
    house,
    yearly,
)

Section = dict[str, object]
KEPT_BACK, TOP_SLICE_PERCENT = "Contingency", Decimal(3)
ROOM = Fraction(51, 50)
"""The contract has a little more than the plans cost, so that most people have some left."""
WHOLE_CONTRACT_PENCE = 1_000_00
DAYS_BEFORE_LIVE = (LIVE_FROM - YEAR_FROM).days
INSTALMENTS_BEFORE_LIVE = 2
DAYS_DRAWN = 30

_VAT = {"vat": "exempt", "vat_words": "welfare services, VAT Act 1994, Schedule 9, Group 7"}
_CHARGING = {"across_midnight": "split", "nights": "elapsed", "cancelled_visits": "not charged", **_VAT}
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


def at_the_start(cast: Cast) -> Section:
    """What stands when the books begin: the provider, the payers, prices, and everybody who is paid for by delivery."""
    spot = [one for one in cast.people if one.fund == "spot"]
    return {
        "provider": PROVIDER_AS_PRINTED, "funders": [*COUNCILS, *_payers(spot)], "terms": list(TERMS), "rates": list(_rates()),
        "fundings": [funding for one in spot for funding in _fundings(one)],
        "plan": [_line(one, line) for one in spot for line in one.now],
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
    }


def moving_out(cast: Cast) -> Section:
    """One person leaves each shared house: their plan changes on the day, and their place stands empty."""
    moving = [cast.at(area, MOVES) for area in range(cast.areas)]
    return {
        "houses": [{**_house(cast, one.area), "held": [{"place": PLACES, "empty": True, "from": MOVES_ON}]} for one in moving],
        "plan": [_line(one, line, last=line.last) for one in moving for line in one.lines if line.last < YEAR_TO or line.first == MOVES_ON],
    }


def _payers(people: Iterable[Supported]) -> Iterable[Section]:
    """Those who pay for themselves, or towards it."""
    return ({"reference": one.pays_as, "kind": "person", "person": one.reference,
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


@dataclass(frozen=True)
class Block:
    """The contract of one area: its sum, how it is divided, its instalments, and how each fund stood when it went live."""

    area: int
    of: int
    people: tuple[Supported, ...]

    @property
    def reference(self) -> str:
        return "NORTHSHORE-2026" if self.of == 1 else f"NORTHSHORE-2026-{self.area + 1:03}"

    @property
    def order_number(self) -> str:
        return f"NS-{26000 + self.area}"

    @cached_property
    def pence(self) -> int:
        """What the plans of the year cost and a little more, with the top-slice, in whole thousands of pounds."""
        plans = sum((one.pence_per_week for one in self.people), Fraction(0)) * 365 / 7
        return -(-plans * ROOM * 100 / (100 - int(TOP_SLICE_PERCENT)) // WHOLE_CONTRACT_PENCE) * WHOLE_CONTRACT_PENCE

    @property
    def contract(self) -> Section:
        return {"reference": self.reference, "funder": COUNCIL, "from": YEAR_FROM, "to": YEAR_TO, "pounds": Money(self.pence),
                "live_from": LIVE_FROM,
                "schedule": {"every": "4 weeks", "paid": "in advance", "days_to_pay": 14, "odd_days": "last instalment"}}

    @property
    def split(self) -> Section:
        shared = sum(self._shared(one) for one in self.people)
        return {
            "contract": self.reference, "version": 1, "method": "layers", "on": date(2026, 5, 20),
            "top_slices": [{"name": KEPT_BACK, "percent": TOP_SLICE_PERCENT}],
            "houses": [{"house": house(self.area), "places": PLACES, "shared_pounds_per_week": Money(shared)}],
            "people": [self._in_split(one) for one in self.people],
        }

    def _in_split(self, one: Supported) -> Section:
        return {"person": one.reference, "own_pounds_per_week": Money(_whole(one.pence_per_week) - self._shared(one)),
                "minutes_per_year": yearly(one.minutes_per_week), "contribution_pounds": Money(one.contribution_pence),
                **({"house": house(self.area)} if one.position in IN_HOUSE else {})}

    def _shared(self, one: Supported) -> int:
        """A person's part of what their house shares in a week, in pence; the same for each place."""
        return _whole(sum((line.pence_per_week for line in one.now if line.support in ("core", "sleep-in")), Fraction(0)))

    @cached_property
    def allocations(self) -> Mapping[tuple[str, str], int]:
        """What each fund is promised in the year, in pence by (fund, funder); what is kept back goes to the reserve."""
        claims = [Claim(person=one.reference, cost_pence=_whole(one.pence_per_week)) for one in self.people]
        divided = split(self.pence, Method.LAYERS, claims, [TopSlice(KEPT_BACK, TOP_SLICE_PERCENT)])
        found = {(f"reserve-{self.reference}", COUNCIL): divided.top_sliced_pence}
        for one, part in zip(self.people, divided.allocations, strict=True):
            found[f"isf-{one.reference}", COUNCIL] = part.pence - one.contribution_pence
            if one.contribution_pence:
                found[f"isf-{one.reference}", one.pays_as] = one.contribution_pence
        return found

    @cached_property
    def instalments(self) -> tuple[Instalment, ...]:
        terms = ScheduleTerms(every=Every.FOUR_WEEKS, paid=Paid.IN_ADVANCE, days_to_pay=14, odd_days=OddDays.LAST)
        return schedule(self.pence, Period(YEAR_FROM, YEAR_TO), terms).instalments

    @cached_property
    def parts(self) -> list[dict[tuple[str, str], int]]:
        """Each instalment's pence by (fund, funder)."""
        return divide_over_funds(self.instalments, self.allocations)

    def paid_by(self, funder: str, n: int) -> int:
        """What a funder pays of the n-th instalment, counting from 1, in pence."""
        return sum(pence for (_, payer), pence in self.parts[n - 1].items() if payer == funder)

    @property
    def opening(self) -> Section:
        """How the funds stood on the day before they went live: April and May as the old books had them."""
        funds = [fund for one in self.people for fund in self._opening_of(one)]
        totals = {key: sum(_amount(fund[key]) for fund in funds if key in fund) for key in ("received", "used", "drawn", "used_minutes")}
        control = {key: total if key.endswith("minutes") else Money(total) for key, total in totals.items()}
        return {"opening": f"{self.reference}-live", "on": LIVE_FROM - ONE_DAY, "control": control, "funds": funds}

    def _opening_of(self, one: Supported) -> Iterable[Section]:
        used = _whole(one.pence_per_week * one.uses * DAYS_BEFORE_LIVE / 7)
        fund, received = f"isf-{one.reference}", {}
        for payer in (COUNCIL, *([one.pays_as] if one.contribution_pence else [])):
            received[payer] = sum(part[fund, payer] for part in self.parts[:INSTALMENTS_BEFORE_LIVE])
        named = {"person": one.reference, "fund": "isf"}
        drawn = min(share(used, {"drawn": DAYS_DRAWN, "not yet": DAYS_BEFORE_LIVE - DAYS_DRAWN})["drawn"], sum(received.values()))
        minutes = _whole(one.minutes_per_week * one.uses * DAYS_BEFORE_LIVE / 7)
        minutes_used = {"used_minutes": min(minutes, yearly(one.minutes_per_week))} if minutes else {}
        yield {**named, "funder": COUNCIL, "used": Money(used), "received": Money(received[COUNCIL]), "drawn": Money(drawn), **minutes_used}
        if one.contribution_pence:
            yield {**named, "funder": one.pays_as, "received": Money(received[one.pays_as])}


def blocks(cast: Cast) -> list[Block]:
    return [Block(area, cast.areas, tuple(sorted(cast.of_area(area, "isf"), key=lambda one: one.reference))) for area in range(cast.areas)]


def _whole(value: Fraction | int) -> int:
    return half_away_from_nil(Fraction(value))


def _amount(value: object) -> int:
    return value.pence if isinstance(value, Money) else int(str(value))
