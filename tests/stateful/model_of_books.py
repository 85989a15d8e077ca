"""A second opinion on every balance: plain sums in a dictionary, written from what docs/ say and from nothing that Ringfence computes.

A balance stands under (fund, name), on the side on which its account normally stands: “available”, “due southgate”, “banked minutes”. What must be
refused raises `MustBeRefused`, and then the model is not to be used any further: try on a copy.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

NEVER = ("held", "with_provider", "borne", "owed_supplier", "owed_funder", "owed_person", "banked minutes")
"""Balances that nothing takes below nil (docs/funds.md, the accounts)."""
BY_REVERSAL = ("available", "banked", "owed_provider", "available minutes")
"""Those that only putting something back takes below nil."""
COUNCIL = "southgate"
NEED_NIL = ("available minutes", "banked minutes")
"""Time that keeps a fund open, beside anything in pence."""
PRICE_PENCE_PER_HOUR = {"outreach": 2400, "shared-support": 3000, "care": 2500}
SHARES = {"spot-P003": {"northvale": 35, "southgate": 65}, "spot-P004": {"peggy": 100}}
BY_SCHEDULE = {"P001": "isf-P001", "P002": "isf-P002"}


Moves = Counter[tuple[str, str]]


class MustBeRefused(Exception):
    """By the documents, this is not to be taken."""


@dataclass(frozen=True, order=True)
class Visit:
    """One carer's support of one person, or of the house, on one day."""

    on: date
    start: str
    reference: str
    subject: str
    support: str
    minutes: int


@dataclass
class Line:
    """A line of the bank: what of it is nobody's yet, and whether it only went from one account of the provider to another."""

    account: str
    on: date
    pence: int
    left: int
    is_transfer: bool


@dataclass
class Aside:
    """What is left of something that was set aside."""

    fund: str
    pence: int
    minutes: int


@dataclass
class Model:
    """The books as they must be."""

    kept: Moves = field(default_factory=Counter)
    events: dict[tuple[str, str], Moves] = field(default_factory=dict)
    """What was posted in a fund under a name, while it is not put back."""
    line_of: dict[tuple[str, str], str] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    to_charge: set[Visit] = field(default_factory=set)
    charged: dict[Visit, list[Moves]] = field(default_factory=dict)
    paid_for: list[tuple[str, str, int]] = field(default_factory=list)
    """What extras paid for overspend, each with its fund and its name, in the order in which they did."""
    shared_out: set[str] = field(default_factory=set)
    """The extras that a settlement has shared out since."""
    aside: dict[str, Aside] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    left_house_on: date | None = None
    version: int = 1
    monthly: dict[str, int] = field(default_factory=lambda: {"isf-P001": 15_000, "isf-P002": 5_000})
    """What the contract promises each of them a month, by the split in force."""
    promised: Moves = field(default_factory=Counter)
    received: Moves = field(default_factory=Counter)

    # what stands

    def shown(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (fund, name), amount in self.kept.items():
            if amount:
                found.setdefault(fund, {})[name] = amount
        return found

    def of(self, fund: str, name: str) -> int:
        return self.kept[fund, name]

    def can_be_drawn(self, fund: str) -> int:
        return max(0, min(self.of(fund, "owed_provider") - self.of(fund, "borne"), self.of(fund, "held")))

    @property
    def can_be_corrected(self) -> list[tuple[str, str]]:
        return sorted(self.events)

    def _post(self, moves: Moves, *, reversal: bool = False) -> Moves:
        """One event: all of it, or a refusal."""
        for (fund, name), change in moves.items():
            if change and fund in self.closed:
                raise MustBeRefused(f"{fund} is closed")
            self.kept[fund, name] += change
            floored = name.split(" ")[0] in NEVER or name in NEVER or (name in BY_REVERSAL and not reversal)
            if change < 0 and floored and self.kept[fund, name] < 0:
                raise MustBeRefused(f"{fund}: {name} would be below nil")
        return moves

    def _put_back(self, moves: Moves) -> None:
        self._post(Counter({key: -change for key, change in moves.items()}), reversal=True)

    # promises

    def agree(self, fund: str, promises: dict[str, int], minutes: int = 0) -> None:
        for payer, pence in promises.items():
            self._post(Counter({(fund, f"due {payer}"): pence, (fund, "available"): pence}))
            self.promised[fund, payer] += pence
        self._post(Counter({(fund, "agreed minutes"): minutes, (fund, "available minutes"): minutes}))

    def no_money_has_come(self, months: int) -> bool:
        """Whether the council has paid no more than its instalments of the first so many months."""
        theirs = {fund: monthly - (2_000 if fund == "isf-P001" else 0) for fund, monthly in self.monthly.items()}
        return self.version == 1 and all(self.received[fund, COUNCIL] <= pence * months for fund, pence in theirs.items())

    def split_anew(self, monthly: dict[str, int], months: int) -> None:
        """What is to come is promised by the new sums, a month; the contributions stay."""
        for fund, pence in monthly.items():
            more = (pence - self.monthly[fund]) * months
            if more < 0 and self.of(fund, "available") + more < 0:
                raise MustBeRefused("it is used already")
            self._post(Counter({(fund, f"due {COUNCIL}"): more, (fund, "available"): more}), reversal=True)
            self.promised[fund, COUNCIL] += more
        self.monthly, self.version = monthly, self.version + 1

    def extra(self, name: str, fund: str, payer: str, pence: int, minutes: int) -> None:
        """A promise that first pays for what the provider carries."""
        self.events[name, fund] = self._post(Counter({
            (fund, f"due {payer}"): pence, (fund, "available"): pence, (fund, "agreed minutes"): minutes, (fund, "available minutes"): minutes}))
        self._pay_for_overspend(fund, name, min(self.of(fund, "borne"), pence))
        self.promised[fund, payer] += pence

    def _pay_for_overspend(self, fund: str, name: str, pence: int) -> None:
        if pence > 0:
            self._post(Counter({(fund, "available"): -pence, (fund, "borne"): -pence}))
            self.paid_for.append((fund, name, pence))

    def _free(self, paid: tuple[str, str, int]) -> None:
        """What an extra paid for overspend is to be used again, and the provider carries the overspend."""
        fund, _, pence = paid
        self.paid_for.remove(paid)
        self._post(Counter({(fund, "available"): pence, (fund, "borne"): pence}), reversal=True)

    def never_paid(self, fund: str, payer: str, pence: int) -> None:
        if pence > self.of(fund, f"due {payer}"):
            raise MustBeRefused("more than is due")
        self._post(Counter({(fund, f"due {payer}"): -pence, (fund, "borne"): pence}))
        self.promised[fund, payer] -= pence

    def give_up(self, fund: str, pence: int) -> None:
        self._post(Counter({(fund, "owed_provider"): -pence, (fund, "borne"): -pence}))

    # money

    def receive(self, line: str, account: str, on: date, pence: int, parts: list[tuple[str, str, str, int]]) -> None:
        """One line of the bank; each part is (fund, payer or nothing, how, pence)."""
        self.lines[line] = Line(account, on, pence, pence, bool(parts) and all(part[2] == "paid over" for part in parts))
        self.place(line, parts)

    def place(self, line: str, parts: list[tuple[str, str, str, int]]) -> None:
        """A line is what somebody paid, or what was collected and is paid over: never some of each."""
        if any((part[2] == "paid over") is not self.lines[line].is_transfer for part in parts):
            raise MustBeRefused("a transfer and a receipt in one line")
        for fund, payer, how, pence in parts:
            name = f"bank {line}|{fund}|{payer}|{how}", fund
            moves = self._post(self._paid_in(fund, payer, how, pence))
            self.events[name] = Counter({key: self.events.get(name, Counter())[key] + change for key, change in moves.items()})
            self.line_of[name] = line
            self.lines[line].left -= pence
            self.received[fund, payer] += pence if payer else 0
        if self.lines[line].left < 0:
            raise MustBeRefused("more than the line")

    def explain(self, line: str) -> None:
        self.lines[line].left = 0

    def pence_of(self, event: str, fund: str) -> int:
        """How much of a line is placed in a fund under this name."""
        return max(abs(change) for change in self.events[event, fund].values())

    def _paid_in(self, fund: str, payer: str, how: str, pence: int) -> Moves:
        if how == "paid over":
            return Counter({(fund, "held"): pence, (fund, "with_provider"): -pence})
        into = "with_provider" if how == "contribution" else "held"
        if fund.startswith("spot"):
            return Counter({(fund, "owed_provider"): -pence, (fund, f"due {payer}"): -pence})
        return Counter({(fund, into): pence, (fund, f"due {payer}"): -pence})

    def correct(self, event: str, fund: str) -> None:
        """Put back all of it; what it took of its line is nobody's again. What a settlement shared out is gone."""
        if event in self.shared_out:
            raise MustBeRefused("settled since")
        pence, moves = self.pence_of(event, fund), self.events.pop((event, fund))
        self._put_back(moves)
        if event.startswith("extra"):
            for paid in [each for each in self.paid_for if each[1] == event]:
                self._free(paid)
            payer, = (name.removeprefix("due ") for _, name in moves if name.startswith("due "))
            self.promised[fund, payer] -= moves[fund, f"due {payer}"]
            return
        payer = event.split("|")[2]
        self.received[fund, payer] -= pence if payer else 0
        self.lines[self.line_of[event, fund]].left += pence

    def draw(self, wanted: dict[str, int]) -> None:
        for fund, pence in wanted.items():
            if pence > self.can_be_drawn(fund):
                raise MustBeRefused("more than was earned and is there")
            self._post(Counter({(fund, "owed_provider"): -pence, (fund, "held"): -pence}))

    def pay_back(self, fund: str, name: str, pence: int) -> None:
        self._post(Counter({(fund, name): -pence, (fund, "held"): -pence}))

    # set aside

    def set_aside(self, reference: str, fund: str, pence: int, minutes: int) -> None:
        self._post(Counter({(fund, "available"): -pence, (fund, "banked"): pence, (fund, "available minutes"): -minutes,
                            (fund, "banked minutes"): minutes}))
        self.aside[reference] = Aside(fund, pence, minutes)

    def take_back(self, reference: str, pence: int, minutes: int) -> None:
        left = self.aside[reference]
        if left.fund in self.settled or pence > left.pence or minutes > left.minutes:
            raise MustBeRefused("more than is left of it")
        self._post(Counter({(left.fund, "available"): pence, (left.fund, "banked"): -pence, (left.fund, "available minutes"): minutes,
                            (left.fund, "banked minutes"): -minutes}))
        self.aside[reference] = Aside(left.fund, left.pence - pence, left.minutes - minutes)

    # support

    def bring_in(self, visits: list[Visit]) -> None:
        self.to_charge |= set(visits)

    def take_out(self, visits: list[Visit]) -> None:
        """An import taken back: what it was charged is put back, and what stands on an invoice stays."""
        if any(visit in self.charged and visit.subject in ("P003", "P004") for visit in visits):
            raise MustBeRefused("on an issued invoice")
        charges = [moves for visit in visits for moves in self.charged.pop(visit, [])]
        self.to_charge -= set(visits)
        freed = [paid for fund in ("isf-P001", "isf-P002") for paid in self._to_free(fund, sum(moves[fund, "borne"] for moves in charges))]
        for paid in freed:
            self._free(paid)
        for moves in charges:
            self._put_back(moves)
        for fund in {paid[0] for paid in freed}:
            of_fund = [paid for paid in freed if paid[0] == fund]
            self._pay_for_overspend(fund, of_fund[-1][1], min(self.of(fund, "available"), self.of(fund, "borne"), sum(paid[2] for paid in of_fund)))

    def _to_free(self, fund: str, overspend: int) -> list[tuple[str, str, int]]:
        """What extras paid for overspend that turns out to be none, the latest first, until there is enough."""
        found: list[tuple[str, str, int]] = []
        for paid in reversed([each for each in self.paid_for if each[0] == fund]):
            if overspend > self.of(fund, "borne") + sum(each[2] for each in found):
                found.append(paid)
        return found

    def month_end(self, last: date) -> None:
        for visit in sorted(each for each in self.to_charge if each.on <= last):
            self.to_charge.remove(visit)
            self.charged[visit] = [self._post(moves) for moves in self._charges(visit)]

    def _charges(self, visit: Visit) -> list[Moves]:
        if visit.subject in ("P003", "P004"):
            return [self._by_delivery(f"spot-{visit.subject}", visit)]
        pence = PRICE_PENCE_PER_HOUR[visit.support] * visit.minutes // 60
        if visit.subject in BY_SCHEDULE:
            return [self._by_schedule(BY_SCHEDULE[visit.subject], pence, visit.minutes)]
        charges = []
        for place, (part, minutes) in enumerate(zip(evenly(pence, 3), evenly(visit.minutes, 3), strict=True), start=1):
            lived_in = place == 1 or (place == 2 and (self.left_house_on is None or visit.on < self.left_house_on))
            charges.append(self._by_schedule(f"isf-P00{place}", part, minutes) if lived_in else Counter(
                {("provider", "void_cost"): part, ("provider", "owed_provider"): part}))
        return charges

    def _by_schedule(self, fund: str, pence: int, minutes: int) -> Moves:
        """What is left pays for its part; the rest the provider carries."""
        paid, timed = min(pence, max(0, self.of(fund, "available"))), min(minutes, max(0, self.of(fund, "available minutes")))
        return Counter({(fund, "available"): -paid, (fund, "borne"): pence - paid, (fund, "owed_provider"): pence,
                        (fund, "available minutes"): -timed, (fund, "agreed minutes"): minutes - timed, (fund, "delivered minutes"): minutes})

    def _by_delivery(self, fund: str, visit: Visit) -> Moves:
        """Asked of each payer by share, the odd penny and minute to the largest remainder; the terms count to the nearest 15 minutes."""
        minutes = (visit.minutes + 7) // 15 * 15
        pence = PRICE_PENCE_PER_HOUR[visit.support] * minutes // 60
        return Counter({(fund, "owed_provider"): pence, (fund, "delivered minutes"): minutes, (fund, "agreed minutes"): minutes} | {
            (fund, f"due {payer}"): part for payer, part in by_weights(pence, SHARES[fund]).items()})

    # endings

    def can_be_settled(self, fund: str, contribution: int) -> bool:
        """Whether the documents say what comes of it: nothing was put back beyond what is left, and nobody paid more than they promised."""
        used = sum(pence for (of, _), pence in self.promised.items() if of == fund) - self.of(fund, "available") - self.of(fund, "banked")
        bears = {COUNCIL: used - min(contribution, used), "amina": min(contribution, used)}
        return self.of(fund, "available") >= 0 and used >= 0 and fund not in self.closed and all(
            bears[payer] <= self.promised[fund, payer] and self.received[fund, payer] <= self.promised[fund, payer] for payer in (
                bears if fund.endswith("P001") else (COUNCIL,)))

    def settle(self, fund: str, last: date, contribution: dict[str, int]) -> None:
        """Back to each payer what it paid and nobody used; released what it promised and nobody used."""
        if any(visit.on <= last and self._is_of(visit, fund) for visit in self.to_charge):
            raise MustBeRefused("support comes first")
        self._post(Counter({(fund, "available"): self.of(fund, "banked"), (fund, "banked"): -self.of(fund, "banked"),
                            (fund, "available minutes"): self.of(fund, "banked minutes"),
                            (fund, "banked minutes"): -self.of(fund, "banked minutes")}))
        payers = {payer for (of, payer), pence in self.promised.items() if of == fund and pence}
        used = sum(self.promised[fund, payer] for payer in payers) - self.of(fund, "available")
        bears = {payer: min(assessed, used) for payer, assessed in contribution.items()}
        bears[COUNCIL] = used - sum(bears.values())
        for payer in payers:
            self._settle_with(fund, payer, bears[payer], "owed_person" if payer in contribution else f"owed_funder {COUNCIL}")
        time = self.of(fund, "available minutes")
        self._post(Counter({(fund, "available minutes"): -time, (fund, "agreed minutes"): -time}))
        self.settled.add(fund)
        self.shared_out |= {event for event, of in self.events if of == fund and event.startswith("extra")}

    def _settle_with(self, fund: str, payer: str, bears: int, back_to: str) -> None:
        paid, due = self.received[fund, payer], self.of(fund, f"due {payer}")
        back, still_due = max(0, paid - bears), max(0, bears - paid)
        released = due - still_due
        self._post(Counter({(fund, "available"): -back - released, (fund, f"due {payer}"): -released, (fund, back_to): back}))
        self.promised[fund, payer] -= back + released
        self.received[fund, payer] -= back

    def _is_of(self, visit: Visit, fund: str) -> bool:
        return fund.endswith(visit.subject) or visit.support == "shared-support"

    def close(self, fund: str) -> None:
        left = {name: amount for name, amount in self.shown().get(fund, {}).items() if not name.endswith("minutes") or name in NEED_NIL}
        if left or fund in self.closed:
            raise MustBeRefused(f"{fund} is not at nil")
        self.closed.add(fund)

    def lock(self, last: date) -> None:
        """A month that is issued is closed to support already; its lock says that its money is placed too."""
        if any(line.left and line.on <= last for line in self.lines.values()):
            raise MustBeRefused("not all of its money is placed")


def evenly(amount: int, among: int) -> list[int]:
    """Whole parts that add up; the odd ones go to the first."""
    return [amount // among + (n < amount % among) for n in range(among)]


def by_weights(amount: int, percents: dict[str, int]) -> dict[str, int]:
    """Whole parts that add up; the odd ones go to the largest remainders, and of two that are equal to the smaller name."""
    parts = {name: amount * percent // 100 for name, percent in percents.items()}
    by_remainder = sorted(percents, key=lambda name: (-(amount * percents[name] % 100), name))
    for name in by_remainder[:amount - sum(parts.values())]:
        parts[name] += 1
    return parts
