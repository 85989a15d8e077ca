"""People, payers, contracts, terms, rates, houses, funds and plans. A change is a later version; the one before stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from basics.people import Funder, FunderKind, Person
from basics.periods import Period
from invoicing.delivery import BY_DELIVERY, Agreements, Funding, House, PlannedSupport, Rate
from isf.plan import Measure, PlanLine
from ringfence.store.funding_share import share_of
from ringfence.store.nameless import readable
from ringfence.store.rows import add, latest, one
from ringfence.store.schema import (
    contract,
    fund,
    funder,
    funder_detail,
    funding,
    house,
    house_place,
    person,
    person_detail,
    plan_line,
    provider_detail,
    rate,
    setting,
)
from ringfence.store.terms_kept import absences, all_terms, known_as, orders

PROVIDER_FUND = "provider"


def canonical(content: Any) -> str:
    """One text for one content, whatever the order of its keys: what is compared, kept and digested."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def add_version(connection: Connection, table: Table, key: Mapping[str, Any], batch_id: int, **content: Any) -> str:
    """Record `content` under `key`: "new", "changed" (a later version) or "same" (nothing is written)."""
    known = latest(connection, table, list(key), **key)
    if known and all(getattr(known[0], name) == value for name, value in content.items()):
        return "same"
    add(connection, table, **key, **content, version=known[0].version + 1 if known else 1, batch_id=batch_id)
    return "changed" if known else "new"


def setting_of(connection: Connection, name: str) -> str:
    found = one(connection, setting, name=name)
    return str(found.value) if found else ""


def is_practice(connection: Connection) -> bool:
    """Whether these are the sample’s or practice books: every document says so."""
    return setting_of(connection, "sample") == "yes"


def ids(connection: Connection, table: Table, column: str = "reference") -> dict[str, int]:
    """The ids of a table's rows by their reference."""
    return {row[0]: row[1] for row in connection.execute(select(table.c[column], table.c.id))}


def people(connection: Connection) -> dict[str, Person]:
    """Everybody who is supported, by reference."""
    later = person_detail.alias("later")
    last = select(func.max(later.c.version)).where(later.c.person_id == person.c.id).scalar_subquery()
    query = (
        select(person.c.reference, person_detail.c.name, person_detail.c.known_as).select_from(person)
        .join(person_detail, (person_detail.c.person_id == person.c.id) & (person_detail.c.version == last)).order_by(person.c.reference)
    )
    return {reference: Person(reference, name, known_as) for reference, name, known_as in connection.execute(query)}


def funders(connection: Connection) -> dict[str, Funder]:
    """Every payer, by reference; a person who pays for themselves is called by their own name."""
    details = {row.funder_id: row.name for row in latest(connection, funder_detail, ["funder_id"])}
    named = people(connection)
    of_person = {row.id: row.reference for row in connection.execute(select(person))}
    found = {}
    for row in connection.execute(select(funder).order_by(funder.c.reference)):
        name = named[of_person[row.person_id]].name if row.person_id else details[row.id]
        found[row.reference] = Funder(row.reference, name, FunderKind(row.kind))
    return found


def person_of_funder(connection: Connection) -> dict[str, str]:
    """For payers who are people: whose money it is, by the funder's reference."""
    query = select(funder.c.reference, person.c.reference).join(person, person.c.id == funder.c.person_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def funder_kinds(connection: Connection) -> dict[str, FunderKind]:
    """What kind of payer each is, by reference; no name is read."""
    return {row.reference: FunderKind(row.kind) for row in connection.execute(select(funder.c.reference, funder.c.kind))}


def body_of_funder(connection: Connection) -> dict[str, dict[str, Any]]:
    """Address and contact of each payer."""
    of_funder = {row.id: row.reference for row in connection.execute(select(funder))}
    return {of_funder[row.funder_id]: json.loads(row.body) for row in latest(connection, funder_detail, ["funder_id"])}


def provider(connection: Connection) -> dict[str, Any]:
    """What the provider says of itself: name, address, contact, how to pay."""
    said: dict[str, Any] = json.loads(provider_body(connection) or "{}")
    return {"name": setting_of(connection, "provider")} | said


def provider_body(connection: Connection) -> str:
    """The same as it is kept, in the canonical text; empty before anything was said, and the name alone where no other may be read."""
    said = readable(connection, provider_detail)
    query = select(said.c.body).order_by(said.c.version.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none() or ""


def funds(connection: Connection) -> list[Row[Any]]:
    """Every fund with the reference of its person and contract, in the order of the key."""
    query = (
        select(fund.c.id, fund.c.key, fund.c.kind, person.c.reference.label("person"), contract.c.reference.label("contract"))
        .outerjoin(person, person.c.id == fund.c.person_id).outerjoin(contract, contract.c.id == fund.c.contract_id)
        .order_by(fund.c.key)
    )
    return list(connection.execute(query))


def fund_key(person_reference: str, kind: str) -> str:
    return f"{kind}-{person_reference}"


def reserve_key(contract_reference: str) -> str:
    return f"reserve-{contract_reference}"


def ensure_fund(connection: Connection, key: str, kind: str, batch_id: int, *, person_id: int | None = None,
                contract_id: int | None = None) -> int:
    """The id of a fund, made if it is not there."""
    known = one(connection, fund, key=key)
    return int(known.id) if known else add(connection, fund, key=key, kind=kind, person_id=person_id, contract_id=contract_id,
                                           batch_id=batch_id)


def plan_lines(connection: Connection, fund_key: str = "") -> list[PlanLine]:
    """The plans as they stand (of one fund, where it is named), for positions and statements."""
    of_fund = {row.id: row for row in funds(connection)}
    payers = {row.id: row.reference for row in connection.execute(select(funder))}
    found = []
    for row in _plan_rows(connection, fund_key):
        if fund_key not in ("", of_fund[row.fund_id].key):
            continue
        timed = row.minutes_per_week is not None
        found.append(PlanLine(
            id=row.id, reference=row.reference, fund=of_fund[row.fund_id].key, person=of_fund[row.fund_id].person,
            support_type=row.support_type, words=row.words, funder=payers.get(row.funder_id),
            measure=Measure.MINUTES if timed else Measure.TIMES,
            per_week=row.minutes_per_week if timed else Decimal(row.count_per_week), period=_period(row),
            shared_by=row.shared_by or 1))
    return found


def rate_codes(connection: Connection, fund_key: str = "") -> dict[int, str]:
    """The rate that each line of a plan is charged at, by the id of the line."""
    return {row.id: row.rate_code for row in _plan_rows(connection, fund_key)}


def changed_rates(connection: Connection) -> set[str]:
    """The codes of the rates of which something was changed after it was first given."""
    return set(connection.execute(select(rate.c.code).where(rate.c.version > 1)).scalars())


def standing_line(connection: Connection, fund_key: str = "") -> dict[int, int]:
    """For each version of a line of a plan, by id: the version that stands now."""
    standing = {(row.reference, row.from_on): row.id for row in _plan_rows(connection, fund_key)}
    rows = connection.execute(select(plan_line.c.id, plan_line.c.reference, plan_line.c.from_on))
    return {row.id: standing[row.reference, row.from_on] for row in rows if (row.reference, row.from_on) in standing}


def agreements(connection: Connection, fund_key: str = "") -> Agreements:
    """Everything that says what support costs and who pays; the plan and the payers of one fund, where it is named."""
    codes = rate_codes(connection, fund_key)
    return Agreements(
        plan=tuple(PlannedSupport(line.id, line.person, line.fund, line.support_type, line.words, line.funder, codes[line.id], line.period)
                   for line in plan_lines(connection, fund_key)),
        fundings=tuple(fundings(connection, fund_key)), rates=tuple(rates(connection)), terms=tuple(all_terms(connection)),
        houses=tuple(houses(connection)), absences=tuple(absences(connection)), orders=tuple(orders(connection)),
        known_as=tuple(known_as(connection)))


def _plan_rows(connection: Connection, fund_key: str = "") -> list[Row[Any]]:
    """The latest version of every line, or of each line that ever was in one fund: a later version may have moved it to another."""
    once = select(plan_line.c.reference).join(fund, fund.c.id == plan_line.c.fund_id).where(fund.c.key == fund_key)
    return latest(connection, plan_line, ["reference", "from_on"], *([plan_line.c.reference.in_(once)] if fund_key else []))


def fundings(connection: Connection, fund_key: str = "") -> Iterable[Funding]:
    keys = {row.id: row.key for row in connection.execute(select(fund))}
    payers = {row.id: (row.reference, FunderKind(row.kind)) for row in connection.execute(select(funder))}
    paid = readable(connection, funding)
    of_fund = paid.c.fund_id == select(fund.c.id).where(fund.c.key == fund_key).scalar_subquery()
    for row in latest(connection, paid, ["fund_id", "funder_id", "from_on"], *([of_fund] if fund_key else [])):
        (percent, weekly), (payer, kind) = share_of(row.share), payers[row.funder_id]
        yield Funding(keys[row.fund_id], payer, row.how, percent, row.terms_name, row.order_number, _period(row), weekly, kind)


def rates(connection: Connection) -> Iterable[Rate]:
    for row in latest(connection, rate, ["code", "from_on"]):
        yield Rate(row.code, row.per, Decimal(row.pounds), _period(row))


def houses(connection: Connection) -> Iterable[House]:
    who = {row.id: row.reference for row in connection.execute(select(person))}
    contracts = {row.id: row.reference for row in connection.execute(select(contract))}
    held: dict[int, list[tuple[int, date, str | None]]] = {}
    for row in latest(connection, house_place, ["house_id", "place", "from_on"]):
        held.setdefault(row.house_id, []).append((row.place, date.fromisoformat(row.from_on), who.get(row.person_id)))
    for row in connection.execute(select(house).order_by(house.c.reference)):
        carrier = reserve_key(contracts[row.contract_id]) if row.void_paid_by == "reserve" else PROVIDER_FUND
        said = json.loads(row.body)
        paying = None
        if "funder" in said:
            paying = Funding(carrier, said["funder"], BY_DELIVERY, Decimal(100), said["terms"], "", Period(date.min, date.max))
        yield House(row.reference, row.places, tuple(held.get(row.id, ())), carrier, said.get("void_weeks"), paying, PROVIDER_FUND)


def _period(row: Row[Any]) -> Period:
    return Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on))
