"""The kinds of parts that a week of support is made of: what each is called, and its boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of part. `asked` says in words what it is, where one is added; its boxes are known by the keys of a cost file."""

    title: str
    asked: str
    needed: tuple[str, ...]
    may_have: tuple[str, ...]

    @property
    def boxes(self) -> Iterator[tuple[str, bool]]:
        """Each box, and whether it has to be filled in."""
        yield from ((key, True) for key in self.needed)
        yield from ((key, False) for key in self.may_have)


KINDS: Mapping[str, Kind] = {
    "hours": Kind("Hours with the person", "Hours with the person, by one worker or by two at once (2:1)", ("hours_per_week",), ("staff_at_once",)),
    "visits": Kind("Visits", "Visits of one length, with their travel", ("minutes", "per_week"), ("staff_at_once",)),
    "shared": Kind("Shared support at home", "Support at home that its places share", ("hours_per_week", "places"), ("staff_at_once",)),
    "waking_nights": Kind("Waking nights", "Nights with somebody awake", ("nights_per_week", "hours_per_night"), ("staff_at_once", "places")),
    "sleep_ins": Kind("Sleep-ins", "Nights asleep at work", ("nights_per_week", "flat_per_night"),
                      ("places", "paid_hours_per_night", "disturbed_hours_per_night")),
    "on_call": Kind("On call", "Times when somebody can be called", ("times_per_week", "flat_per_time"), ("worked_hours_per_time", "places")),
    "sessions": Kind("Sessions with a group", "Days or sessions with a group", ("minutes", "per_week", "people"), ("staff_at_once",)),
}
