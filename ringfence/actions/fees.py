"""What was asked of each council and other organisation for a service, what it offered, and what was agreed. One person records it and it counts
at once; it binds nobody, and it stands on the trustees' page.

Nothing is overwritten: what is recorded later takes the place of what was there, and the log has both. No fee for fewer than five people is kept,
because trustees read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from basics.people import Funder
from basics.periods import day_in_words
from isf.fees import LONGEST_SERVICE, Fee, Per, fee_said, standing
from isf.few import FEWEST_SHOWN
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.actions.without_names import faults
from ringfence.store import registry, told_trustees
from ringfence.store.told_trustees import FEE

MOST_A_YEAR = 10**8


@dataclass(frozen=True)
class FeeTyped:
    """A fee as it is typed: amounts are pounds, or like 4.5% over the fee before; what is left empty is not known yet."""

    payer: str
    service: str
    asked_on: date | None = None
    per: Per = Per.HOUR
    before: str = ""
    asked: str = ""
    offered: str = ""
    agreed: str = ""
    agreed_from: date | None = None
    people: int | None = None
    a_year: int | None = None


def fees(acting: Acting, on: date | None = None) -> Sequence[Fee]:
    """Of each payer's services the fee that was asked last by a day, or by today. No name of a person is read."""
    with acting.reading(Right.FIGURES) as connection:
        return standing(fees_kept(connection), on or acting.today)


def fees_kept(connection: Connection) -> Sequence[Fee]:
    """Every fee as it was recorded last, in the order in which each was recorded first."""
    last = {(body["payer"], body["service"], body["asked_on"]): body for body in told_trustees.kept(connection, FEE)}
    return [_fee(body) for body in last.values() if "asked" in body]


def as_typed(fee: Fee) -> FeeTyped:
    """A fee as somebody would type it, to change a part of it."""
    def typed(money: Money | None) -> str:
        return "" if money is None else money.plain
    return FeeTyped(fee.payer, fee.service, fee.asked_on, fee.per, typed(fee.before), typed(fee.asked), typed(fee.offered), typed(fee.agreed),
                    fee.agreed_from, fee.people, fee.a_year)


def payers_of_fees(acting: Acting) -> Sequence[Funder]:
    """The organisations that pay, by name: a person and a family have no fee here."""
    with acting.reading() as connection:
        return sorted((each for each in registry.funders(connection).values() if not each.kind.is_individual), key=lambda each: each.name)


def record_fee(acting: Acting, typed: FeeTyped) -> Fee:
    """Record a fee in the place of what was recorded of the same payer, service and day. Saying the same again changes nothing.

    Raises `Refused` with everything that is wrong.
    """
    with acting.writing(Right.PREPARE) as connection:
        fee = _checked(connection, acting, typed)
        known = {(each.payer, each.service, each.asked_on): _body(each) for each in fees_kept(connection)}
        body = _body(fee)
        if known.get((fee.payer, fee.service, fee.asked_on), {}) | {"by": acting.user} != body:
            _keep(connection, acting, fee.payer, fee.service, body)
        return fee


def take_fee_away(acting: Acting, payer: str, service: str, asked_on: date) -> None:
    """Take away a fee that was recorded by mistake. Raises `InputError` where there is none."""
    with acting.writing(Right.PREPARE) as connection:
        if not any((each.payer, each.service, each.asked_on) == (payer, service, asked_on) for each in fees_kept(connection)):
            raise InputError(f"Nothing is recorded of {payer}, “{service}”, asked on {day_in_words(asked_on)}.", "Name one that is in the list.")
        _keep(connection, acting, payer, service, {"payer": payer, "service": service, "asked_on": asked_on.isoformat(), "by": acting.user})


def _keep(connection: Connection, acting: Acting, payer: str, service: str, body: dict[str, Any]) -> None:
    told_trustees.keep(connection, FEE, body, by=acting.user, recorded_at=acting.recorded_at, about=f"{payer} {service}")


def _checked(connection: Connection, acting: Acting, typed: FeeTyped) -> Fee:
    problems = list[Problem]()
    payer, service = _payer(connection, typed.payer, problems), " ".join(typed.service.split())
    problems += faults(connection, "Service or contract", service, LONGEST_SERVICE)
    problems += _missing(acting, typed, service)
    before = _amount("Before", typed.before, None, problems)
    asked, offered, agreed = (_amount(box, text, before, problems)
                              for box, text in (("Asked", typed.asked), ("Offered", typed.offered), ("Agreed", typed.agreed)))
    if problems or payer is None or asked is None or typed.asked_on is None or typed.people is None:
        raise Refused("The fee was not recorded:", dict.fromkeys(problems))
    return Fee(payer.reference, _named(connection, payer), service, typed.per, before, asked, typed.asked_on, offered, agreed, typed.agreed_from,
               typed.people, typed.a_year, acting.user)


def _payer(connection: Connection, said: str, problems: list[Problem]) -> Funder | None:
    """By reference or name."""
    known = registry.funders(connection)
    found = known.get(said) or next((each for each in known.values() if each.name == said), None)
    if found is None:
        problems.append(Problem("Payer", f"“{said[:60]}” is nobody who pays here.", "Give a payer's reference or name, as the books have it."))
    elif found.kind.is_individual:
        problems.append(Problem("Payer", f"{found.reference} pays out of their own pocket.", "A fee stands here for organisations only."))
        return None
    return found


def _named(connection: Connection, payer: Funder) -> str:
    """What trustees read: of a trust that is called after somebody whom we support, its reference."""
    return payer.reference if any(faults(connection, "Payer", payer.name, len(payer.name))) else payer.name


def _amount(box: str, text: str, before: Money | None, problems: list[Problem]) -> Money | None:
    """What a box says; None where it is empty, or wrong and told."""
    try:
        return fee_said(text, before) if text.strip() else None
    except InputError as error:
        problems.append(Problem(box, error.problem.what, error.problem.to_do))
        return None


def _missing(acting: Acting, typed: FeeTyped, service: str) -> Iterable[Problem]:
    if not service:
        yield Problem("Service or contract", "Nothing is written here.", "Say which service or contract the fee is for.")
    if not typed.asked.strip():
        yield Problem("Asked", "Nobody said what was asked.", "Give it in pounds, or as a percentage over the fee before.")
    if typed.asked_on is None or typed.asked_on > acting.today:
        yield Problem("Asked on", "This day is empty or still to come.", "Give the day on which it was asked.")
    if bool(typed.agreed.strip()) != (typed.agreed_from is not None):
        yield Problem("Agreed", "An agreed fee and the day from which it counts belong together.", "Give both, or neither.")
    if typed.people is None or typed.people < FEWEST_SHOWN:
        yield Problem("People", f"A fee for fewer than {FEWEST_SHOWN} people could tell about one of them, and trustees read it.",
                      f"Say how many people are supported for it, {FEWEST_SHOWN} or more; put small ones together under one name.")
    if typed.a_year is not None and not 0 < typed.a_year <= MOST_A_YEAR:
        yield Problem("In a year", f"{typed.a_year:,} is no number of hours or weeks in a year.", "Give a whole number above nil, or leave it out.")


_MONEY = ("before", "asked", "offered", "agreed")


def _body(fee: Fee) -> dict[str, Any]:
    pence = {name: money.pence for name in _MONEY if (money := getattr(fee, name)) is not None}
    return {"payer": fee.payer, "payer_name": fee.payer_name, "service": fee.service, "per": fee.per.value, **pence,
            "asked_on": fee.asked_on.isoformat(), "agreed_from": fee.agreed_from.isoformat() if fee.agreed_from else None,
            "people": fee.people, "a_year": fee.a_year, "by": fee.by}


def _fee(body: dict[str, Any]) -> Fee:
    before, asked, offered, agreed = (Money(body[name]) if name in body else None for name in _MONEY)
    assert asked is not None
    return Fee(body["payer"], body["payer_name"], body["service"], Per(body["per"]), before, asked, date.fromisoformat(body["asked_on"]), offered,
               agreed, date.fromisoformat(body["agreed_from"]) if body["agreed_from"] else None, body["people"], body["a_year"], body["by"])
