"""The apply file that makes a split: every person gets exactly what was shown.

Where an apply file cannot say the method in the same way, it says the sums that came of it: an empty place’s part is then kept back
under its own name, which is where it goes in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from basics.errors import InputError, Refused
from basics.money import NIL, Money
from isf.split import Allocation, Claim, Method
from ringfence.actions.acting import Acting
from ringfence.actions.laying_splits import divided_as
from ringfence.actions.rights import Right
from ringfence.actions.split_in_books import SplitInBooks, next_period, split_in_books
from ringfence.actions.splitting import SplitShown, shown_by
from ringfence.importing.apply_file import parse_apply
from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.split_file import SplitRequest
from ringfence.store import agreed_splits

Content = Mapping[str, object]
Item = dict[str, object]


def split_content(acting: Acting, asked: SplitRequest, method: Method, follows: str = "", again_from: date | None = None) -> Content:
    """What an apply file says to make this split: the split itself, and, where it `follows` a contract of the books by a year, the new
    contract and who pays for whom. `again_from` makes it the next version of the contract's own split, from that day.

    Raises `Refused` with everything that is in the way."""
    acting.refuse_without(Right.BOOKS)
    shown = shown_by(asked, method)
    before = split_in_books(acting, follows or asked.contract) if follows or again_from else None
    splits = [_split_item(asked, shown, before) | {"on": acting.today} | _later(before, again_from)]
    if before is None or again_from:
        return {"splits": splits}
    return {"contracts": [_next_contract(before, asked)], "fundings": _next_fundings(acting, before, asked), "splits": splits}


def _later(before: SplitInBooks | None, again_from: date | None) -> Item:
    if before is None or again_from is None:
        return {}
    if before.agreed is None:
        raise InputError(f"{before.contract.reference} is not split yet.", "Prepare its first version, without a day.")
    return {"version": before.agreed.version + 1, "from": again_from}


def as_apply_file(content: Content) -> bytes:
    """The content as a file that `ringfence apply` takes."""
    return cost_file_text(content).encode()


def _split_item(asked: SplitRequest, shown: SplitShown, before: SplitInBooks | None) -> Item:
    """The split as it was shown, by its own method where that gives each the same, else by the sums."""
    top_slices = [_named(one.name, one.percent, one.pence) for one in asked.top_slices]
    item: Item = {"contract": asked.contract, "version": 1, "method": str(shown.split.method)}
    people = [_person(claim, asked, shown, before) for claim in asked.claims if not claim.empty_place]
    own_method = item | {"top_slices": top_slices, **_houses(asked, shown, before), "people": people}
    return own_method if _gives_the_same(own_method, shown) else item | _by_sums(shown, people)


def _named(name: str, percent: Decimal | None, pence: int | None) -> Item:
    return {"name": name, "percent": percent} if percent is not None else {"name": name, "pounds": _pounds(pence or 0)}


def _person(claim: Claim, asked: SplitRequest, shown: SplitShown, before: SplitInBooks | None) -> Item:
    """One person with what the method goes by, the hours of the year, and what they pay themselves."""
    found: Item = {"person": claim.person}
    was = next((one for one in before.agreed.people if one.person == claim.person), None) if before and before.agreed else None
    match shown.split.method:
        case Method.POINTS:
            found["points"] = claim.points
        case Method.AMOUNTS:
            found["pounds"] = _pounds(claim.amount_pence or 0)
        case Method.LAYERS if before and was and was.own_pounds_per_week is not None and claim in before.asked.claims:
            found |= {"own_pounds_per_week": was.own_pounds_per_week.pounds} | ({"house": was.house} if was.house else {})
        case Method.LAYERS:
            found["own_pounds_per_week"] = _whole_pounds(_exact_cost(claim, shown))
        case Method.COST:
            found["cost_pounds_per_week"] = _pounds(claim.package_pence or 0)
        case Method.BUDGETS | Method.HOUSEHOLD:
            found |= {"budget_pounds": _pounds(claim.budget_pence or 0)} | _home_of(claim.person, asked)
    if claim.separable is not None:
        found["separable"] = claim.separable
    if claim.minutes is not None:
        found["minutes"] = claim.minutes
    if was and was.contribution_pounds:
        found["contribution_pounds"] = was.contribution_pounds.pounds
    return found


def _home_of(person: str, asked: SplitRequest) -> Item:
    return next(({"house": house.name} for house in asked.house_budgets if person in house.places), {})


def _houses(asked: SplitRequest, shown: SplitShown, before: SplitInBooks | None) -> Item:
    if shown.split.method is Method.HOUSEHOLD:
        return {"houses": [{"house": house.name, "places": len(house.places), "budget_pounds": _pounds(house.pence)}
                           for house in asked.house_budgets]}
    if shown.split.method is not Method.LAYERS or before is None or before.agreed is None or not before.agreed.houses:
        return {}
    return {"houses": [{"house": one.house, "places": one.places, "shared_pounds_per_week": (one.shared_pounds_per_week or NIL).pounds}
                       for one in before.agreed.houses]}


def _exact_cost(claim: Claim, shown: SplitShown) -> Fraction:
    costed = next(one for one in shown.claims if one.person == claim.person)
    return Fraction(costed.cost_pence or 0)


def _whole_pounds(pence: Fraction) -> Decimal:
    """To the whole penny; whether the split is still the same is looked at afterwards."""
    return _pounds(int(pence))


def _gives_the_same(item: Item, shown: SplitShown) -> bool:
    """Whether an apply file with this item gives each person, and the reserve, what was shown."""
    try:
        wanted, = parse_apply({"splits": [item | {"on": "2026-01-01", "version": 1}]}, "the split").splits
        made = divided_as(wanted, shown.split.contract_pence)
    except Refused:
        return False
    return _sums(made.allocations) == _sums(shown.split.allocations)


def _sums(allocations: Iterable[Allocation]) -> dict[str, int]:
    return {each.person: each.pence for each in allocations if not each.empty_place}


def _by_sums(shown: SplitShown, people: list[Item]) -> Item:
    """The same as sums: what is kept back, each empty place among it, and what each person has."""
    kept = [*shown.split.top_slices, *((each.person, each.pence) for each in shown.split.allocations if each.empty_place)]
    sums = {each.person: each.pence for each in shown.split.allocations}
    of_method = ("points", "own_pounds_per_week", "cost_pounds_per_week", "budget_pounds", "house")
    return {"method": str(Method.AMOUNTS), "top_slices": [{"name": name, "pounds": _pounds(pence)} for name, pence in kept if pence],
            "people": [{key: said for key, said in one.items() if key not in of_method} | {"pounds": _pounds(sums[str(one["person"])])}
                       for one in people]}


def _next_contract(before: SplitInBooks, asked: SplitRequest) -> Item:
    """The contract that follows: the same payer and schedule, the new days and sum."""
    period, body = next_period(before.contract.period), before.contract.body
    return {"reference": asked.contract, "funder": body["funder"], "from": period.first, "to": period.last,
            "pounds": _pounds(asked.contract_pence), "schedule": dict(body["schedule"])}


def _next_fundings(acting: Acting, before: SplitInBooks, asked: SplitRequest) -> list[Item]:
    """Who paid by schedule in the contract before pays in this one, under the same terms; an order number is for the payer to give."""
    period = next_period(before.contract.period)
    with acting.reading() as connection:
        rows = agreed_splits.paid_by_schedule(connection, before.contract.reference)
    listed = {claim.person for claim in asked.claims}
    each_once = {(row.person, row.payer): row for row in rows if row.person in listed}
    return [{"person": row.person, "fund": "isf", "funder": row.payer, "how": "schedule", "contract": asked.contract,
             "share": Decimal(row.share), "terms": row.terms_name, "from": period.first, "to": period.last} for row in each_once.values()]


def _pounds(pence: int) -> Decimal:
    return Money(pence).pounds
