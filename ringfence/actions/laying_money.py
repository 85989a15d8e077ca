"""The sections of an apply file that bring value in without a bank line: openings and extras."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from basics.money import Money
from isf.accounts import OriginKind, Unit
from isf.entries import Event, Side, entry, extra, time_agreed
from ringfence.actions.laying import Laying
from ringfence.actions.payers_of_funds import may_pay, may_promise
from ringfence.importing.apply_money import Extra, Opening, OpeningFund
from ringfence.store import ledger, registry
from ringfence.store.rows import one
from ringfence.store.schema import fund, funder, origin, part

PENCE, MINUTES = Unit.PENCE, Unit.MINUTES


OPENINGS: dict[str, tuple[Unit, Side, Side]] = {
    "allocation": (PENCE, ("due", "funder"), ("available", None)),
    "held_only": (PENCE, ("held", None), ("available", None)),
    "received": (PENCE, ("held", None), ("due", "funder")),
    "used": (PENCE, ("available", None), ("owed_provider", None)),
    "overspent": (PENCE, ("borne", None), ("owed_provider", None)),
    "drawn": (PENCE, ("owed_provider", None), ("held", None)),
    "allocation_minutes": (MINUTES, ("agreed", None), ("available", None)),
    "used_minutes": (MINUTES, ("available", None), ("delivered", None)),
}
"""What each figure of an opening is in the ledger, in an order in which none falls below nil on the way."""


def lay_money(laying: Laying) -> None:
    """What was brought over at the start, and what funders approved since."""
    for n, opening in enumerate(laying.file.openings):
        if not _is_known(laying, opening):
            _opening(laying, n, opening)
        elif _posted(laying, opening) != _meant(opening):
            laying.problem(("openings", n), f"says something else than the opening {opening.opening} that is approved.",
                           "What was brought over is put right by new entries that two people agree, not by changing it here.")
    for n, more in enumerate(laying.file.extras):
        _extra(laying, n, more)


def fund_of(laying: Laying, person: str, kind: str, place: tuple[str | int, ...]) -> str | None:
    """The key of a person's fund, or a problem at that place."""
    key = registry.fund_key(person, kind)
    if key in laying.ids(fund, "key"):
        return key
    laying.problem((*place, "person"), f"{person} has no {kind} fund here.", "Add one under “fundings”, or correct the person or the fund.")
    return None


def _is_known(laying: Laying, opening: Opening) -> bool:
    return any(one(laying.connection, origin, key=_opening_key(opening, key)) is not None for key in OPENINGS)


def _posted(laying: Laying, opening: Opening) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in OPENINGS:
        found |= ledger.posted_from(laying.connection, _opening_key(opening, key))
    return found


def _meant(opening: Opening) -> dict[str, int]:
    """Every figure that the file gives, by the key of its event, in pence or minutes."""
    return {_event_key(opening, key, each): amount for key in OPENINGS for each in opening.funds if (amount := _amount(each, key))}


def _amount(each: OpeningFund, key: str) -> int:
    given = getattr(each, key)
    return given.pence if isinstance(given, Money) else given or 0


def _event_key(opening: Opening, key: str, each: OpeningFund) -> str:
    return f"opening {opening.opening}|{key}|{registry.fund_key(each.person, each.fund)}|{each.funder or ''}"


def _opening_words(opening: Opening) -> str:
    return f"Opening {opening.opening}"


def _opening(laying: Laying, n: int, opening: Opening) -> None:
    for key, (unit, debit, credit) in OPENINGS.items():
        parts: dict[str, int] = {}
        for m, each in enumerate(opening.funds):
            pence = _amount(each, key)
            fund_key = fund_of(laying, each.person, each.fund, ("openings", n, "funds", m))
            if not pence or fund_key is None or not _opening_is_possible(laying, (n, m), key, each, fund_key, pence):
                continue
            parts[fund_key] = parts.get(fund_key, 0) + pence
            event = Event(_event_key(opening, key, each), "opening", fund_key)
            sides = _unpaid_support(each) if key == "used" and each.fund == "spot" else (_by(debit, each.funder), _by(credit, each.funder))
            laying.post(entry(event, *sides, pence, opening.on, origin=_opening_key(opening, key), unit=unit))
        if parts:
            total = sum(parts.values())
            laying.origins.append(ledger.Origin(_opening_key(opening, key), OriginKind.OPENING, unit, total, opening.on,
                                                _opening_words(opening), tuple(sorted(parts.items()))))
            shown = Money(total) if unit is PENCE else f"{total} minutes"
            laying.said.append(f"New: opening {opening.opening} on {opening.on}, {key}: {shown} in {len(parts)} funds")


def _opening_key(opening: Opening, key: str) -> str:
    return f"opening {opening.opening} {key}"


def _by(side: Side, payer: str | None) -> Side:
    return (side[0], payer) if side[1] else side


def _unpaid_support(each: OpeningFund) -> tuple[Side, Side]:
    """In a spot fund, support used before the start and not yet paid is what its funder owes."""
    return ("due", each.funder), ("owed_provider", None)


def _opening_is_possible(laying: Laying, at: tuple[int, int], key: str, each: OpeningFund, fund_key: str, amount: int) -> bool:
    """Whether the books can hold this figure after the ones before it; a problem where they cannot."""
    payer_at = ("openings", at[0], "funds", at[1], "funder")
    if each.funder is not None and not _is_payer(laying, key, each.funder, fund_key, payer_at):
        return False
    if key.startswith("allocation") and _is_split(laying, fund_key, laying.file.openings[at[0]].on):
        laying.problem(("openings", at[0], "funds", at[1], key),
                       f"would count twice: a split allocates the whole of its contract to {each.person}, for the days before this too.",
                       "Take it out.")
        return False
    limits = {"used": ("available", "allocation", "Put what went beyond the allocation under “overspent”."),
              "drawn": ("held", "money received", "Nobody can draw what was not received: check the two figures."),
              "used_minutes": ("available", "minutes allocated", "Check the two figures.")}
    if key not in limits or (key == "used" and each.fund == "spot"):
        return True
    role, of_what, to_do = limits[key]
    unit = MINUTES if key.endswith("minutes") else PENCE
    if amount <= laying.balances[fund_key, unit, role, None]:
        return True
    laying.problem(("openings", at[0], "funds", at[1], key), f"is more than the {of_what} of {each.person}.", to_do)
    return False


def _is_payer(laying: Laying, key: str, payer: str, fund_key: str, place: tuple[str | int, ...]) -> bool:
    """Whether a payer may stand beside this figure: what it promised makes it one, and what it paid does not."""
    if laying.find(funder, payer, place, "a funder", "Add it under “funders”.") is None:
        return False
    return (may_promise if key == "allocation" else may_pay)(laying, fund_key, payer, place)


def _is_split(laying: Laying, fund_key: str, on: date) -> bool:
    """Whether a contract that had begun by that day is split, and gives the fund a part."""
    of_file = any(each.kind is OriginKind.ALLOCATION and each.happened_on <= on and fund_key in dict(each.parts) for each in laying.origins)
    kept = select(part.c.id).join(origin, origin.c.id == part.c.origin_id).join(fund, fund.c.id == part.c.fund_id).where(
        origin.c.kind == OriginKind.ALLOCATION, origin.c.happened_on <= on.isoformat(), fund.c.key == fund_key)
    return of_file or laying.connection.execute(kept.limit(1)).first() is not None


def _extra(laying: Laying, n: int, more: Extra) -> None:
    key = f"extra {more.extra}"
    fund_key = fund_of(laying, more.person, more.fund, ("extras", n))
    payer = laying.find(funder, more.funder, ("extras", n, "funder"), "a funder", "Add it under “funders”.")
    if fund_key is None or payer is None or one(laying.connection, origin, key=key) is not None:
        return
    if not may_promise(laying, fund_key, more.funder, ("extras", n, "funder")):
        return
    event = Event(key, "extra", fund_key, more.words)
    laying.origins.append(ledger.Origin(key, OriginKind.EXTRA, PENCE, more.pounds.pence, more.on, more.words,
                                        ((fund_key, more.pounds.pence),)))
    laying.post(extra(event, more.funder, more.pounds.pence, laying.balances[fund_key, PENCE, "borne", None], more.on, key))
    if more.minutes:
        laying.origins.append(ledger.Origin(f"{key} minutes", OriginKind.EXTRA, MINUTES, more.minutes, more.on, more.words,
                                            ((fund_key, more.minutes),)))
        laying.post(time_agreed(event, more.minutes, more.on, f"{key} minutes"))
    laying.said.append(f"New: extra {more.extra} of {more.pounds} from {more.funder} for {fund_key}")
