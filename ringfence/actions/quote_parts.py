"""What one funder is asked for: the whole price, or the part that the cost file says they pay."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from costing.package import Per
from costing.price import Price, money
from costing.quote import Whole
from ringfence.store import registry


@dataclass(frozen=True)
class Asked:
    """For what hour or week a funder is asked, at most for how much, and what they pay now; the whole of which that is a part. In
    `taken_off_before` is what is paid now less what the price was before, where the funder pays the whole."""

    per: Per
    most: Money
    now: Money | None
    whole: Whole | None = None
    taken_off_before: int = 0


def what_is_asked(connection: Connection, funder: str, price: Price, before: Price | None, now: Money | None) -> Asked:
    """What a funder, by their own name, is asked for. Raises `InputError` for one whom a price with funders does not name, and for a part of
    which nobody knows what is paid now."""
    part = _part_of(connection, funder, price)
    if part is None:
        was = money(before.quoted) if before else None
        paid = now or was
        return Asked(price.quoted_per, money(price.quoted), paid, taken_off_before=(paid - was).pence if paid and was else 0)
    assert price.shares is not None  # it has a part
    if before is not None and now is None:
        if before.shares is None:
            raise InputError(f"Nobody said what {funder} pays now: the price before names no funders.",
                             "Give now, for the week, or name the same funders in both files.", before.name)
        now = _part_of(connection, funder, before) or money(before.per_week)
    others = money(price.per_week) - part - price.shares.not_paid
    whole = Whole(price.quoted_per.value, money(price.quoted).pence, money(before.quoted).pence if before else None, others.pence,
                  price.shares.not_paid.pence)
    return Asked(Per.WEEK, part, now, whole)


def address_of(connection: Connection, funder: str) -> tuple[str, tuple[str, ...]]:
    """The name and address of a funder who is known by that name or reference; for a new one the name as it was given."""
    name = funder.strip()
    for reference, known in registry.funders(connection).items():
        if name.casefold() in (reference.casefold(), known.name.casefold()):
            return known.name, tuple(registry.body_of_funder(connection).get(reference, {}).get("address", ()))
    return name, ()


def _part_of(connection: Connection, funder: str, price: Price) -> Money | None:
    """What a funder pays of the week; None where they pay the whole, as who is asked alone does."""
    if price.shares is None:
        return None
    named = [payer.name for payer, _ in price.shares.by_payer]
    parts = {address_of(connection, payer.name)[0].casefold(): part for payer, part in price.shares.by_payer}
    part = parts.get(funder.casefold())
    if part is None:
        raise InputError(f"{price.name} is paid by {', '.join(named)}, and {funder} is not among them.",
                         "Ask one of them for their part, or correct funders in the cost file.")
    if not part:
        raise InputError(f"{funder} pays nothing of {price.name}.", "Correct funders in the cost file.")
    return None if part == money(price.per_week) else part
