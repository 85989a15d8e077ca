"""`ringfence parameters [KEY]`: the published figures and your own, what counts on a day, and how one came to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from basics.periods import day_in_figures, day_in_words, day_of
from costing.parameter import Parameter, Parameters
from costing.pay_scale import PayScale
from ringfence.actions.parameters import ListedFigure, Standing, listed, listed_figures, listed_scales, published, value_in_words
from ringfence.cli.common import Json, day_given, in_json
from ringfence.importing.parameters import read_parameters

MEMORY = "from memory: check it before you rely on it"


def parameters(
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="One figure, with its history: national_living_wage.", show_default=False)] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="The day, like 2026-10-01; today if not given.")] = "",
    folder: Annotated[Path | None, typer.Option("--parameters", help="A folder of published figures of your own.")] = None,
    json_: Json = False,
) -> None:
    """List the published figures and pay scales, what each comes to on a day and until when it is known; or one with its history."""
    day = day_given(on, day_of(datetime.now(UTC)), "--on")
    known = read_parameters(folder) if folder else published()
    if key in known.scales:
        typer.echo("\n".join(_scale(known.scales[key], day)))
        return
    figures = [listed(known[key], day)] if key else listed_figures(day, known)
    if json_:
        typer.echo(in_json([_as_data(each) for each in figures]))
    else:
        typer.echo("\n".join(_history(figures[0].parameter, day) if key else _list(figures, known, day)))


def _list(figures: tuple[ListedFigure, ...] | list[ListedFigure], known: Parameters, on: date) -> Iterator[str]:
    yield f"Published figures on {day_in_words(on)}"
    for set_by, held in groupby(figures, key=lambda each: each.parameter.set_by):
        yield ""
        yield f"Set by {set_by}"
        for each in held:
            value = each.in_words(each.now) if each.now else "not known"
            told = "; ".join(filter(None, [f"known until {day_in_figures(each.parameter.known_until)}", *_marks(each)]))
            yield f"  {each.parameter.key:<44} {value:>26}  {told}"
    scales = listed_scales(known)
    if scales:
        yield ""
        yield "Your pay scales"
    for scale in scales:
        yield f"  {scale.name:<44} {f'{len(scale.points)} points':>26}  known until {day_in_figures(scale.known_until)}"


def _marks(each: ListedFigure) -> Iterator[str]:
    if each.standing is Standing.ENDS_SOON:
        yield "ends soon"
    if each.now and each.now.from_memory:
        yield MEMORY


def _history(parameter: Parameter, on: date) -> Iterator[str]:
    yield f"{parameter.name} ({parameter.key}), set by {parameter.set_by}"
    yield parameter.about
    yield ""
    for value, last in parameter.periods:
        here = "   <- counts on that day" if value.starts_on <= on <= last else ""
        mark = f"; {MEMORY}" if value.from_memory else ""
        yield f"  {day_in_figures(value.starts_on)} to {day_in_figures(last)}  {value_in_words(parameter, value):>26}{here}"
        yield f"      {value.reference}{mark}"
    yield ""
    yield f"Known until {day_in_words(parameter.known_until)}. To add a value: the page Rates, or docs/formats/parameters.md."


def _scale(scale: PayScale, on: date) -> Iterator[str]:
    yield f"Pay scale {scale.name}, set by {scale.set_by}, on {day_in_words(on)}"
    yield scale.about
    yield ""
    for name, point in scale.points.items():
        value = point.in_force(on)
        yield f"  {name:<12} {value_in_words(point, value) if value else 'not known':>26}  {scale.grade_of(name)}".rstrip()
    yield ""
    yield f"Known until {day_in_words(scale.known_until)}. In a cost file: pay_per_hour: {{scale: {scale.name}, point: {next(iter(scale.points))}}}"


def _as_data(each: ListedFigure) -> dict[str, object]:
    """One figure for another program: values are text, so that nothing turns them into a float."""
    parameter = each.parameter
    return {
        "key": parameter.key, "name": parameter.name, "unit": parameter.unit.value, "set_by": parameter.set_by,
        "value": f"{each.now.value.value:f}" if each.now else None, "known_until": parameter.known_until.isoformat(),
        "values": [{"from": value.starts_on.isoformat(), "to": last.isoformat(), "value": f"{value.value:f}", "reference": value.reference,
                    "from_memory": value.from_memory} for value, last in parameter.periods],
    }
