"""`ringfence fees …`: what organisations were asked to pay, what they offered, and what was agreed, as the trustees' page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, TypeVar

import typer

from basics.money import Money
from basics.periods import day_in_words
from isf.fees import Fee, Per
from ringfence.actions.acting import Acting
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.fees import FeeTyped, as_typed, fees, record_fee, take_fee_away
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, show

group = typer.Typer(help="What organisations were asked to pay, offered and agreed.", no_args_is_help=True, rich_markup_mode=None)

Kind = TypeVar("Kind")

Payer = Annotated[str, typer.Argument(metavar="PAYER", help="The payer's reference or name, as the books have it.")]
Service = Annotated[str, typer.Argument(metavar="SERVICE", help="The service or contract, like “Outreach”.")]
HEADINGS = ("", "before", "asked", "offered", "agreed", "short a year")


@group.command("list")
def list_fees(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="As they were asked by this day; without it, today.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List of each payer's services the fee that was asked last."""
    with acting(database, user) as who:
        found = fees(who, day_given(on, who.today, "--on"))
    show([fee_as_data(each) for each in found], as_text(found), as_json=json_)


@group.command("record")
def record(
    payer: Payer,
    service: Service,
    asked_on: Annotated[str, typer.Option("--asked-on", metavar="DAY", help="When it was asked; without it, as it was recorded last.")] = "",
    per: Annotated[Literal["hour", "week"] | None, typer.Option("--per", help="What the fee is for; an hour where nobody said.")] = None,
    before: Annotated[str | None, typer.Option("--before", metavar="POUNDS", help="The fee before.")] = None,
    asked: Annotated[str | None, typer.Option("--asked", metavar="FEE", help="What was asked: pounds, or like 4.5% over the fee before.")] = None,
    offered: Annotated[str | None, typer.Option("--offered", metavar="FEE", help="What they offered, so or so.")] = None,
    agreed: Annotated[str | None, typer.Option("--agreed", metavar="FEE", help="What was agreed, so or so.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help="From which day the agreed fee counts.")] = None,
    people: Annotated[int | None, typer.Option("--people", help="How many people are supported for it: five or more.")] = None,
    a_year: Annotated[int | None, typer.Option("--a-year", metavar="NUMBER", help="How many hours (or weeks) of it are paid in a year.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Record what was asked, offered or agreed. What is left out stays as it was recorded last; "" takes it off."""
    with acting(database, user) as who:
        stands = _as_it_stands(who, payer, service, day_or_none(asked_on, "--asked-on"))
        typed = replace(stands, per=Per(per) if per else stands.per, people=_or(people, stands.people), a_year=_or(a_year, stands.a_year),
                        before=_or(before, stands.before), asked=_or(asked, stands.asked), offered=_or(offered, stands.offered),
                        agreed=_or(agreed, stands.agreed), agreed_from=stands.agreed_from if first is None else day_or_none(first, "--from"))
        fee = record_fee(who, typed)
    show(fee_as_data(fee), as_text([fee]), as_json=json_)


@group.command("take-away")
def take_away(
    payer: Payer,
    service: Service,
    asked_on: Annotated[str, typer.Option("--asked-on", metavar="DAY", help="When it was asked.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Take away a fee that was recorded by mistake. The log keeps it."""
    day = day_given(asked_on, None, "--asked-on")
    with acting(database, user) as who:
        take_fee_away(who, payer, service, day)
    typer.echo(f"Taken away: {payer}, {service}, asked on {day_in_words(day)}.")


def _or(given: Kind | None, stands: Kind) -> Kind:
    return stands if given is None else given


def _as_it_stands(who: Acting, payer: str, service: str, asked_on: date | None) -> FeeTyped:
    """What was recorded last of it, as it would be typed; what was asked on another day is another fee."""
    known = next((each for each in fees(who) if payer in (each.payer, each.payer_name) and each.service == service), None)
    if known is None or asked_on not in (None, known.asked_on):
        return FeeTyped(payer, service, asked_on)
    return as_typed(known)


def as_text(found: Sequence[Fee]) -> Iterator[str]:
    """Each fee in pounds, and under it when and by how much more."""
    if not found:
        yield "No fee is recorded yet: ringfence fees record PAYER SERVICE …"
        return
    rows = [(fee.named, *(plain(money) or "–" for money in (fee.before, fee.asked, fee.offered, fee.agreed, fee.short_a_year))) for fee in found]
    heading, *lines = aligned([HEADINGS, *rows])
    yield heading
    for fee, line in zip(found, lines, strict=True):
        yield line
        yield f"    {fee.told}"


def fee_as_data(fee: Fee) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "payer": fee.payer, "payer_name": fee.payer_name, "service": fee.service, "per": fee.per.value, "before": plain(fee.before),
        "asked": plain(fee.asked), "asked_on": fee.asked_on.isoformat(), "offered": plain(fee.offered), "agreed": plain(fee.agreed),
        "agreed_from": fee.agreed_from.isoformat() if fee.agreed_from else None, "people": fee.people, "a_year": fee.a_year,
        "percent_asked": _percent(fee, fee.asked), "percent_offered": _percent(fee, fee.offered), "percent_agreed": _percent(fee, fee.agreed),
        "short_a_year": plain(fee.short_a_year), "recorded_by": fee.by}


def plain(money: Money | None) -> str | None:
    return None if money is None else money.plain


def _percent(fee: Fee, money: Money | None) -> str | None:
    percent = fee.over_before(money)
    return None if percent is None else str(percent)
