"""Who had a carer's visit: one person, several people together, or the places of a shared house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from operator import attrgetter
from typing import NamedTuple

from invoicing.delivery import Delivery, Funding, House
from invoicing.finding import Cause, Finding
from invoicing.in_force import InForce

LONGEST_SHARED_KEY = 120

_same_visit = attrgetter("happened_on", "starts_at", "ends_at", "outcome", "support_type", "planned_minutes", "actual_minutes")


class Recipient(NamedTuple):
    """One who has a part of the visit, and of its odd pennies: `position` counts from 0, by reference or by place in the house.

    `person` is None for an empty place; `row` is the delivery that a charge for this part stands on.
    """

    position: int
    person: str | None
    row: Delivery
    house: House | None = None

    @property
    def name(self) -> str:
        """Who this is in the key of a charge."""
        return self.person or f"place{self.position + 1}"

    @property
    def carrier(self) -> tuple[str, tuple[Funding, ...]]:
        """The fund that carries this part where nobody holds the place, and who pays it for that."""
        return self.house.carrier(self.position + 1, self.row.happened_on) if self.house else ("", ())

    @property
    def place(self) -> str:
        """Where a problem with this part stands."""
        return place_of(self.row, f"person {self.person}" if self.person else f"house {self.row.subject}, place {self.position + 1}")


def place_of(row: Delivery, who: str) -> str:
    """Where a problem stands, in words: the visit, the carer and whom it was for."""
    return ", ".join([f"visit {row.visit}", *([f"carer {row.carer}"] if row.carer else []), who])


def recipients_of(rows: Sequence[Delivery], in_force: InForce) -> tuple[Recipient, ...]:
    """Everybody who has a part of it, in the order of their positions. The rows are one carer's at one visit, without faults."""
    if len(rows) > 1:
        return tuple(Recipient(position, row.subject, row) for position, row in enumerate(sorted(rows, key=lambda row: row.subject)))
    row = rows[0]
    house = in_force.house(row.subject)
    if house is None:
        return (Recipient(0, row.subject, row),)
    return tuple(Recipient(place, person, row, house) for place, person in enumerate(in_force.holders(house, row.happened_on)))


def shared_key(recipients: Sequence[Recipient]) -> str:
    """What names a cost that several share: the house, or the people together; empty for one alone."""
    if len(recipients) == 1:
        return ""
    if recipients[0].house:
        return recipients[0].house.reference
    together = "+".join(one.name for one in recipients)
    return together if len(together) <= LONGEST_SHARED_KEY else sha256(together.encode()).hexdigest()[:32]


def faults(rows: Sequence[Delivery], in_force: InForce) -> list[Finding]:
    """Rows that cannot stand together as one carer's visit. Where there are any, nothing of the visit is charged."""
    houses = {row.subject: house for row in rows if (house := in_force.house(row.subject))}
    if len(rows) == 1 and not houses:
        return []
    found = [] if len(rows) == 1 else [*_same_subject_twice(rows), *_odd_rows(rows), *_house_and_others(rows, houses)]
    found += _two_places(rows, houses, in_force) if houses else []
    return [Finding(cause, row.visit, place_of(row, f"{'house' if row.subject in houses else 'person'} {row.subject}"))
            for row, cause in found]


def _same_subject_twice(rows: Sequence[Delivery]) -> list[tuple[Delivery, Cause]]:
    counts = Counter(row.subject for row in rows)
    return [(row, Cause(f"{row.subject} stands {counts[row.subject]} times in the visit of one carer.",
                        "Withdraw the rows that should not count.", row.happened_on)) for row in rows if counts[row.subject] > 1]


def _odd_rows(rows: Sequence[Delivery]) -> list[tuple[Delivery, Cause]]:
    """The rows that differ from what most rows say; with no majority, from the first in the order of the people."""
    in_order = sorted(rows, key=lambda row: (row.subject, row.id))
    usual = Counter(map(_same_visit, in_order)).most_common(1)[0][0]
    return [(row, Cause("A shared visit has one time, outcome and type of support for all who share it, and this row differs.",
                        "Correct the row, or give the support a visit of its own.", row.happened_on))
            for row in in_order if _same_visit(row) != usual]


def _house_and_others(rows: Sequence[Delivery], houses: dict[str, House]) -> list[tuple[Delivery, Cause]]:
    if len({row.subject for row in rows}) == 1:
        return []
    return [(row, Cause(f"A visit to the house {row.subject} also stands against other people or houses.",
                        "Record the visit for the house, or for each person, and not for both.", row.happened_on))
            for row in rows if row.subject in houses]


def _two_places(rows: Sequence[Delivery], houses: dict[str, House], in_force: InForce) -> list[tuple[Delivery, Cause]]:
    found: list[tuple[Delivery, Cause]] = []
    for row in (row for row in rows if row.subject in houses):
        held = Counter(in_force.holders(houses[row.subject], row.happened_on))
        found += [(row, Cause(f"{person} holds {count} places of the house {row.subject} on {{days}}.",
                              "Leave one place, and end the others, in an apply file.", row.happened_on))
                  for person, count in held.items() if person and count > 1]
    return found
