"""The terms that funders have agreed for funds, as they stand on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.periods import Period
from isf.fund_terms import FundTerms
from isf.holding import Way
from ringfence.actions.acting import Acting
from ringfence.importing.fact_items_holding import Agreement, Holding
from ringfence.importing.fact_items_terms import FundTermsItem, known_terms
from ringfence.importing.fund_presets import Preset, presets
from ringfence.store import facts, registry

HELD = {Way.DIRECT_PAYMENT: "as a direct payment", Way.COUNCIL: "by the council", Way.FRIEND_OR_RELATIVE: "by a friend or relative",
        Way.PROVIDER: "by the provider", Way.TRUST: "by a trust", Way.MIXED: "in more than one way"}


@dataclass(frozen=True)
class KnownTerms:
    """One funder’s terms for one fund, from a day, and perhaps until one. `payer` is the funder’s name, `preset` the preset that they began from."""

    fund: str
    person: str
    funder: str
    payer: str
    from_on: date
    until: date | None
    preset: str
    terms: FundTerms


def every_preset() -> tuple[Preset, ...]:
    """The terms that councils publish."""
    return presets()


def terms_in_force(connection: Connection, on: date, fund_key: str = "", *, named: bool = True) -> list[KnownTerms]:
    """What each funder has agreed for each fund (or for one) and holds on a day: the last that began by then. Where they are not `named`,
    no name of a payer is read, and the reference stands in its place."""
    last = {(each.fund, each.said["funder"]): each for each in facts.facts(connection, FundTermsItem.kind, fund_key) if each.from_on <= on}
    payers = {key: payer.name for key, payer in registry.funders(connection).items()} if last and named else {}
    found = (_known(fact, payers.get(fact.said["funder"], fact.said["funder"])) for fact in last.values())
    return [known for known in found if known.until is None or known.until >= on]


def terms_during(connection: Connection, period: Period, fund_key: str) -> list[KnownTerms]:
    """What each funder has agreed for a fund and holds on any of these days, in the order of its days."""
    found: dict[str, list[facts.Fact]] = defaultdict(list)
    for each in facts.facts(connection, FundTermsItem.kind, fund_key):
        found[each.said["funder"]].append(each)
    payers, known = registry.funders(connection) if found else {}, []
    for funder, said in found.items():
        followed = [*(later.from_on for later in said[1:]), None]
        known += [_known(each, payers[funder].name) for each, later in zip(said, followed, strict=True)
                  if each.from_on <= period.last and (later is None or later > period.first)]
    return [each for each in known if each.until is None or each.until >= period.first]


def terms_of_fund(acting: Acting, fund_key: str, on: date | None = None) -> list[KnownTerms]:
    """The same for somebody who asks about one fund."""
    with acting.reading() as connection:
        return terms_in_force(connection, on or acting.today, fund_key)


def held_and_decided(acting: Acting, fund_key: str, on: date | None = None) -> tuple[str, ...]:
    """In which way the budget is held, and who decides about it by an agreement in force, in a sentence each."""
    day = on or acting.today
    with acting.reading() as connection:
        held = [each for each in facts.facts(connection, Holding.kind, fund_key) if _holds(each, day)][-1:]
        agreed = [each for each in facts.facts(connection, Agreement.kind, fund_key) if _holds(each, day)]
    return (*(_held(each) for each in held),
            *(f"{each.said['who']} decides, by {each.said['basis']}: {'; '.join(each.said['may_decide'])}." for each in agreed))


def _held(fact: facts.Fact) -> str:
    by = f", by {fact.said['held_by']}" if "held_by" in fact.said else ""
    return f"The budget is held {HELD[Way(fact.said['way'])]}{by}" + (f" ({fact.said['words']})." if "words" in fact.said else ".")


def _holds(fact: facts.Fact, on: date) -> bool:
    return fact.from_on <= on and fact.said.get("until", on.isoformat()) >= on.isoformat()


def _known(fact: facts.Fact, payer: str) -> KnownTerms:
    until = fact.said.get("until")
    return KnownTerms(fact.fund, fact.said["person"], fact.said["funder"], payer, fact.from_on, date.fromisoformat(until) if until else None,
                      fact.said.get("preset", ""), known_terms(fact.said))
