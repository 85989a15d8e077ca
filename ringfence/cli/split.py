"""`ringfence split FILE`: how a contract would divide, hours beside pounds. It stores nothing, unless the split is to be prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import minutes_in_words
from isf.split import Allocation
from ringfence.actions.applying import Applied
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.split_prepare import prepare_split
from ringfence.actions.splitting import SplitShown, proposal_in_words, read_split, show_split, together
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, acting, day_or_none, in_json, option_for

Row = tuple[str, ...]


def split(
    file: Annotated[Path, typer.Argument(help="The YAML file that says what is divided between whom.")],
    prepare: Annotated[bool, typer.Option("--prepare", help="Prepare it in the books, for another person to approve.")] = False,
    from_: Annotated[str, typer.Option("--from", metavar="DAY", help="With --prepare: the day from which a new version of a split counts.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Annotated[bool, typer.Option("--json", help="Print figures for a program: strings with two decimals.")] = False,
) -> None:
    """Show how a contract divides between people. Stores nothing, but with --prepare.

    A version of a split counts once the council has agreed the method and each sum, and another person approves it.
    """
    if from_ and not prepare:
        raise InputError("--from says from when a version counts that is to be prepared.", "Give --prepare with it, or leave it out.")
    shown = show_split(file)
    done = _prepared(file, user, database, from_) if prepare else None
    if json_:
        typer.echo(in_json(as_json(shown) | ({"digest": done.digest, "changes": list(done.said)} if done else {})))
        return
    typer.echo(as_text(shown))
    if done:
        typer.echo("\n".join(_what_is_next(done, database)))


def _prepared(file: Path, user: str, database: str, from_: str) -> Applied:
    asked = read_split(file)
    with acting(database, user) as who:
        return prepare_split(who, asked, asked.method, again_from=day_or_none(from_, "--from"))


def _what_is_next(done: Applied, database: str) -> Iterator[str]:
    if not done.said:
        yield "\nThe books say so already. Nothing is to be approved."
        return
    yield "\nPrepared. What it would do:"
    yield from (f"  {said}" for said in done.said)
    yield "It counts once the council’s agreements are recorded (ringfence contracts lists those missing) and another person approves it:"
    yield f"  ringfence approve {done.digest[:16]} --as SOMEBODY-ELSE{option_for(database)}"


def as_json(shown: SplitShown) -> dict[str, object]:
    """The split for a program: money as strings with two decimals, hours as whole minutes."""
    return {
        "contract": shown.contract,
        "method": str(shown.split.method),
        "sum": Money(shown.split.contract_pence).plain,
        "top_slices": [{"name": name, "sum": Money(pence).plain} | _before(shown.kept_last_year.get(name))
                       for name, pence in shown.split.top_slices],
        "hours_are": shown.hours_are,
        "allocations": [_allocation_as_json(shown, allocation) for allocation in shown.split.allocations],
        "total": Money(_total(shown)).plain,
        "warning": shown.warning or None,
    }


def as_text(shown: SplitShown) -> str:
    """The split as a page: the top-slices, a line a person with hours beside pounds, and the total, which is the contract."""
    rows = list(_rows(shown))
    table = "\n".join(f"  {line}" for line in aligned(rows))
    blocks = [f"{shown.contract}: {Money(shown.split.contract_pence)} split by {shown.split.method}", table]
    if shown.layers:
        blocks.append("\n".join(["What each costs in a week:", *_layer_lines(shown)]))
    if shown.damped:
        blocks.append("\n".join(proposal_in_words(shown.damped)) + " Have each sum agreed, then apply it as an amount.")
    if shown.warning:
        blocks.append(f"Look at this: {shown.warning}")
    return "\n\n".join(blocks)


def _total(shown: SplitShown) -> int:
    """Added up from what is printed, so that the total line is itself a check."""
    return shown.split.top_sliced_pence + sum(allocation.pence for allocation in shown.split.allocations)


def _allocation_as_json(shown: SplitShown, allocation: Allocation) -> dict[str, object]:
    found: dict[str, object] = {"person": allocation.person, "empty": allocation.empty_place,
                                "sum": Money(allocation.pence).plain, "minutes": allocation.minutes}
    if allocation.budget_pence is not None:
        found |= {"budget": Money(allocation.budget_pence).plain, "over_budget": Money(allocation.over_budget_pence or 0).plain}
    if allocation.separable is not None:
        found["separable"] = allocation.separable
    if shown.damped:
        found["proposal"] = Money(shown.damped.proposed[allocation.person]).plain
        if pays := shown.damped.empty_places_pay.get(allocation.person):
            found["empty_place_pays"] = Money(pays).plain
    found |= _before(shown.last_year.get(allocation.person))
    if allocation.person in shown.layers:
        cost = shown.layers[allocation.person]
        found["per_week"] = {"layers": [{"name": name, "sum": Money(pence).plain} for name, pence in cost.lines],
                             "total": Money(cost.pence_per_week).plain}
    return found


def _before(pence: int | None) -> dict[str, str]:
    return {} if pence is None else {"last_year": Money(pence).plain}


def _rows(shown: SplitShown) -> Iterator[Row]:
    beside = list(_beside(shown))
    yield "", "pounds", f"hours {shown.hours_are}" if shown.hours_are else "hours", *(each.heading for each in beside)
    for name, pence in shown.split.top_slices:
        yield f"top-slice: {name}", str(Money(pence)), "", *(each.of_top_slice(name, pence) for each in beside)
    for allocation in shown.split.allocations:
        yield _who(allocation), str(Money(allocation.pence)), _hours(allocation.minutes), *(each.of_person(allocation) for each in beside)
    minutes = together(allocation.minutes for allocation in shown.split.allocations)
    yield "total", str(Money(_total(shown))), _hours(minutes), *(each.total for each in beside)


class _Column(NamedTuple):
    """What stands beside pounds and hours, where the file gives it."""

    heading: str
    of_person: Callable[[Allocation], str]
    of_top_slice: Callable[[str, int], str]
    total: str


def _beside(shown: SplitShown) -> Iterator[_Column]:
    if shown.last_year or shown.kept_last_year:
        yield _Column("last year", lambda each: _pounds(shown.last_year.get(each.person)),
                      lambda name, _: _pounds(shown.kept_last_year.get(name)), _pounds(shown.last_year_pence))
        yield _Column("difference", lambda each: _more(each.pence, shown.last_year.get(each.person)),
                      lambda name, pence: _more(pence, shown.kept_last_year.get(name)), _more(_total(shown), shown.last_year_pence))
    if any(each.budget_pence is not None for each in shown.split.allocations):
        over = together(each.over_budget_pence for each in shown.split.allocations)
        yield _Column("budget", lambda each: _pounds(each.budget_pence), lambda _name, _pence: "",
                      _pounds(together(each.budget_pence for each in shown.split.allocations)))
        yield _Column("over, or under (-)", lambda each: _pounds(each.over_budget_pence), lambda _name, _pence: "", _pounds(over))
    if any(each.separable is not None for each in shown.split.allocations):
        yield _Column("can follow the person", lambda each: _YES_OR_NO[each.separable], lambda _name, _pence: "", "")
    if shown.damped:
        proposed, pays = shown.damped.proposed, shown.damped.empty_places_pay
        yield _Column("proposal", lambda each: f"{'pays: ' if each.person in pays else ''}{_pounds(proposed[each.person])}",
                      lambda _, pence: _pounds(pence),
                      _pounds(shown.split.top_sliced_pence + sum(proposed.values())))


_YES_OR_NO = {True: "yes", False: "no", None: "Not known"}


def _pounds(pence: int | None) -> str:
    return "Not known" if pence is None else str(Money(pence))


def _more(pence: int, before: int | None) -> str:
    return _pounds(None if before is None else pence - before)


def _who(allocation: Allocation) -> str:
    return f"{allocation.person} (empty place)" if allocation.empty_place else allocation.person


def _hours(minutes: int | None) -> str:
    return "Not known" if minutes is None else minutes_in_words(minutes)


def _layer_lines(shown: SplitShown) -> Iterator[str]:
    for allocation in shown.split.allocations:
        cost = shown.layers[allocation.person]
        parts = " + ".join(f"{name} {Money(pence)}" for name, pence in cost.lines)
        yield f"  {_who(allocation)}: {parts} = {Money(cost.pence_per_week)}"
    yield f"  together: {Money(sum(cost.pence_per_week for cost in shown.layers.values()))}"
