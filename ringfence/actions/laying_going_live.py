"""The going-live of an apply file: after everything else of it is laid out, the books of that day are held beside the old books' totals."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime

from basics.money import Money
from basics.periods import minutes_in_words
from isf.accounts import FundKind, OriginKind
from isf.going_live import Differs, FundBroughtOver, differences, invoices_that_differ, totals_of
from ringfence.actions.brought_over import invoices_brought_over
from ringfence.actions.laying import SIDE, Laying
from ringfence.importing.fact_items_going_live import GoingLive
from ringfence.store import as_known, billing, facts, ledger, registry
from ringfence.store.rows import one
from ringfence.store.schema import origin

Place = tuple[str | int, ...]
COUNTS = ("funds", "unpaid_invoices", "credits_not_placed", "next_invoice_number")
FIT = "Find the fund, line or invoice that is wrong or missing; do not change the control total to fit."
WORDS = {"funds": "funds", "available": "to be used", "held": "held", "overspent": "overspent and carried by the provider",
         "available_minutes": "of time to be used", "unpaid_invoices": "unpaid invoices", "unpaid_pounds": "on unpaid invoices",
         "credits_not_placed": "credits not placed", "pounds_not_placed": "not placed", "next_invoice_number": "the next invoice number"}


def lay_going_live(laying: Laying) -> None:
    """What was approved before is not held beside books that have gone on since."""
    agreed = {each.reference for each in facts.facts(laying.connection, GoingLive.kind) if each.approved_by}
    before = {each.number_before for each in invoices_brought_over(laying.connection, date.max)}
    for n, item in enumerate(laying.file.going_live):
        if item.reference not in agreed:
            for m in (m for m, each in enumerate(item.unpaid) if each.number in before):
                laying.problem(("going_live", n, "unpaid", m, "number"), f"{item.unpaid[m].number} was brought over before.", "Take it out.")
            _check(laying, ("going_live", n), item)


def _check(laying: Laying, place: Place, item: GoingLive) -> None:
    funds, credits_left = _brought_over(laying, item), _not_placed(laying, item)
    found = totals_of(funds) | {
        "unpaid_invoices": len(item.unpaid), "unpaid_pounds": sum(each.pounds.pence for each in item.unpaid),
        "credits_not_placed": len(credits_left), "pounds_not_placed": sum(credits_left.values()),
        "next_invoice_number": billing.next_invoice_number(laying.connection)}
    stated = {name: _whole(getattr(item.control, name)) for name in type(item.control).model_fields}
    wrong = list(differences(stated, found, funds))
    for each in wrong:
        laying.problem((*place, "control", each.name), _told(each), FIT)
    for differing in invoices_that_differ(_listed(item), funds):
        laying.problem((*place, "unpaid"), f"come to {Money(differing.listed)} of {differing.payer} for {differing.fund}, and the fund has "
                       f"{Money(differing.owed)} owed by it.", "Correct the list, or the opening of the fund.")
    if not wrong:
        laying.said += [f"Brought over: {_of_fund(each)}" for each in funds]
        laying.said += [f"As in the old books: {_shown(name, total)} {WORDS[name]}" for name, total in stated.items()]


def _brought_over(laying: Laying, item: GoingLive) -> list[FundBroughtOver]:
    """Every fund of a person that is not at nil at the end of the day, by what stands and what the file puts back
    and posts."""
    forever = datetime.max.replace(tzinfo=UTC)
    kept = as_known.balances(laying.connection, item.on, forever)
    standing: dict[str, dict[tuple[str, str, str], int]] = defaultdict(lambda: defaultdict(int))
    for fund, role, payer, unit, amount in kept:
        standing[fund][unit, role, payer] += amount
    for each in laying.entries:
        if each.happened_on <= item.on:
            for (role, of), sign in ((each.debit, 1), (each.credit, -1)):
                standing[each.event.fund][str(each.unit), role, of or ""] += sign * SIDE[role] * each.amount
    for row in (row for back in laying.put_back for row in back.rows if row.happened_on <= item.on.isoformat()):
        for role, of, sign in ((row.debit_role, row.debit_funder, -1), (row.credit_role, row.credit_funder, 1)):
            standing[row.fund][row.unit, role, of or ""] += sign * SIDE[role] * row.amount
    kinds = {row.key: row.kind for row in registry.funds(laying.connection) if row.person}
    return [_fund(key, kinds[key], amounts) for key, amounts in sorted(standing.items()) if key in kinds and any(amounts.values())]


def _fund(key: str, kind: str, amounts: dict[tuple[str, str, str], int]) -> FundBroughtOver:
    return FundBroughtOver(
        key, by_delivery=kind == FundKind.SPOT,
        available=amounts["pence", "available", ""], held=amounts["pence", "held", ""], overspent=amounts["pence", "borne", ""],
        available_minutes=amounts["minutes", "available", ""],
        due={payer: amount for (unit, role, payer), amount in sorted(amounts.items()) if (unit, role) == ("pence", "due") and amount})


def _not_placed(laying: Laying, item: GoingLive) -> dict[str, int]:
    """What of each line that came in by the end of the day is neither placed nor explained, in pence."""
    left = {row.key: int(row.pence) for row in ledger.unplaced(laying.connection, item.on) if _came_in(laying, row.key)}
    for each in laying.origins:
        if each.kind is OriginKind.BANK_IN and each.happened_on <= item.on:
            left[each.key] = left.get(each.key, each.amount) - sum(pence for _, pence in each.parts)
    explained = {key for key, _ in laying.explained}
    return {key: pence for key, pence in left.items() if pence and key not in explained}


def _came_in(laying: Laying, key: str) -> bool:
    found = one(laying.connection, origin, key=key)
    return found is not None and found.kind == OriginKind.BANK_IN


def _listed(item: GoingLive) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for each in item.unpaid:
        found[registry.fund_key(each.person, each.fund), each.funder] += each.pounds.pence
    return found


def _whole(total: Money | int) -> int:
    return total.pence if isinstance(total, Money) else total


def _shown(name: str, total: int) -> str:
    if name in COUNTS:
        return str(total)
    return minutes_in_words(total) if name.endswith("minutes") else str(Money(total))


def _told(each: Differs) -> str:
    if each.name == "next_invoice_number":
        return f"is {each.stated}, and the next invoice here would be {each.found}."
    how = "more" if each.gap > 0 else "less"
    perhaps = f" {each.perhaps} alone comes to that." if each.perhaps else ""
    return (f"is {_shown(each.name, each.stated)} in the old books, and {_shown(each.name, each.found)} is brought over: "
            f"{_shown(each.name, abs(each.gap))} {how}.{perhaps}")


def _of_fund(each: FundBroughtOver) -> str:
    told = [f"{Money(each.available)} to be used", f"{Money(each.held)} held", f"{minutes_in_words(each.available_minutes)} to be used"]
    told += [f"{Money(each.overspent)} overspent"] if each.overspent else []
    owed = [f"{Money(pence)} of {payer}" for payer, pence in each.due.items()]
    return f"{each.fund}: {', '.join(told)}{'; still to come: ' if owed else ''}{', '.join(owed)}"
