"""An entry in plain words: what happened, and for or with whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row

from basics.periods import Month, minutes_in_words
from isf.money_held import EventKind

OPENINGS = {
    ("due", "available"): "Brought over: what was promised",
    ("held", "available"): "Brought over: the money we held",
    ("held", "due"): "Brought over: money received before we started here",
    ("available", "owed_provider"): "Brought over: support given before we started here",
    ("due", "owed_provider"): "Brought over: support given and not yet paid for",
    ("borne", "owed_provider"): "Brought over: support beyond what was left",
    ("owed_provider", "held"): "Brought over: what we had been paid for support",
    ("agreed", "available"): "Brought over: hours agreed",
    ("available", "delivered"): "Brought over: hours given before we started here",
}
"""What was brought over from earlier books, by the account that receives and the one that gives."""

MOVED = {
    ("due", "available"): "Promised", ("agreed", "available"): "Hours agreed", ("held", "with_provider"): "A contribution paid over",
    ("with_provider", "due"): "A contribution that we collected", ("held", "due"): "Paid in", ("owed_provider", "due"): "Paid for support",
    ("owed_provider", "held"): "Paid to us for support", ("available", "borne"): "Extra money pays for earlier support",
    ("owed_provider", "borne"): "We gave up asking for this", ("borne", "due"): "A payment that did not come: we carry it",
    ("due", "due"): "Taken on by another payer", ("owed_funder", "held"): "Given back", ("owed_person", "held"): "Given back",
    ("available", "banked"): "Set aside on purpose", ("banked", "available"): "Taken back from what was set aside",
    ("available", "due"): "A promise that will not be paid", ("available", "owed_funder"): "To go back to the payer",
    ("available", "owed_person"): "To go back to the person", ("banked", "converted"): "Hours turned into pounds",
    ("available", "agreed"): "Hours that will not be given",
    ("available", "owed_supplier"): "A bill of somebody else", ("owed_supplier", "held"): "A bill paid", ("held", "available"): "Put back",
}
"""What an entry is by the account that receives and the one that gives, where its event has no words of its own."""

AT_THE_END = {("borne", "due"): "Used beyond what was promised: we carry it"}
"""What an entry of a settlement is, where another event would make it something else."""

SAID_WITH_WHY = (EventKind.SET_ASIDE, EventKind.TAKEN_BACK, EventKind.CONVERSION, EventKind.ENDING, EventKind.GIVEN_UP)
"""Kinds of event whose own words say why, and not what."""

SUPPORT, VOID = "Support", "An empty place"
PAST_AGREED = ("agreed", "delivered")
BEYOND = {("borne", "owed_provider"): "beyond what was left: we carry it", PAST_AGREED: "beyond the hours agreed"}
CANCELLED = "cancelled"


def what_happened(row: Row[Any], *, hours_agreed: bool = True) -> str:
    """What an entry is about, for somebody who keeps the books; a correction says what it puts back, and why.

    `hours_agreed` is false where no hours were ever agreed: then none are beyond them.
    """
    if row.kind == EventKind.REVERSAL:
        return f"Correction: {_first_small(_plainly(row, (row.credit_role, row.debit_role), hours_agreed))}. {row.words}".strip()
    return _plainly(row, (row.debit_role, row.credit_role), hours_agreed)


def for_whom(row: Row[Any], payer: str) -> str:
    """Who pays it or paid it, which carer came, and to which house; the reference of a carer, never a name."""
    return ", ".join(filter(None, (payer, f"carer {row.carer}" if row.carer else "", f"at {house_words(row.house)}" if row.house else "")))


def house_words(reference: str) -> str:
    """A house as people say it: “Rope Street 1” for `rope-street-1`. A reference that is not written in small letters stands as it is."""
    plain = reference.replace("-", " ").replace("_", " ")
    return plain.title() if plain == plain.lower() else reference


def _plainly(row: Row[Any], roles: tuple[str, str], hours_agreed: bool) -> str:
    if row.minutes is not None:
        return _support(row, roles, hours_agreed)
    if row.kind == EventKind.OPENING:
        return OPENINGS.get(roles, "Brought over from earlier books")
    if row.kind == EventKind.DRAW:
        return f"{MOVED['owed_provider', 'held']}: {row.words}"
    words = "" if row.kind == EventKind.REVERSAL else row.words
    if row.kind in SAID_WITH_WHY and roles in MOVED:
        moved = MOVED | AT_THE_END if row.kind == EventKind.ENDING else MOVED
        return ": ".join(filter(None, (moved[roles], words)))
    return words or " – ".join(filter(None, (MOVED.get(roles, "Moved"), row.origin)))


def _support(row: Row[Any], roles: tuple[str, str], hours_agreed: bool) -> str:
    """“Support just for Amina, 2 h 30 m”, with what sets it apart: shared, cancelled, beyond what was left."""
    what = VOID if row.kind == EventKind.VOID or row.debit_role == "void_cost" else row.line or SUPPORT
    is_late = row.kind != EventKind.REVERSAL and _month(row.happened_on) < _month(row.posted_on)
    timed = minutes_in_words(row.minutes) if row.minutes and roles[1] != "delivered" else ""
    apart = ("a share of shared support" if row.origin_kind == "shared_cost" else "",
             "cancelled, and charged as agreed" if row.outcome == CANCELLED else "",
             "counted late" if is_late else "",
             BEYOND.get(roles, "") if hours_agreed or roles != PAST_AGREED else "")
    return ", ".join(filter(None, (what, timed, *apart)))


def _month(day: str) -> Month:
    return Month.of(date.fromisoformat(day))


def _first_small(words: str) -> str:
    return words[:1].lower() + words[1:]
