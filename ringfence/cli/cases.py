"""`ringfence cases [NAME]`: the published cases, their figure, ours, and the difference."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import typer

from ringfence.actions.cases import NOT_AS_STATED, Case, Compared, every_case, in_short, one_case
from ringfence.cli.common import Json, complain, found_wrong, in_json

WIDTH = 110


def cases(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One case, with every figure: ukhca-2014.", show_default=False)] = "",
    json_: Json = False,
) -> None:
    """Run the published cases afresh, and show our figures beside theirs; or one of them with its source and every figure."""
    found = [one_case(name)] if name else list(every_case())
    if json_:
        typer.echo(in_json([_as_data(each) for each in found]))
    else:
        typer.echo("\n".join(_one(found[0]) if name else _list(found)))
    wrong = [each.about.name for each in found if not each.is_as_stated]
    if wrong:
        complain(f"{NOT_AS_STATED}: {', '.join(wrong)}.")
        raise found_wrong()


def _list(found: list[Case]) -> Iterator[str]:
    yield in_short(found)
    for title, published in (("Published by others", True), ("Worked out by hand", False)):
        yield ""
        yield _row(title, "Year", "Its first figure", "Theirs" if published else "By hand", "Ours", "Difference", "")
        yield from (_first(each) for each in found if each.is_published is published)
    yield ""
    yield "One of them, with its source and every figure: ringfence cases NAME"


def _first(case: Case) -> str:
    first = case.first
    return _row(f"  {case.about.name}", case.about.year, first.figure, first.in_words(first.theirs), _ours(first), first.difference_in_words,
                "; ".join(case.marks).lower())


def _row(name: str, year: str, figure: str, theirs: str, ours: str, difference: str, marks: str) -> str:
    return f"{name:<28} {year:<19} {figure:<40} {theirs:>13} {ours:>13} {difference:>12}  {marks}".rstrip()


def _one(case: Case) -> Iterator[str]:
    about = case.about
    yield f"{about.case} ({about.year}). {case.in_short}"
    yield from _paragraph("Source: ", about.source)
    yield from (f"        {address}" for address in about.addresses)
    yield from _paragraph("What is given: ", about.given)
    if about.inferred:
        yield from _paragraph("What is inferred: ", about.inferred)
    yield ""
    yield f"{'':<54} {'theirs':>14} {'ours':>14} {'difference':>12}"
    for each in case.figures:
        yield (f"{each.figure:<54} {each.in_words(each.theirs):>14} {_ours(each):>14} {each.difference_in_words:>12}"
               f"{'' if each.basis == about.basis else '  ' + each.basis}")
    for each in case.differing:
        yield from _paragraph(f"{each.figure}: ", each.because or "the case says nothing of a difference.")
    for why in dict.fromkeys(each.not_run for each in case.figures if each.not_run):
        yield from _paragraph("Not run here: ", why)
    yield ""
    yield from _paragraph("What it shows: ", about.shows)
    costs = [file for file in about.files if file.endswith(".cost.yaml")]
    yield from (f"Price it yourself: ringfence cost cases/{file} --explain" for file in costs)


def _paragraph(before: str, words: str) -> Iterator[str]:
    return iter(textwrap.wrap(before + words, WIDTH, subsequent_indent="  ", break_on_hyphens=False))


def _ours(each: Compared) -> str:
    return "" if each.ours is None else each.in_words(each.ours)


def _as_data(case: Case) -> dict[str, object]:
    """One case for another program: figures are text."""
    about = case.about
    return {
        "name": about.name, "case": about.case, "year": about.year, "source": about.source, "addresses": about.addresses, "given": about.given,
        "inferred": about.inferred, "shows": about.shows, "marks": list(case.marks), "as_stated": case.is_as_stated,
        "figures": [{"figure": each.figure, "unit": each.unit, "basis": each.basis, "theirs": _plain(each, each.theirs),
                     "ours": _plain(each, each.ours), "difference": _plain(each, each.difference), "because": each.because or None,
                     "not_run": each.not_run or None} for each in case.figures],
    }


def _plain(each: Compared, value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value:.2f}" if each.unit in ("pounds", "dollars") else f"{value.normalize():f}"
