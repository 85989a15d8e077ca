"""Terms, absences, orders and references out of the books: what an apply file or a file of `record` said, as the rules of charging read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from basics.money import Money
from basics.periods import Period
from basics.rounding import TimeRule
from invoicing.delivery import Terms, Vat
from invoicing.not_given import Absence, NoticeStep, Retainer
from invoicing.payer_rules import KnownAs, Order
from invoicing.price_list import DAYS_OF_THE_WEEK, PriceList
from ringfence.store.rows import latest
from ringfence.store.schema import fact, fund, person, terms

ABSENCE, ORDER, PAYER_REFERENCE = "absence", "order", "payer reference"


def all_terms(connection: Connection) -> Iterator[Terms]:
    """The terms as they stand, each from its day."""
    for row in latest(connection, terms, ["name", "from_on"]):
        yield _terms(row.name, row.from_on, json.loads(row.body))


def bands_beside(connection: Connection, code: str) -> set[str]:
    """The rates of visits by their length that any version of any terms gave beside a rate."""
    every = (_terms(row.name, row.from_on, json.loads(row.body)) for row in connection.execute(select(terms)))
    return {band for each in every for listed in each.prices if listed.rate == code for band in listed.bands.values()}


def source_of(connection: Connection, name: str, from_on: date) -> str:
    """Where it is written what those terms say from that day: the agreement and its page."""
    rows = latest(connection, terms, ["name", "from_on"], name=name, from_on=from_on.isoformat())
    return next((str(json.loads(row.body)["source"]) for row in rows), "")


def absences(connection: Connection) -> Iterator[Absence]:
    """Who is away, from when and until when."""
    for row in latest(connection, fact, ["reference"], kind=ABSENCE):
        said = json.loads(row.body)
        if not said.get("taken_back"):
            yield Absence(said["person"], said["because"], date.fromisoformat(said["from"]), date.fromisoformat(said["to"]) if "to" in said else None)


def orders(connection: Connection) -> Iterator[Order]:
    """The orders of payers that stand: each for one fund, with its days and its sum."""
    for row in latest(connection, fact, ["reference"], kind=ORDER):
        said = json.loads(row.body)
        if not said.get("taken_back"):
            pence = Money.parse(said["pounds"]).pence if "pounds" in said else None
            yield Order(f"{said['fund']}-{said['person']}", said["funder"], said["number"],
                        Period(date.fromisoformat(said["from"]), date.fromisoformat(said["to"])), pence)


def known_as(connection: Connection) -> Iterator[KnownAs]:
    """How each payer knows each person, for every fund of the person."""
    funds: dict[str, list[str]] = {}
    for key, of in connection.execute(select(fund.c.key, person.c.reference).join(person, person.c.id == fund.c.person_id)):
        funds.setdefault(of, []).append(key)
    for row in latest(connection, fact, ["reference"], kind=PAYER_REFERENCE):
        said = json.loads(row.body)
        yield from (KnownAs(key, said["funder"], said["reference"]) for key in funds.get(said["person"], ()) if not said.get("taken_back"))


def _terms(name: str, from_on: str, body: dict[str, Any]) -> Terms:
    rule = body.pop("charged_time", None)
    body.pop("source", None)
    since = body.pop("invoiced_from", None)
    lists: dict[str, Any] = {
        "prices": tuple(map(_price_list, body.pop("prices", ()))), "notice": tuple(map(_notice, body.pop("notice", ()))),
        "retainers": tuple(map(_retainer, body.pop("retainers", ()))),
        "vat_by_support": tuple((said["support"], Vat(said["vat"], said.get("vat_words") or "")) for said in body.pop("vat_by_support", ()))}
    return Terms(name, date.fromisoformat(from_on), charged_time=TimeRule(rule) if rule else None,
                 invoiced_from=date.fromisoformat(since) if since else None, **body, **lists)


def _price_list(said: Mapping[str, Any]) -> PriceList:
    times = said.get("public_holiday_times")
    return PriceList(
        said["rate"], said.get("weekend"), {day: said[day] for day in DAYS_OF_THE_WEEK if day in said}, said.get("public_holiday"),
        None if times is None else Decimal(times), {date.fromisoformat(one["on"]): one["rate"] for one in said.get("special_days", ())},
        {one["minutes"]: one["rate"] for one in said.get("bands", ())})


def _notice(said: Mapping[str, Any]) -> NoticeStep:
    return NoticeStep(Decimal(said["percent"]), said.get("from_hours"), said.get("to_hours"))


def _retainer(said: Mapping[str, Any]) -> Retainer:
    return Retainer(said["because"], Decimal(said["percent"]), said.get("from_day", 1), said.get("to_day"))
