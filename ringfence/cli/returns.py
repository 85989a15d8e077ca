"""`ringfence returns` and `ringfence monitoring`: numbers and pounds at a day, and a contract’s hours and pounds over some days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import Period, day_in_words, minutes_in_words
from isf.monitoring import Figures, Group
from ringfence.actions.costing import keep_workbook
from ringfence.actions.council_workbook import check_names
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.monitoring import EVERYBODY, Monitored, Returns
from ringfence.actions.monitoring import monitoring as monitored
from ringfence.actions.monitoring import returns as worked_out
from ringfence.actions.monitoring_workbook import NOT_KNOWN, fill_monitoring
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, complain, day_given, show

Whose = Annotated[str, typer.Argument(metavar="[OF]", help="A contract, a fund or a funder; without it, everybody.")]
BY_WAY, BY_REASON, BY_CLIENT = "By way of holding", "By client group (primary support reason)", "By whose needs the budget is for"


def returns(
    of: Whose = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day, like 2026-10-31; without it, today.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Count people, funds and pounds by way of holding, by client group, and by carers’ own budgets, at a day."""
    with acting(database, user) as who:
        found = worked_out(who, day_given(on, who.today, "--on"), of)
    show(returns_as_data(found), returns_as_text(found), as_json=json_)


def monitoring(
    of: Whose = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, like 2026-10-01.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day; today if not given.")] = "",
    fill: Annotated[Path | None, typer.Option("--fill", metavar="WORKBOOK", help="A council's own workbook, to be filled in.")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", metavar="FILE", help="Which figure goes into which of its cells.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The filled-in workbook to write.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show hours commissioned and delivered, and pounds paid in, used and left, for each fund and together; or fill in a workbook."""
    given = [each for each in (fill, mapping, out) if each is not None]
    if given and (fill is None or mapping is None or out is None):
        raise InputError("To fill in a workbook takes three options together.", "Give --fill, --mapping and --out.")
    with acting(database, user) as who:
        found = monitored(who, Period(day_given(first, None, "--from"), day_given(last, who.today, "--to")), of)
    if fill is not None and mapping is not None and out is not None:
        check_names(fill, out)
        filled = fill_monitoring(found, fill, mapping)
        keep_workbook(filled.content, out)
        if filled.left_out:
            complain(f"{out.name} holds no cell for {', '.join(filled.left_out)}.")
    show(as_data(found), as_text(found), as_json=json_)


def returns_as_text(found: Returns) -> Iterator[str]:
    """Each way of dividing the same people, with the whole below."""
    yield f"Budgets of {found.of} on {day_in_words(found.on)}; pounds are of the financial year up to that day"
    for heading, groups in ((BY_WAY, found.by_way), (BY_REASON, found.by_reason), (BY_CLIENT, found.by_client)):
        yield ""
        rows = [(heading, "people", "funds", "promised", "paid in", "used", "held"), *(_counted(each) for each in groups), _counted(found.whole)]
        yield from aligned(rows)
    if found.beside.funds:
        yield ""
        yield (f"Besides, {found.beside.funds} {'fund' if found.beside.funds == 1 else 'funds'} that nobody pays into on that day still "
               f"hold {Money(found.beside.figures.held_pence)}.")


def as_text(found: Monitored) -> Iterator[str]:
    """A line for each fund, and all together below."""
    yield f"Monitoring of {'everybody' if found.of == EVERYBODY else found.of}, {found.period}, by the day on which it happened"
    yield ""
    rows: list[tuple[str, ...]] = [("fund", "commissioned", "delivered", "times", "given", "paid in", "used", "left", "held", "surplus")]
    rows += [(each.fund, *_figures(each.figures)) for each in found.funds]
    yield from aligned([*rows, (f"All ({found.all.people} people)", *_figures(found.all.figures))])


def _counted(each: Group) -> tuple[str, ...]:
    of = each.figures
    return (each.called or NOT_KNOWN, f"{each.people:,}", f"{each.funds:,}", *(
        str(Money(pence)) for pence in (of.promised_pence, of.paid_in_pence, of.used_pence, of.held_pence)))


def _figures(of: Figures) -> Sequence[str]:
    return (minutes_in_words(of.commissioned_minutes), minutes_in_words(of.delivered_minutes),
            f"{of.commissioned_times:,}", f"{of.delivered_times:,}",
            *(NOT_KNOWN if pence is None else str(Money(pence))
              for pence in (of.paid_in_pence, of.used_pence, of.left_pence, of.held_pence, of.surplus_pence)))


def returns_as_data(found: Returns) -> dict[str, object]:
    """The same for another program."""
    def groups(of: Sequence[Group]) -> list[dict[str, object]]:
        return [_group(each) for each in of]

    return {"of": found.of, "on": found.on.isoformat(), "whole": _group(found.whole), "by_way": groups(found.by_way),
            "by_reason": groups(found.by_reason), "by_client": groups(found.by_client), "beside": _group(found.beside)}


def as_data(found: Monitored) -> dict[str, object]:
    """The same for another program: minutes whole, pounds as text with two decimals."""
    return {"of": found.of, "from": found.period.first.isoformat(), "to": found.period.last.isoformat(), "all": _group(found.all),
            "funds": [{"fund": each.fund, "person": each.person, "name": each.name, **_data(each.figures)} for each in found.funds]}


def _group(of: Group) -> dict[str, object]:
    return {"called": of.called, "people": of.people, "funds": of.funds, **_data(of.figures)}


def _data(of: Figures) -> dict[str, object]:
    return {name.removesuffix("_pence"): None if value is None else Money(value).plain if name.endswith("_pence") else value
            for name, value in vars(of).items()}
