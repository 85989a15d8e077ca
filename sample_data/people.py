"""Who is supported, with what, and who pays: the invented people, the special ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from random import Random

from basics.periods import ONE_DAY
from sample_data.names import COUNCIL, ICB, SECOND_COUNCIL, full_names
from sample_data.plans import LIVE_FROM, MOVES_ON, SPOT_FROM, YEAR_FROM, YEAR_TO, Activity, Cast, Line, Slot, Supported, house

PEOPLE_IN_AN_AREA = 60
EVERY_DAY = range(7)
PLACES = 4
CONTRIBUTION_PENCE = 962_00
HEAVY_USE = Fraction(12, 5)
IN_HOUSE, MOVES = range(PLACES), PLACES - 1
OVERSPENT, CONTRIBUTES, IN_HOSPITAL, WITH_ICB, PAYS_ALONE, IN_ARREARS, PART_PAID, PAID_LATE = range(4, 12)
TOGETHER = range(12, 15)
SPECIAL, LARGE, SMALL = 15, 10, 12


def cast(people: int, seed: int) -> Cast:
    """So many people in areas of about sixty: the first fifteen of each are the special ones, the others from small to large."""
    areas = max(1, people // PEOPLE_IN_AN_AREA)
    names, width, found = full_names(people, Random(f"names {seed}")), max(3, len(str(people))), Cast(areas=areas)
    numbers = iter(range(people))
    for area in range(areas):
        for position in range(people // areas + (area < people % areas)):
            n = next(numbers)
            one = Supported(f"P{n + 1:0{width}}", *names[n], area, position, _payers(position))
            if one.payers[0][0] == "self":
                one = replace(one, payers=((one.pays_as, "100"),))
            _Planner(found, one, Random(f"plan {seed} {one.reference}")).plan()
        _share_support(found, area)
    return found


def _payers(position: int) -> tuple[tuple[str, str], ...]:
    if position == WITH_ICB:
        return (SECOND_COUNCIL, "62.5"), (ICB, "37.5")
    if position == PAYS_ALONE:
        return (("self", "100"),)
    spot = position in (IN_ARREARS, PART_PAID, PAID_LATE) or (position >= SPECIAL + LARGE and position % 3 == 0)
    if spot and position >= SPECIAL and position % 12 == 0:
        return (("self", "100"),)
    return ((SECOND_COUNCIL if spot else COUNCIL, "100"),)


class _Planner:
    """Makes one person's plan, and what happens of it every week."""

    def __init__(self, cast_so_far: Cast, one: Supported, random: Random) -> None:
        self.cast, self.one, self.random = cast_so_far, one, random
        self.isf = one.fund == "isf"
        self.rate = "outreach" if self.isf else "private" if one.payers[0][0] == one.pays_as else "spot"

    def plan(self) -> None:
        one, position = self.one, self.one.position
        if position in IN_HOUSE:
            lines = self._in_house()
        elif position in _SPECIAL_WEEKS:
            lines = list(self._special())
        elif position < SPECIAL + LARGE and position >= SPECIAL:
            lines = self._large()
        else:
            small = (position - SPECIAL) % (PEOPLE_IN_AN_AREA - SPECIAL) < LARGE + SMALL
            lines = [self._small() if small else self._middling()]
        uses, contribution = Fraction(self.random.randint(94, 99), 100), 0
        if position == OVERSPENT:
            uses = HEAVY_USE
        if position == CONTRIBUTES:
            contribution = CONTRIBUTION_PENCE
        self.cast.people.append(replace(one, lines=tuple(lines), uses=uses, contribution_pence=contribution))

    def _in_house(self) -> list[Line]:
        """A place in the shared house, and support of one's own."""
        leaves = self.one.position == MOVES
        longer = self.one.position % 2
        last = MOVES_ON - ONE_DAY if leaves else YEAR_TO
        core = self._line("core", "Shared support at home", "core", minutes=2 * 450 * 7 // PLACES, last=last)
        night = self._line("sleep-in", "Someone asleep in the house", "sleep-in", times=7, shared_by=PLACES, last=last)
        own = self._weekly("one-to-one", f"Support just for {self.one.first_name}", [
            *((day, "10:00", 180) for day in EVERY_DAY), *((day, "15:30", 120 + 60 * longer) for day in range(5))])
        lines = [core, night, own]
        if self.one.position == 1:
            lines.append(self._weekly("two-to-one", "Going out with two people helping", [(1, "13:15", 120), (5, "13:15", 120)], carers=2))
        if leaves:
            lines.append(self._weekly("own-flat", f"Help at home in {self.one.first_name}’s own flat",
                                      [(day, "18:30", 180) for day in EVERY_DAY], first=MOVES_ON))
        return lines

    def _special(self) -> Iterator[Line]:
        for support, words, slots, planned in _SPECIAL_WEEKS[self.one.position]:
            rate = "waking-night" if support == "night" else "swim" if support == "swimming" else self.rate
            yield self._weekly(support, words.format(name=self.one.first_name), slots, rate=rate, planned=planned)
        if self.one.position in TOGETHER:
            yield self._line("cooking", "Cooking together", self.rate, minutes=120 // len(TOGETHER))

    def _large(self) -> list[Line]:
        """Somebody in a flat of their own with support through most of the day."""
        early, late = self.random.choice(("07:30", "08:00", "08:30")), self.random.choice(("16:30", "17:00", "17:30"))
        middle = self.random.sample(list(EVERY_DAY), 3 + self.one.position % 3)
        home = self._weekly("one-to-one", f"Support just for {self.one.first_name}", [
            *((day, early, 180) for day in EVERY_DAY), *((day, late, 180) for day in EVERY_DAY)])
        lines = [home, self._weekly("community", "Getting out and about", [(day, "12:00", 150) for day in sorted(middle)])]
        if self.one.position % 4 == 3:
            lines.append(self._weekly("two-to-one", "Going out with two people helping", [(2, "15:00", 90)], carers=2))
        if self.one.position % 5 == 0:
            lines.append(self._weekly("swimming", "Swimming", [(4, "", 0)], rate="swim"))
        return lines

    def _middling(self) -> Line:
        visits, minutes = self.random.choice(((1, 60), (1, 150), (2, 60), (2, 90), (2, 120), (3, 60), (3, 90), (3, 120), (4, 60), (4, 90)))
        support, words = self.random.choice((("outreach", "Support just for {name}"), ("community", "Getting out and about"),
                                             ("home", "Help at home"), ("paperwork", "Shopping, letters and money")))
        days = sorted(self.random.sample(list(EVERY_DAY), visits))
        return self._weekly(support, words.format(name=self.one.first_name), [(day, self._start(), minutes) for day in days])

    def _small(self) -> Line:
        """Less than a thousand pounds a year."""
        day = self.random.randrange(5)
        if self.one.position % 4 == 1:
            return self._weekly("swimming", "Swimming", [(day, "", 0)], rate="swim")
        minutes = self.random.choice((30, 30, 45 if self.rate != "private" else 30))
        support, words = self.random.choice((("paperwork", "Help with letters and money"), ("outreach", "A visit every week")))
        return self._weekly(support, words, [(day, self._start(), minutes)])

    def _start(self) -> str:
        return f"{self.random.randint(9, 16):02}:{self.random.choice((0, 15, 30)):02}"

    def _weekly(self, support: str, words: str, slots: list[tuple[int, str, int]], *, rate: str = "", carers: int = 1,
                first: date | None = None, planned: int | None = None) -> Line:
        """A line of the plan with the visits that it stands for; `planned` where fewer minutes are planned than come."""
        week = tuple(Slot(day, time.fromisoformat(at) if at else None, minutes) for day, at, minutes in slots)
        self.cast.activities.append(Activity(
            f"{self.one.reference}-{support}", (self.one.reference,), support, week,
            first or (LIVE_FROM if self.isf else SPOT_FROM), carers=carers, area=self.one.area))
        minutes = sum(slot.minutes for slot in week) * carers
        return self._line(support, words, rate or self.rate, minutes=minutes if planned is None else planned,
                          times=0 if minutes else len(week), first=first)

    def _line(self, support: str, words: str, rate: str, *, minutes: int = 0, times: int = 0, shared_by: int = 1,
              first: date | None = None, last: date = YEAR_TO) -> Line:
        begins = first or (YEAR_FROM if self.isf else SPOT_FROM)
        return Line(f"{self.one.reference}-{support}", support, words, rate, begins, minutes, times, shared_by, last)


_Week = list[tuple[int, str, int]]
_SPECIAL_WEEKS: dict[int, list[tuple[str, str, _Week, int | None]]] = {
    OVERSPENT: [("outreach", "Support just for {name}", [(0, "10:00", 120), (2, "10:00", 120), (4, "13:00", 120)], 150)],
    CONTRIBUTES: [("outreach", "Support just for {name}", [(day, "11:00", 60) for day in range(5)], None)],
    IN_HOSPITAL: [("home", "Help at home", [(day, "09:30", 90) for day in (0, 2, 4, 6)], None)],
    WITH_ICB: [("night", "Someone awake at night", [(1, "22:00", 540), (5, "22:00", 540)], None),
               ("outreach", "Support just for {name}", [(0, "14:00", 120), (3, "14:00", 120)], None)],
    PAYS_ALONE: [("outreach", "Company and errands", [(1, "10:30", 90), (4, "10:30", 90)], None),
                 ("swimming", "Swimming", [(2, "", 0)], None)],
    IN_ARREARS: [("outreach", "Support just for {name}", [(0, "15:00", 60), (2, "15:00", 60), (4, "15:00", 60)], None)],
    PART_PAID: [("community", "Getting out and about", [(day, "13:00", 60) for day in (0, 1, 3, 5)], None)],
    PAID_LATE: [("home", "Help at home", [(1, "09:00", 120), (5, "09:00", 120)], None)],
    TOGETHER[0]: [("outreach", "Support just for {name}", [(0, "12:00", 60), (4, "12:00", 60)], None)],
    TOGETHER[1]: [("outreach", "Support just for {name}", [(day, "13:30", 60) for day in (0, 1, 4)], None),
                  ("swimming", "Swimming", [(3, "", 0)], None)],
    TOGETHER[2]: [("outreach", "Support just for {name}", [(1, "15:00", 90), (4, "15:00", 90)], None)],
}
"""What the special people have every week: support, words, visits, and the minutes planned where they are not those of the visits."""


def _share_support(found: Cast, area: int) -> None:
    """The shifts and nights of the shared house, and the support that three people share."""
    shifts = tuple(Slot(day, time(hour, minute), 450) for day in EVERY_DAY for hour, minute in ((7, 0), (14, 30)))
    nights = tuple(Slot(day, time(22), 540) for day in EVERY_DAY)
    found.activities += [
        Activity(f"{house(area)}-core", (house(area),), "core", shifts, LIVE_FROM, area=area),
        Activity(f"{house(area)}-night", (house(area),), "sleep-in", nights, LIVE_FROM, area=area),
        Activity(f"cooking-{area + 1}", tuple(found.at(area, position).reference for position in TOGETHER), "cooking",
                 (Slot(2, time(16), 120),), LIVE_FROM, area=area),
    ]
