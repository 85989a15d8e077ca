"""What is charged, or due by a contract, in closed months and stands on no invoice: each with why it is held and who must act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from basics.errors import Problem
from basics.money import Money
from basics.periods import Month
from invoicing.held import Reason
from isf.watch import Matter, OfFund, Watched
from ringfence.actions.acting import Acting
from ringfence.actions.month_invoices import HeldInvoice, anything_to_ask, to_ask
from ringfence.actions.names_of_funds import for_whom, names_of_funds
from ringfence.store import months, registry


@dataclass(frozen=True)
class HeldNow:
    """One invoice that was not issued. Without a reason nothing holds it any more: it may be issued now, or goes out with the next month end."""

    payer: str
    for_whom: str
    period: str
    pence: int
    funds: tuple[str, ...]
    reasons: tuple[Reason, ...]


def held_invoices(acting: Acting) -> tuple[HeldNow, ...]:
    """Everything that closed months did not ask for, payer by payer; nothing before a month is closed."""
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        return _held(connection, closed) if closed is not None else ()


def held_in_words(held: Sequence[HeldInvoice]) -> list[Problem]:
    """Each held draft of a month in one line: why, and who must act."""
    return [Problem(f"{each.record.bill_to}, {each.record.person_words}, {Money(each.draft.pence)}", whole.what, whole.to_do)
            for each in held for whole in [_whole(each.reasons)]]


def not_due_yet(connection: Connection, closed: Month) -> Counter[tuple[str, str]]:
    """What is charged in 4 weeks that are not over: in pence, by fund and month."""
    found = Counter[tuple[str, str]]()
    if not anything_to_ask(connection, closed):
        return found
    for each in to_ask(connection, registry.agreements(connection), closed, ()).later:
        found[each.fund, str(Month.of(each.support_on))] += each.pence
    return found


def held_lines(connection: Connection, of: Mapping[str, OfFund], closed: Month) -> Iterator[Watched]:
    """The lines of the watch list: one for each invoice that is held."""
    for each in _held(connection, closed):
        if each.reasons:
            about, whole = of.get(each.funds[0], OfFund(each.funds[0], each.for_whom)), _whole(each.reasons)
            yield Watched(matter=Matter.BILLING, fund=about.key, who=about.who, since=closed.last, pence=each.pence,
                          what=f"An invoice to {each.payer} for {each.period} is held. {whole.what}", to_do=whole.to_do.rstrip("."))


def _whole(reasons: Sequence[Reason]) -> Reason:
    """Several reasons as one: what is missing, said once, and everything that is to be done."""
    who = " and ".join(dict.fromkeys(each.who for each in reasons))
    return Reason(f"{' '.join(dict.fromkeys(each.what for each in reasons))} {who} must act.", who,
                  " ".join(dict.fromkeys(each.to_do for each in reasons)))


def _held(connection: Connection, closed: Month) -> tuple[HeldNow, ...]:
    if not anything_to_ask(connection, closed):
        return ()
    asks = to_ask(connection, registry.agreements(connection), closed, ())
    if not (asks.held or asks.drafts):
        return ()
    names = names_of_funds(connection)
    found = [HeldNow(each.record.bill_to, for_whom(each.draft, names), each.record.period_words, each.draft.pence, each.draft.funds, each.reasons)
             for each in asks.held]
    found += [HeldNow(record.bill_to, for_whom(draft, names), record.period_words, draft.pence, draft.funds, ())
              for draft, record in zip(asks.drafts, asks.invoices, strict=True)]
    return tuple(sorted(found, key=lambda each: (each.payer, each.for_whom, each.period)))
