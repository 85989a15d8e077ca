"""What is set aside in funds, as it is recorded: until when, and how much of each is left on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from basics.money import Money
from basics.rounding import hourly_line
from isf.set_aside import Kept, Used, left
from ringfence.actions.fund_ends import settled_for_good
from ringfence.store import facts
from ringfence.store.facts import Fact


def left_on(connection: Connection, day: date, fund: str = "") -> dict[str, list[Kept]]:
    """What is left at the end of that day, by fund, what is needed first standing first; nothing in a fund that was
    settled for good."""
    ended = settled_for_good(connection, fund, day)
    of_fund = {each.reference: each.fund for each in facts.facts(connection, "set aside", fund)}
    found: dict[str, list[Kept]] = {}
    for kept in left(kept_of(connection, fund, day), used_of(connection, fund, day)).values():
        if kept.is_left and of_fund[kept.reference] not in ended:
            found.setdefault(of_fund[kept.reference], []).append(kept)
    return {key: sorted(each, key=lambda kept: (kept.until, kept.reference)) for key, each in found.items()}


def kept_of(connection: Connection, fund: str = "", day: date = date.max) -> list[Kept]:
    return [Kept(each.reference, date.fromisoformat(each.said["until"]), _pence(each), each.said.get("minutes", 0))
            for each in facts.facts(connection, "set aside", fund) if each.from_on <= day]


def used_of(connection: Connection, fund: str = "", day: date = date.max) -> Iterator[Used]:
    for each in facts.facts(connection, "taken back", fund):
        if each.from_on <= day:
            yield Used(each.said["of"], _pence(each), each.said.get("minutes", 0))
    for each in facts.facts(connection, "conversion", fund):
        if each.from_on <= day:
            minutes = each.said["minutes"]
            yield Used(each.said["of"], hourly_line(Decimal(each.said["pounds_per_hour"]), minutes).pence, minutes)


def _pence(each: Fact) -> int:
    return Money.parse(each.said["pounds"]).pence if "pounds" in each.said else 0
