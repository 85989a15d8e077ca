"""What is asked and still open, and who may have paid: what a bank line is held beside to find whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from basics.people import Funder
from invoicing.bank_words import PayerNames, telling
from invoicing.receipts import Advice
from invoicing.still_open import Asked, AskedAs, Pair, still_open
from isf.accounts import FundKind, Unit
from ringfence.actions.brought_over import invoices_brought_over, name_before, number_before
from ringfence.importing.fact_items_bank import AdvisedPart, Remittance
from ringfence.store import bank_lines, billing, credits, debts, facts, ledger, registry
from ringfence.store.bank_lines import KeptLine, Placed

AHEAD = timedelta(days=31)
"""An instalment may be paid before it is asked for, by so much."""
PAID_AS = ("payment", "contribution")


@dataclass(frozen=True)
class Whose:
    """A fund as a part of a line names it, and what kind it is."""

    key: str
    kind: str
    person: str
    contract: str


@dataclass(frozen=True)
class Beside:
    """Everything that lines are held beside."""

    lines: Sequence[KeptLine]
    placed: Sequence[Placed]
    open: Sequence[Asked]
    balances: Mapping[tuple[str, str, str, str | None], int]
    funds: Mapping[str, Whose]
    funders: Mapping[str, Funder]
    payers: Sequence[PayerNames]
    advices: Sequence[Advice]
    called: Mapping[str, str]
    """What a fund is called on a page: the person as we know them, and the key."""
    waiting: frozenset[str]

    def paid_as(self, pair: Pair) -> str:
        """What money from a payer is in a fund: a contribution of the person or family to a budget that is held, or a payment."""
        fund, funder = pair
        contributes = self.funds[fund].kind == FundKind.ISF and self.funders[funder].kind.is_individual
        return "contribution" if contributes else "payment"

    def open_through(self, account: str) -> list[Asked]:
        """What may be paid through an account: a payment to the provider is never more than is owed for support in that fund."""
        if account == "people":
            return list(self.open)
        left = {fund: max(0, self.balances.get((fund, Unit.PENCE, "owed_provider", None), 0)) for fund in self.funds}
        return [each for each in (_within(one, left, self) for one in self.open) if each.parts]

    def collected(self) -> list[Asked]:
        """Contributions that lie with the provider and are to be paid over, fund by fund."""
        lying = {fund: pence for (fund, unit, role, _), pence in self.balances.items() if (unit, role) == (Unit.PENCE, "with_provider") and pence > 0}
        return [Asked(AskedAs.COLLECTED, f"what was collected for {self.called.get(fund, fund)}", None, "", date.min, (((fund, ""), pence),))
                for fund, pence in sorted(lying.items())]


def read_beside(connection: Connection, today: date) -> Beside:
    """Read it all, once for a page."""
    lines, placed = bank_lines.kept_lines(connection), bank_lines.placed(connection)
    balances, funders, people = ledger.balances(connection), registry.funders(connection), registry.people(connection)
    whose = {row.key: Whose(row.key, row.kind, row.person or "", row.contract or "") for row in registry.funds(connection)}
    last = max([today, *(line.on for line in lines if line.left_pence)]) + AHEAD
    due = {(fund, funder or ""): pence for (fund, unit, role, funder), pence in balances.items() if (unit, role) == (Unit.PENCE, "due")}
    paid = defaultdict[Pair, int](int)
    for each in placed:
        if each.what_for.split(" ")[0] in PAID_AS:
            paid[each.fund, each.funder] += each.pence
    asked, named = [*_asked(connection, last, whose), *invoices_brought_over(connection, last)], said_for(connection, placed)
    cover(debts.covered(connection, date.max), paid, named)
    names = {each.name for each in asked}
    for (name, pair), pence in named.items():
        if name not in names:  # an instalment of before we kept these books: its money clears nothing that stands here
            paid[pair] -= pence
    open_now = still_open(asked, paid, named, due)
    return Beside(lines, placed, open_now, balances, whose, funders, _payers(funders, lines, placed), _advices(connection),
                  {key: f"{people[each.person].known_as} ({key})" if each.person else key for key, each in whose.items()},
                  bank_lines.waiting(connection))


def _asked(connection: Connection, last: date, whose: Mapping[str, Whose]) -> list[Asked]:
    orders = {(each.fund, each.funder): each.order_number for each in registry.fundings(connection)}
    invoices: dict[tuple[int, str, str], list[tuple[Pair, int]]] = defaultdict(list)
    for row in (each for each in bank_lines.asked_by_invoice(connection) if each.pence > 0):
        invoices[row.number, row.due_on, row.funder].append(((row.fund, row.funder), int(row.pence)))
    instalments: dict[tuple[str, int, str, str], list[tuple[Pair, int]]] = defaultdict(list)
    for row in billing.schedule_parts(connection, last):
        if row.pence:
            instalments[row.contract, row.n, row.due_on, row.funder].append(((row.fund, row.funder), int(row.pence)))
    return [
        *(Asked(AskedAs.INVOICE, invoice_name(number), number, payer, date.fromisoformat(due), tuple(parts), _references(parts, whose, orders))
          for (number, due, payer), parts in invoices.items()),
        *(Asked(AskedAs.INSTALMENT, instalment_name(contract, n, payer), None, payer, date.fromisoformat(due), tuple(parts),
                frozenset({contract}) | _references(parts, whose, orders))
          for (contract, n, due, payer), parts in instalments.items())]


def invoice_name(number: int) -> str:
    """What an invoice is called in a reason."""
    return f"invoice {number:06d}"


def instalment_name(contract: str, n: int, payer: str) -> str:
    """What an instalment that is not invoiced yet is called in a reason."""
    return f"instalment {n} of {contract} ({payer})"


def _references(parts: Iterable[tuple[Pair, int]], whose: Mapping[str, Whose], orders: Mapping[Pair, str]) -> frozenset[str]:
    """What may stand for it in the words of the bank: the order number, the contract, and the person where it is for one."""
    pairs = [pair for pair, _ in parts]
    people = {whose[fund].person for fund, _ in pairs}
    found = {orders.get(pair, "") for pair in pairs} | {whose[fund].contract for fund, _ in pairs} | (people if len(people) == 1 else set())
    return frozenset(filter(None, found))


def said_for(connection: Connection, placed: Iterable[Placed]) -> dict[tuple[str, Pair], int]:
    """What was said to be for one invoice or instalment, by its name: part by part, or as a whole line."""
    found = defaultdict[tuple[str, Pair], int](int)
    for _, name, pair, pence in said_by_line(connection, placed):
        found[name, pair] += pence
    return found


def said_by_line(connection: Connection, placed: Iterable[Placed]) -> Iterator[tuple[str, str, Pair, int]]:
    """The same by the line that it stands on: its reference, the name, whose, and the pence."""
    said = bank_lines.said_to_pay(connection)
    asked = {(row.number, (row.fund, row.funder)): int(row.pence) for row in bank_lines.asked_by_invoice(connection)} if said else {}
    invoiced = bank_lines.invoice_of_instalment(connection) if said else {}
    sums = defaultdict[tuple[str, Pair, str], int](int)
    for each in placed:
        sums[each.line, (each.fund, each.funder), each.what_for] += each.pence
    for (line, pair, what_for), pence in sums.items():
        as_, _, about = what_for.partition(" ")
        whole = said.get(line)
        if as_ not in PAID_AS:
            continue
        if about.isdigit():
            yield line, invoice_name(int(about)), pair, pence
        elif before := number_before(about):
            yield line, name_before(before), pair, pence
        elif whole and whole.instalment:
            number = invoiced.get((*whole.instalment, pair[1]))
            yield line, invoice_name(number) if number else instalment_name(*whole.instalment, pair[1]), pair, pence
        elif whole:
            left = pence
            for number in whole.invoices:
                now = min(left, asked.get((number, pair), 0))
                yield line, invoice_name(number), pair, now
                left -= now


def cover(covered: Iterable[debts.Covered], paid: dict[Pair, int], named: dict[tuple[str, Pair], int]) -> None:
    """Count what will not come as if it had been paid: of its own invoice, or of the oldest."""
    for each in covered:
        paid[each.pair] += each.pence
        if each.number is not None:
            named[invoice_name(each.number), each.pair] += each.pence


def _payers(funders: Mapping[str, Funder], lines: Iterable[KeptLine], placed: Iterable[Placed]) -> list[PayerNames]:
    words = {line.reference: telling(line.words) for line in lines}
    before: dict[str, set[frozenset[str]]] = defaultdict(set)
    for each in placed:
        if each.funder and words.get(each.line):
            before[each.funder].add(words[each.line])
    return [PayerNames(key, each.name, each.kind.is_individual, frozenset(before[key])) for key, each in sorted(funders.items())]


def _advices(connection: Connection) -> list[Advice]:
    found = [Remittance.model_validate(each.said) for each in facts.facts(connection, Remittance.kind)]
    credited = {row.number: (row.invoice, int(row.pence)) for row in credits.notes(connection)} if found else {}
    return [Advice(each.remittance, tuple((_invoice_of(part, credited), part.pounds.pence) for part in each.pays)) for each in found]


def _invoice_of(part: AdvisedPart, credited: Mapping[int, tuple[int, int]]) -> int:
    """The invoice that a row of an advice is about; nil where a credit note is not one of ours.

    A row that takes something off names our credit note, or the invoice that it takes it off: both have numbers of their own, and a payer writes
    either. Where our credit note of that number comes to exactly that sum, and none of the invoice of that number does, it is the credit note.
    """
    if part.invoice is None:
        return credited.get(part.credit_note or 0, (0, 0))[0]
    note = credited.get(part.invoice)
    if note is None or note[1] != -part.pounds.pence or (part.invoice, -part.pounds.pence) in credited.values():
        return part.invoice
    return note[0]


def _within(asked: Asked, left: dict[str, int], beside: Beside) -> Asked:
    """As much of it as may go through the provider's own account; what is taken here is not left for what was asked later."""
    parts = list[tuple[Pair, int]]()
    for pair, pence in asked.parts:
        now = pence if beside.paid_as(pair) == "contribution" else min(pence, left[pair[0]])
        if beside.paid_as(pair) != "contribution":
            left[pair[0]] -= now
        if now:
            parts.append((pair, now))
    return replace(asked, parts=tuple(parts))
