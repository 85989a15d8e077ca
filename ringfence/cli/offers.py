"""`ringfence offer` and `ringfence subsidies`: is a funder's rate enough, and what is sold below full cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from basics.money import Money
from basics.periods import day_in_figures, day_in_words
from costing.explain import in_words
from costing.offer import Checked
from costing.package import Per
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.offers import offer_on_file
from ringfence.actions.subsidies import Register, Subsidy, propose_subsidy, register
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, option_for, show

WIDTH = 28


def offer(
    file: Annotated[Path, typer.Argument(help="The cost file (docs/formats/cost.md).")],
    offered: Annotated[str, typer.Argument(metavar="POUNDS", help="What the funder offers, like 24.10.")],
    per: Annotated[Literal["hour", "week"], typer.Option("--per", help="What the offer is for.")] = "hour",
    propose: Annotated[bool, typer.Option("--propose", help="Ask for this price below full cost; another person approves it.")] = False,
    funder: Annotated[str, typer.Option("--funder", help="Who offers it.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="Why it should be sold below full cost.")] = "",
    paid_from: Annotated[str, typer.Option("--paid-from", metavar="WORDS", help="What pays for the shortfall.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="From when, like 2026-10-01; without it, the day of the file.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Until when: every such price ends.")] = "",
    packages: Annotated[int, typer.Option("--packages", min=1, help="How many packages are sold like this.")] = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Hold a funder's rate beside direct cost, full cost, the price and the sector's minimum price."""
    checked = offer_on_file(file, Money.parse(offered), Per(per), day_or_none(first, "--from"))
    show(as_data(checked), as_text(checked), as_json=json_)
    if not propose:
        return
    with acting(database, user) as who:
        digest = propose_subsidy(who, checked, funder=funder, why=why, paid_from=paid_from, first=day_given(first, checked.on, "--from"),
                                 last=day_or_none(until, "--until"), packages=packages)
    if not json_:
        typer.echo(f"\nAsked. It counts once another person approves:\n  ringfence approve {digest[:16]} --as SOMEBODY-ELSE{option_for(database)}")


def subsidies(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day to look at, like 2026-10-01; without it, today.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List what is sold below full cost, who decided it, and what that comes to."""
    with acting(database, user) as who:
        found = register(who, day_given(on, who.today, "--on"))
    show(register_as_data(found), register_as_text(found), as_json=json_)


def as_text(checked: Checked) -> Iterator[str]:
    """An offer beside each level, as lines of plain text."""
    yield f"{checked.name}: an offer of {checked.offered_per_hour} an hour {checked.days_in_words}, {in_words(checked.hours_per_week)}"
    yield ""
    yield f"{'':<{WIDTH}}{'an hour':>12}{'short an hour':>16}{'a week':>14}{'a year':>16}"
    yield f"{'Offered':<{WIDTH}}{checked.offered_per_hour.plain:>12}"
    for each in checked.beside:
        year = "not known" if each.short_per_year is None else each.short_per_year.plain
        yield f"{each.level.value:<{WIDTH}}{each.per_hour.plain:>12}{each.short_per_hour.plain:>16}{each.short_per_week.plain:>14}{year:>16}"
    yield ""
    yield "Each is worked out for a week and rounded once, so it may differ by a penny or two from the sum of a price’s rounded lines."
    yield from (f"Note: {note}" for note in checked.notes)
    yield ("This is below full cost: somebody must decide it, say why and what pays for it, and until when (--propose)."
           if checked.is_below_full_cost else "This is not below full cost.")


def as_data(checked: Checked) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "name": checked.name, "on": checked.on.isoformat(), "until": _day(checked.until),
        "offered_per_hour": checked.offered_per_hour.plain,
        "offered_per_week": checked.offered_per_week.plain, "offered_per_year": _plain(checked.offered_per_year),
        "below_full_cost": checked.is_below_full_cost,
        "levels": [{"level": each.level.value, "per_hour": each.per_hour.plain, "per_week": each.per_week.plain, "per_year": _plain(each.per_year),
                    "short_per_hour": each.short_per_hour.plain, "short_per_week": each.short_per_week.plain,
                    "short_per_year": _plain(each.short_per_year)} for each in checked.beside],
        "notes": list(checked.notes),
    }


def register_as_text(found: Register) -> Iterator[str]:
    """The register, what it comes to, and what ends soon."""
    yield f"Sold below full cost on {day_in_words(found.on)}: {found.per_week} a week, {found.per_year} a year"
    if found.years_not_known:
        yield f"In {found.years_not_known} of them the weeks of a year are not known, so their year is not in the sum."
    if found.to_check:
        yield found.check_in_words
    for each in found.subsidies:
        yield ""
        yield f"{each.package}, {each.funder}: {each.standing(found.on).value}"
        yield f"  {each.offered_per_hour} an hour; {each.per_week} a week short{_for(each)}; {_days(each)}"
        yield f"  Why: {each.why}. Paid from: {each.paid_from}. Asked by {each.prepared_by}, approved by {each.approved_by or 'nobody yet'}."
    if found.ending:
        yield ""
    yield from (f"Ends on {day_in_words(each.last)}: {each.package}, {each.funder}. Decide before then." for each in found.ending)


def register_as_data(found: Register) -> dict[str, object]:
    return {
        "on": found.on.isoformat(), "per_week": found.per_week.plain, "per_year": found.per_year.plain, "years_not_known": found.years_not_known,
        "to_check": len(found.to_check),
        "subsidies": [{
            "package": each.package, "funder": each.funder, "standing": each.standing(found.on).value, "packages": each.packages,
            "offered_per_hour": each.offered_per_hour.plain, "per_week": each.per_week.plain, "per_year": _plain(each.per_year), "why": each.why,
            "paid_from": each.paid_from, "first": each.first.isoformat(), "last": each.last.isoformat(),
            "replaced_from": _day(each.replaced_from), "worked_out_on": _day(each.worked_out_on), "prepared_by": each.prepared_by,
            "approved_by": each.approved_by, "digest": each.digest} for each in found.subsidies],
    }


def _for(each: Subsidy) -> str:
    return f" for {each.packages:,} packages" if each.packages > 1 else ""


def _days(each: Subsidy) -> str:
    replaced = f", replaced from {day_in_figures(each.replaced_from)}" if each.replaced_from else ""
    return f"from {day_in_figures(each.first)} until {day_in_figures(each.last)}{replaced}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(money: Money | None) -> str | None:
    return None if money is None else money.plain
