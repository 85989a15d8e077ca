"""Everything that keeps overheads from being divided, told at once: a pool without a driver, a loop, a cost that goes nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from basics.errors import Problem
from costing.explain import in_words
from costing.figure import total
from costing.pools import WHOLE_PERCENT, Driver, Overheads, Pool, Service


def faults(overheads: Overheads) -> tuple[Problem, ...]:
    """What is wrong. What depends on names and order is only looked at once these are right."""
    named = [problem for check in _OF_NAMES for problem in check(overheads)]
    return tuple(named or [problem for check in _OF_FIGURES for problem in check(overheads)])


def _names(overheads: Overheads) -> Iterator[Problem]:
    held: list[Service | Pool] = [*overheads.services, *overheads.pools]
    for name, times in Counter(each.name for each in held).items():
        if times > 1:
            place = [each.place for each in held if each.name == name][-1]
            yield Problem(place, f"{times} pools and services are called “{name}”.", "Give each a name of its own.")


def _known(overheads: Overheads) -> Iterator[Problem]:
    services, pools = {each.name for each in overheads.services}, {each.name for each in overheads.pools}
    for cost in overheads.costs:
        for service, times in Counter(name for name, _ in cost.direct).items():
            if service not in services:
                yield Problem(cost.place, f"There is no service “{service}”.", "Name one of the services.")
            if times > 1:
                yield Problem(cost.place, f"“{cost.line}” is direct to “{service}” {times} times.", "Give it once.")
        if cost.pool is not None and cost.pool not in pools:
            yield Problem(cost.place, f"There is no pool “{cost.pool}”.", "Name one of the pools, or add it.")
    for pool in overheads.pools:
        for name in sorted(set(pool.gives_to) - pools):
            yield Problem(pool.place, f"“{pool.name}” gives to “{name}”, which is no pool.", "Name a pool; services always have their part.")


def _loops(overheads: Overheads) -> Iterator[Problem]:
    """A pool may give only to pools that stand after it. Going back to itself is a loop; otherwise the order is wrong."""
    order = [pool.name for pool in overheads.pools]
    gives = {pool.name: pool.gives_to for pool in overheads.pools}
    for pool in overheads.pools:
        for name in pool.gives_to:
            if name in order and order.index(name) <= order.index(pool.name):
                back = _way(gives, name, pool.name)
                if back:
                    loop = " → ".join([pool.name, *back])
                    yield Problem(pool.place, f"These pools give to one another in a loop: {loop}.", "Take one of them out of a gives_to.")
                else:
                    yield Problem(pool.place, f"“{pool.name}” gives to “{name}”, which stands before it.", f"Put “{pool.name}” before “{name}”.")


def _way(gives: dict[str, tuple[str, ...]], start: str, end: str) -> list[str]:
    """The pools from one to another along what each gives to; none where there is no way."""
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == end:
            return way
        for name in gives.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _drivers(overheads: Overheads) -> Iterator[Problem]:
    choices = ", ".join(Driver)
    for pool in overheads.pools:
        if pool.driver is None:
            yield Problem(pool.place, f"“{pool.name}” has no driver, so nothing says how it is divided.", f"Give driver: one of {choices}.")


def _costs(overheads: Overheads) -> Iterator[Problem]:
    for cost in overheads.costs:
        direct = total(percent for _, percent in cost.direct).exact
        if direct > WHOLE_PERCENT:
            yield Problem(cost.place, f"More than the whole of “{cost.line}” is direct.", "Lower a percentage.")
        elif cost.pool is None and not cost.is_all_direct:
            yield Problem(cost.place, f"Nothing says where “{cost.line}” goes.", "Name its pool, or the services that it is direct to, up to 100%.")
        elif cost.pool is not None and cost.is_all_direct:
            yield Problem(cost.place, f"All of “{cost.line}” is direct, so nothing is left for a pool.", "Take pool out, or lower a percentage.")


def _accounts(overheads: Overheads) -> Iterator[Problem]:
    listed = total(cost.pounds for cost in overheads.costs)
    short = overheads.accounts_total.exact - listed.exact
    if short:
        gap = (overheads.accounts_total - listed if short > 0 else listed - overheads.accounts_total).called("", overheads.accounts_total.unit)
        yield Problem(overheads.place, f"The costs are {in_words(gap)} {'less' if short > 0 else 'more'} than accounts_total.",
                      "Add what is missing, take out what is twice, or correct accounts_total.")


def _measures(overheads: Overheads) -> Iterator[Problem]:
    places = {service.name: service.place for service in overheads.services} | {pool.name: pool.place for pool in overheads.pools}
    for service in overheads.services:
        if overheads.listed_direct(service.name) and Driver.DIRECT_SPEND in service.measures:
            yield Problem(service.place, f"The direct spend of “{service.name}” is typed, and the costs list it too.", "Keep one of the two.")
    for pool in overheads.pools:
        if pool.driver is None:
            continue
        measures = overheads.measures_of(pool)
        for name, measure in measures.items():
            if measure is None:
                yield Problem(places[name], f"“{pool.name}” is divided by {pool.driver.in_words}, and “{name}” does not say how much it has.",
                              f"Add {pool.driver}; 0 where there is none.")
        if not any(measure is None or measure.exact for measure in measures.values()):
            yield Problem(pool.place, f"“{pool.name}” is divided by {pool.driver.in_words}, of which nobody has any.",
                          "Give it above nil, or choose another driver.")


Check = Callable[[Overheads], Iterator[Problem]]
_OF_NAMES: tuple[Check, ...] = (_names, _known, _loops, _drivers)
_OF_FIGURES: tuple[Check, ...] = (_costs, _accounts, _measures)
