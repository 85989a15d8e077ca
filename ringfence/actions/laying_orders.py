"""Whether the orders and references of payers that a file gives fit who pays. They themselves are kept as facts."""

from __future__ import annotations

from ringfence.actions.laying import Laying
from ringfence.store import registry
from ringfence.store.schema import funder


def check_orders(laying: Laying) -> None:
    """Each is of a payer that is there; an order is for a fund that this payer pays for on some of its days."""
    file = laying.file
    if not (file.orders or file.payer_references):
        return
    promised = list(registry.fundings(laying.connection))
    for n, item in enumerate(file.orders):
        key, days = registry.fund_key(item.person, item.fund), (item.from_on, item.to_on)
        if _is_there(laying, ("orders", n), item.funder) and not any(
                (one.fund, one.funder) == (key, item.funder) and one.period.first <= days[1] and days[0] <= one.period.last for one in promised):
            laying.problem(("orders", n, "funder"), f"“{item.funder}” pays nothing into the {item.fund} fund of {item.person} on these days.",
                           "Add its funding under “fundings”, or correct the funder or the days.")
    for n, each in enumerate(file.payer_references):
        _is_there(laying, ("payer_references", n), each.funder)


def _is_there(laying: Laying, place: tuple[str | int, ...], payer: str) -> bool:
    return laying.find(funder, payer, (*place, "funder"), "a funder", "Add it under “funders”.") is not None
