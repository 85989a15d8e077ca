"""The houses of an apply file: their places, who has each from when, and who pays for an empty one and for how long."""

from __future__ import annotations

from typing import Any

from basics.people import FunderKind
from isf.accounts import FundKind
from ringfence.actions.laying import Laying
from ringfence.importing.apply_items import House
from ringfence.store import registry
from ringfence.store.rows import add, one
from ringfence.store.schema import contract, fund, funder, funding, house, house_place, person, terms

ALWAYS = ("2000-01-01", "9999-12-31")


def lay_house(laying: Laying, n: int, home: House) -> None:
    """A house that is new, or the next holders of the places of one that is known."""
    if not _refers_to_what_is_there(laying, n, home):
        return
    known = one(laying.connection, house, reference=home.reference)
    agreed = {"places": home.places, "void_paid_by": home.void_paid_by, "contract_id": laying.ids(contract).get(home.contract or ""),
              "body": registry.canonical(_of_the_empty_place(home))}
    if known is None:
        house_id = add(laying.connection, house, reference=home.reference, **agreed, batch_id=laying.batch_id)
        laying.say("new", f"house {home.reference} with {home.places} places; an empty one is paid by {_who_pays(home)}")
        if home.void_paid_by == "provider" or home.void_weeks:
            _ensure_provider_fund(laying, home)
    elif any(getattr(known, name) != value for name, value in agreed.items()):
        laying.problem(("houses", n), "has other places or another payer of empty ones than the house that is kept.",
                       "Give the changed house a reference of its own.")
        return
    else:
        house_id = known.id
    _lay_places(laying, n, home, house_id)


def _refers_to_what_is_there(laying: Laying, n: int, home: House) -> bool:
    before = len(laying.problems)
    if home.contract is not None:
        laying.find(contract, home.contract, ("houses", n, "contract"), "a contract", "Add it under “contracts”.")
    if home.funder is not None:
        laying.find(funder, home.funder, ("houses", n, "funder"), "a funder", "Add it under “funders”.")
        payer = one(laying.connection, funder, reference=home.funder)
        if payer is not None and FunderKind(payer.kind).is_individual:
            laying.problem(("houses", n, "funder"), f"{home.funder} is a person or a family, and an empty place is not theirs to pay for.",
                           "Name the council, or let the provider carry it.")
    if home.terms is not None and home.terms not in laying.ids(terms, "name"):
        laying.problem(("houses", n, "terms"), f"“{home.terms}” are not terms here.", "Add them under “terms”.")
    return len(laying.problems) == before


def _of_the_empty_place(home: House) -> dict[str, Any]:
    """What was agreed about an empty place beyond who pays for it."""
    said = {"void_weeks": home.void_weeks, "funder": home.funder, "terms": home.terms, "order_number": home.order_number}
    return {key: value for key, value in said.items() if value is not None}


def _who_pays(home: House) -> str:
    payer = home.funder or f"the {home.void_paid_by}"
    return f"{payer} for {home.void_weeks} weeks, then by the provider" if home.void_weeks else payer


def _ensure_provider_fund(laying: Laying, home: House) -> None:
    """The provider's own fund; where a funder pays for empty places, that is its promise in it."""
    fund_id = registry.ensure_fund(laying.connection, registry.PROVIDER_FUND, FundKind.PROVIDER, laying.batch_id)
    laying.changed(fund)
    if home.funder is not None:
        registry.add_version(
            laying.connection, funding, {"fund_id": fund_id, "funder_id": laying.ids(funder)[home.funder], "from_on": ALWAYS[0]},
            laying.batch_id, how="delivery", share="100", terms_name=home.terms, to_on=ALWAYS[1], contract_id=None,
            order_number=home.order_number or "")


def _lay_places(laying: Laying, n: int, home: House, house_id: int) -> None:
    people = laying.ids(person)
    for m, held in enumerate(home.held):
        if held.person is not None and held.person not in people:
            laying.problem(("houses", n, "held", m, "person"), f"“{held.person}” is not a person here.",
                           "Import the person first: ringfence import people FILE")
            continue
        laying.version(house_place, {"house_id": house_id, "place": held.place, "from_on": held.from_on.isoformat()},
                       f"place {held.place} of {home.reference} from {held.from_on}: {held.person or 'empty'}",
                       person_id=people.get(held.person or ""))
