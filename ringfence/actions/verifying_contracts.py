"""Whether every contract is whole in every version of its split: its allocations, and its instalments after each change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from basics.errors import Problem
from basics.money import Money
from ringfence.store import billing, split_versions

REPORT = "Send nothing out. Put back the latest copy of the books that adds up, and ask who changed them with another program."


def contracts_are_allocated_whole(connection: Connection) -> Iterator[Problem]:
    """Allocations and declared top-slices add to the contract, and so do its instalments as they were drawn up; a later version moves between
    the funds and changes neither, and whoever leaves is asked for no more than was promised."""
    sums = billing.drawn_up(connection)
    for reference, (pence, parts) in billing.allocations_of_contracts(connection).items():
        if pence != parts:
            yield Problem(f"contract {reference}", f"is {Money(pence)} and its split comes to {Money(parts)}.", REPORT)
        if sums.get(reference, 0) != pence:
            yield Problem(f"contract {reference}", f"is {Money(pence)} and its instalments come to {Money(sums.get(reference, 0))}.", REPORT)
    versions = split_versions.later_versions(connection)
    for (reference, _), (raised, lowered) in versions.items():
        if raised != lowered:
            yield Problem(f"contract {reference}", f"has a version of its split that raises {Money(raised)} and lowers {Money(lowered)}.", REPORT)
    yield from _instalments(connection, set(versions))


def _instalments(connection: Connection, versions: set[tuple[str, int]]) -> Iterator[Problem]:
    """A version of the split leaves each instalment its sum; anything else only takes out what a settlement released."""
    rows, taken = defaultdict[tuple[str, int, int], int](int), defaultdict[tuple[int, str], int](int)
    for each in split_versions.changed_instalments(connection):
        if (each.contract, each.batch_id) in versions:
            rows[each.contract, each.batch_id, each.n] += each.pence
        elif each.pence > 0:
            yield Problem(f"contract {each.contract}, instalment {each.n}", f"asks {Money(each.pence)} more for {each.fund} than any version of its "
                          "split says.", REPORT)
        else:
            taken[each.batch_id, each.fund] -= each.pence
    for (reference, _, n), pence in rows.items():
        if pence:
            yield Problem(f"contract {reference}, instalment {n}", f"came to {Money(abs(pence))} {'more' if pence > 0 else 'less'} by a version "
                          "of its split.", REPORT)
    released = split_versions.released(connection) if taken else {}
    for (batch, fund), pence in taken.items():
        if pence > released.get((batch, fund), 0):
            yield Problem(f"fund {fund}", f"is asked for {Money(pence)} less, and {Money(released.get((batch, fund), 0))} of its promises was "
                          "released.", REPORT)
