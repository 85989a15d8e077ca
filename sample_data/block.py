"""A block contract that becomes funds: its sum, its split, its instalments, and how each fund stood on the day before."""

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
from sample_data.names import COUNCIL
from sample_data.people import IN_HOUSE, PLACES
from sample_data.plans import LIVE_FROM, YEAR_FROM, YEAR_TO, Cast, Supported, house, yearly

Section = dict[str, object]
KEPT_BACK, TOP_SLICE_PERCENT = "Contingency", Decimal(3)
ROOM = Fraction(51, 50)
"""The contract has a little more than the plans cost, so that most people have some left."""
WHOLE_CONTRACT_PENCE = 1_000_00
DAYS_BEFORE_LIVE = (LIVE_FROM - YEAR_FROM).days
INSTALMENTS_BEFORE_LIVE = 2
DAYS_DRAWN = 30


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
            "method_agreed": {"by": "Dilys Marsh, commissioning manager", "on": date(2026, 5, 14), "source": f"Letter about {self.reference}"},
            "top_slices": [{"name": KEPT_BACK, "percent": TOP_SLICE_PERCENT}],
            "houses": [{"house": house(self.area), "places": PLACES, "shared_pounds_per_week": Money(shared)}],
            "people": [self._in_split(one) for one in self.people],
        }

    def _in_split(self, one: Supported) -> Section:
        return {"person": one.reference, "own_pounds_per_week": Money(_whole(one.pence_per_week) - self._shared(one)),
                "minutes_per_year": yearly(one.minutes_per_week), "contribution_pounds": Money(one.contribution_pence),
                "approved": {"by": "Joan Pike, adult social work team", "on": date(2026, 5, 19), "source": f"Budget letter of {one.reference}",
                             "pounds": Money(sum(pence for (key, _), pence in self.allocations.items() if key == f"isf-{one.reference}"))},
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
