"""The bank lines and draws of an apply file: each line is one origin, each part of it is one fund's and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from basics.money import Money
from basics.people import FunderKind
from isf.accounts import OriginKind, Unit
from isf.entries import Event, Side, entry
from isf.money_held import EventKind
from ringfence.actions.bank_room import Part, Place, event_of, placed_of, placed_over, room_of, to_place
from ringfence.actions.brought_over import asked_before
from ringfence.actions.laying import Laying
from ringfence.actions.laying_money import fund_of
from ringfence.actions.laying_spent import OfOne, about_of, is_right, words_of
from ringfence.actions.payers_of_funds import may_pay
from ringfence.importing.apply_money import BROUGHT_OVER, BankLine, BankPart, Draw
from ringfence.store import billing, ledger, registry
from ringfence.store.rows import one
from ringfence.store.schema import contract, fund, funder, origin

PENCE = Unit.PENCE
PAID_OVER = "paid over"


@dataclass(frozen=True)
class _Use:
    """What a part does in the ledger; `limited_by` is the role whose balance it cannot be more than."""

    kind: str
    debit: str
    credit: str
    limited_by: str | None
    too_much: str


_PAID_IN = _Use("receipt", "held", "due", None, "")
USES: dict[tuple[str, str], _Use] = {
    ("payment", "people"): _PAID_IN,
    ("payment", "provider"): _Use("receipt", "owed_provider", "due", "owed_provider", "is owed for support in this fund"),
    ("contribution", "people"): _Use("contribution", "held", "due", None, ""),
    ("contribution", "provider"): _Use("contribution", "with_provider", "due", None, ""),
    (PAID_OVER, "people"): _Use("bank_transfer", "held", "with_provider", "with_provider", "was collected and not yet paid over"),
    ("back to funder", "people"): _Use("given back", "owed_funder", "held", "owed_funder", "is to be given back"),
    ("back to person", "people"): _Use("given back", "owed_person", "held", "owed_person", "is to be given back"),
    ("bill", "people"): _Use(EventKind.BILL_PAID, "owed_supplier", "held", "held", "is held"),
    ("put back", "people"): _Use(EventKind.MISSPENT_BACK, "held", "available", None, ""),
}
"""What a part is for, and the bank account that it went through: the people's money, or the provider's own."""


def lay_bank(laying: Laying) -> None:
    """Bank lines and draws in the order of their days, so that a draw finds what came in before it."""
    lines: list[tuple[Place, BankLine | Draw]] = [(("bank_lines", n), line) for n, line in enumerate(laying.file.bank_lines)]
    lines += [(("draws", n), line) for n, line in enumerate(laying.file.draws)]
    for place, line in sorted(lines, key=lambda item: (item[1].on, item[0][0], item[1].line)):
        if isinstance(line, Draw):
            _draw(laying, place, line)
        else:
            _bank_line(laying, place, line)


def _bank_line(laying: Laying, place: Place, line: BankLine) -> None:
    """A line is known by its reference; parts of it that are placed already stay, and what is left of it is placed or explained later."""
    before = len(laying.problems)
    _refuse_two_kinds(laying, place, line)
    parts = _joined(_parts(laying, place, line))
    known = one(laying.connection, origin, key=_key(line))
    placed = placed_of(laying, _key(line))
    if known is not None:
        _compare(laying, place, line, known, placed, parts)
    if len(laying.problems) > before:
        return
    fresh = to_place(parts, placed)
    if [part for part in fresh if not is_right(laying, part)]:
        return
    if known is None or fresh:
        amount = abs(line.pounds.pence)
        if _fits(laying, place, line, amount, fresh, already=sum(placed.values())):
            for key, parts_of_it in placed_over(room_of(laying, _key(line), amount), fresh).items():
                _take(laying, line, key, amount, _kind(line), parts_of_it)
                for part in parts_of_it:
                    _post_part(laying, line, part, key)
    if line.explained is not None:
        _explain(laying, line, line.explained)


def _explain(laying: Laying, line: BankLine, why: str) -> None:
    """What is left of a line is nobody’s, and so is what was put back of it."""
    left = [key for key, _ in room_of(laying, _key(line), abs(line.pounds.pence)) if not ledger.is_explained(laying.connection, key)]
    laying.explained += [(key, why) for key in left]
    if left:
        laying.said.append(f"New: bank line {line.line} is explained: {why}")


def _draw(laying: Laying, place: Place, line: Draw) -> None:
    """The provider takes what it has earned: one line out, a part for each fund, never more than the fund owes or holds.

    A line that came in with a bank file and is not placed yet may be the draw; one that is placed is as it was.
    """
    known = one(laying.connection, origin, key=_key(line))
    if known is not None and known.placed:
        return
    parts = _earned(laying) if isinstance(line.parts, str) else _joined(
        Part(key, None, part.pounds.pence, "draw", (*place, "parts", m)) for m, part in enumerate(line.parts)
        if (key := fund_of(laying, part.person, part.fund, (*place, "parts", m))))
    total = sum(part.pence for part in parts)
    if line.pounds is not None and total != line.pounds.pence:
        laying.problem((*place, "pounds"), f"is {line.pounds}, and what was earned and can be drawn comes to {Money(total)}.",
                       "Draw that sum, or list the parts.")
        return
    if not total:
        laying.problem(place, "There is nothing to draw: no fund owes for support and holds money.", "Take the draw out.")
        return
    for part in parts:
        if part.pence > (most := _can_be_drawn(laying, part.fund)):
            laying.problem(part.place, f"is {Money(part.pence)}, and {Money(most)} can be drawn from {part.fund}.",
                           "Draw no more than the fund owes for support and holds.")
            return
    if known is not None and (known.kind, known.amount, known.happened_on) != (OriginKind.BANK_OUT, total, line.on.isoformat()):
        laying.problem(place, f"comes to {Money(total)}, and the bank line that is kept under this reference says something else.",
                       "Give the draw the day and the sum of its bank line.")
        return
    _fits(laying, place, line, total, parts)
    _take(laying, line, _key(line), total, OriginKind.BANK_OUT, parts)
    for part in parts:
        event = Event(f"{_key(line)}|{part.fund}", "draw", part.fund, line.words)
        laying.post(entry(event, ("owed_provider", None), ("held", None), part.pence, line.on, origin=_key(line)))


def _earned(laying: Laying) -> list[Part]:
    held = sorted(fund for (fund, unit, role, _), pence in laying.balances.items() if unit == PENCE and role == "held" and pence > 0)
    return [Part(fund, None, pence, "draw", ()) for fund in held if (pence := _can_be_drawn(laying, fund)) > 0]


def _can_be_drawn(laying: Laying, fund: str) -> int:
    """Support charged and not drawn, less the overspend that the provider carries, as far as the fund holds money."""
    balance = {role: laying.balances[fund, PENCE, role, None] for role in ("held", "owed_provider", "borne")}
    return min(balance["held"], balance["owed_provider"] - balance["borne"])


def _parts(laying: Laying, place: Place, line: BankLine) -> Iterable[Part]:
    """The parts of a line as it gives them: one by one, as an instalment of a contract, or as invoices that it pays."""
    for m, part in enumerate(line.parts or ()):
        if key := _fund_of_part(laying, part, (*place, "parts", m)):
            if part.invoice is not None and not _asks(laying, part.invoice, key, part.funder):
                laying.problem((*place, "parts", m, "invoice"), f"Invoice {part.invoice} asks nothing of {part.funder} for {key}.",
                               "Check the number.")
            elif part.brought_over and (key, part.funder) not in asked_before(laying, part.brought_over):
                laying.problem((*place, "parts", m, "brought_over"), f"No invoice {part.brought_over} of {part.funder} for {key} was brought over.",
                               "Check the number: it stands in the list “unpaid” of the day on which the books began.")
            elif part.funder is None or (part.funder in laying.payers and may_pay(laying, key, part.funder, (*place, "parts", m, "funder"))):
                yield OfOne(key, part.funder, part.pounds.pence, part.as_, (*place, "parts", m), part.about)
            elif part.funder not in laying.payers:
                laying.problem((*place, "parts", m, "funder"), f"“{part.funder}” is not a funder here.", "Add it under “funders”.")
    if line.instalment is not None:
        rows = billing.parts_of_instalment(laying.connection, line.instalment.contract, line.instalment.n)
        paying = [row for row in rows if row.funder == _payer(laying, line.instalment.contract)]
        if not paying:
            laying.problem((*place, "instalment"), f"{line.instalment.contract} has no instalment {line.instalment.n}.",
                           "Its instalments are drawn up when its split is applied; check the number.")
        yield from (Part(row.fund, row.funder, row.pence, "payment", (*place, "instalment")) for row in paying if row.pence)
    for m, number in enumerate(line.invoices or ()):
        of_invoice = billing.parts_of_invoice(laying.connection, number)
        if not of_invoice:
            laying.problem((*place, "invoices", m), f"There is no invoice {number}.", "Check the number.")
        yield from (Part(row.fund, row.funder, int(row.pence), "payment", (*place, "invoices", m)) for row in of_invoice)


def _asks(laying: Laying, number: int, fund_key: str, payer: str | None) -> bool:
    return any((row.fund, row.funder) == (fund_key, payer) for row in billing.parts_of_invoice(laying.connection, number))


def _fund_of_part(laying: Laying, part: BankPart, place: Place) -> str | None:
    """The fund of a person, or the reserve of a contract; a problem where there is none."""
    if part.contract is None:
        return fund_of(laying, part.person or "", part.fund or "", place)
    key = registry.reserve_key(part.contract)
    return key if laying.find(fund, key, (*place, "contract"), "a contract’s reserve", "Check the contract.", column="key") else None


def _payer(laying: Laying, contract_reference: str) -> str:
    known = one(laying.connection, contract, reference=contract_reference)
    payers = {known_id: reference for reference, known_id in laying.ids(funder).items()}
    return payers[known.funder_id] if known else ""


def _joined(parts: Iterable[Part]) -> list[Part]:
    """One part for what is one fund's, from or to one payer, for one purpose, however often a line names it and in whatever order."""
    joined: dict[tuple[str, str, str], Part] = {}
    for part in parts:
        key = (part.fund, part.funder or "", part.name)
        joined[key] = replace(part, pence=part.pence + joined[key].pence) if key in joined else part
    return [joined[key] for key in sorted(joined)]


def _compare(laying: Laying, place: Place, line: BankLine, known: Row[Any], placed: Mapping[str, int], parts: Sequence[Part]) -> None:
    """Find where the file says something else of a line, or of what is placed of it, than what is kept."""
    went_out = known.kind == OriginKind.BANK_OUT
    if (known.amount, known.happened_on, went_out) != (abs(line.pounds.pence), line.on.isoformat(), line.pounds.pence < 0):
        laying.problem(place, "says something else than the bank line that is kept under this reference.",
                       "Give each line of the bank a reference of its own.")
    elif parts and known.kind != _kind(line):
        laying.problem(place, "is kept as another kind of money than its parts now say.",
                       "Money paid over between the provider’s accounts is said so when the line is first recorded.")
    elif parts and (sums := {part.name: part.pence for part in parts}) and any(pence > sums.get(name, 0) for name, pence in placed.items()):
        laying.problem(place, f"is placed already: {Money(sum(placed.values()))} of it.",
                       "Name again what is placed, and add the rest. A part that is wrong is put back under “corrections”.")


def _refuse_two_kinds(laying: Laying, place: Place, line: BankLine) -> None:
    """Money that only went from one account of the provider to another is told apart from what somebody paid."""
    if len({part.as_ == PAID_OVER for part in line.parts or ()}) > 1:
        laying.problem((*place, "parts"), "are both: money that was collected and is paid over, and money that somebody paid in.",
                       "Make two lines of it, each with a reference and a sum of its own.")


def _kind(line: BankLine) -> OriginKind:
    if line.pounds.pence < 0:
        return OriginKind.BANK_OUT
    paid_over = {part.as_ for part in line.parts or ()} == {PAID_OVER}
    return OriginKind.BANK_TRANSFER if paid_over or line.transfer else OriginKind.BANK_IN


def _fits(laying: Laying, place: Place, line: BankLine | Draw, amount: int, parts: Sequence[Part], *, already: int = 0) -> bool:
    placed = already + sum(part.pence for part in parts)
    if placed > amount:
        laying.problem(place, f"is {Money(amount)}, and its parts come to {Money(placed)}.", "Parts never come to more than the line.")
        return False
    laying.said.append(f"New: bank line {line.line} on {line.on}, {Money(amount)} {'in' if _came_in(line) else 'out'}, "
                       f"{Money(amount - placed)} of it not placed")
    return True


def _came_in(line: BankLine | Draw) -> bool:
    return isinstance(line, BankLine) and line.pounds.pence > 0


def _take(laying: Laying, line: BankLine | Draw, key: str, amount: int, kind: OriginKind, parts: Sequence[Part]) -> None:
    """The parts of a line, or of what was put back of it, as parts of its origin."""
    laying.origins.append(ledger.Origin(key, kind, PENCE, amount, line.on, line.words, tuple(sorted(_by_fund(parts).items()))))
    laying.said += [f"New: {Money(part.pence)} of {line.line} is a {part.what_for}{_on_invoice(part)} of {part.fund} "
                    f"({part.funder or about_of(part) or 'the provider'})" for part in parts]


def _on_invoice(part: Part) -> str:
    return f" on invoice {about.removeprefix(BROUGHT_OVER)}" if part.funder and (about := about_of(part)) else ""


def _post_part(laying: Laying, line: BankLine, part: Part, key: str) -> None:
    use = USES.get((part.what_for, line.account))
    if use is None:
        laying.problem(part.place, f"is “{part.what_for}”, which does not go through the {line.account} account.",
                       "Check the account of the line, or what the part was.")
        return
    if use.limited_by is not None:
        payer = part.funder if use.limited_by == "owed_funder" else None
        most = laying.balances[part.fund, PENCE, use.limited_by, payer]
        if part.pence > most:
            laying.problem(part.place, f"is {Money(part.pence)}, and {Money(max(0, most))} {use.too_much} ({part.fund}).",
                           "Place no more than that; the rest of the line stays unallocated until it is known what it is.")
            return
    event = Event(event_of(laying, key, part), use.kind, part.fund, _words(laying, line, part))
    laying.post(entry(event, _side(use.debit, part), _side(use.credit, part), part.pence, line.on, origin=key))


def _side(role: str, part: Part) -> Side:
    return role, part.funder if role in ("due", "owed_funder") else None


def _words(laying: Laying, line: BankLine, part: Part) -> str:
    """“Northshore Council paid in, on 19 October”, as a statement says it."""
    day = f"{line.on.day} {line.on:%B}"
    if words := words_of(laying, line, part):
        return words
    if part.funder is None:
        return f"Given back, on {day}" if line.pounds.pence < 0 else f"Paid in, on {day}"
    payer = laying.payers[part.funder]
    who = laying.known_as[part.funder] if payer.kind is FunderKind.PERSON else payer.name
    return f"Given back to {who}, on {day}" if line.pounds.pence < 0 else f"{who} paid in, on {day}"


def _by_fund(parts: Iterable[Part]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for part in parts:
        sums[part.fund] = sums.get(part.fund, 0) + part.pence
    return sums


def _key(line: BankLine | Draw) -> str:
    return f"bank {line.line}"
