"""Who may pay into a fund: whoever has promised something in it, and of the people only the one whose fund it is."""

from __future__ import annotations

from basics.people import FunderKind
from isf.accounts import FundKind
from ringfence.actions.laying import Laying
from ringfence.store import promises, registry

Place = tuple[str | int, ...]


def may_promise(laying: Laying, fund_key: str, payer: str, place: Place) -> bool:
    """Whether a payer may promise something in a fund; a problem where it is a person, and the fund is not theirs."""
    whose = laying.person_of_payer.get(payer, "")
    if laying.payers[payer].kind is not FunderKind.PERSON or fund_key in [registry.fund_key(whose, kind) for kind in (FundKind.ISF, FundKind.SPOT)]:
        return True
    laying.problem(place, f"“{payer}” is {whose}, and {fund_key} is not their fund.",
                   "A person pays only into their own fund. Somebody who pays for a relative is a funder of kind “family”, with a funding.")
    return False


def may_pay(laying: Laying, fund_key: str, payer: str, place: Place) -> bool:
    """Whether money of a payer may be taken into a fund; a problem where it is another person, or never promised anything there."""
    if not may_promise(laying, fund_key, payer, place):
        return False
    in_file = any(each.event.fund == fund_key and each.debit == ("due", payer) for each in laying.entries)
    if in_file or promises.has_promised(laying.connection, fund_key, payer):
        return True
    laying.problem(place, f"“{payer}” has promised nothing in {fund_key}.",
                   "Check the payer and the person. If it is right, add what it pays under “fundings”, or “extras”, first.")
    return False
