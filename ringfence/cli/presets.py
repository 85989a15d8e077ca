"""`ringfence presets [COUNCIL]`: the terms that councils publish for a fund, where they are written, and what was not found there."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from isf.fund_terms import IN_WORDS, in_words
from ringfence.actions.fund_terms_known import every_preset
from ringfence.cli.common import Json, in_json
from ringfence.importing.fund_presets import Preset, preset

WIDTH = 110


def presets(
    council: Annotated[str, typer.Argument(metavar="[COUNCIL]", help="One of them, with every term: dorset.", show_default=False)] = "",
    json_: Json = False,
) -> None:
    """List the terms that councils publish for a fund; or those of one, with what is known, what is unclear and what is not known."""
    found = [preset(council)] if council else list(every_preset())
    if json_:
        typer.echo(in_json([_as_data(each) for each in found]))
    else:
        typer.echo("\n".join(_one(found[0]) if council else _list(found)))


def _list(found: list[Preset]) -> Iterator[str]:
    width = max(len(each.key) for each in found)
    yield f"{len(found)} councils and schemes, as their own pages say. What is not known is asked, never guessed."
    yield ""
    for each in found:
        terms = each.terms
        yield f"{each.key:<{width}}  {each.name} ({each.scheme}): {len(terms.known)} of {len(terms.known) + len(terms.unknown)} terms known"
        yield f"{'':<{width}}  {', '.join(each.sources)}"
    yield ""
    yield "One of them, with every term: ringfence presets COUNCIL"


def _one(each: Preset) -> Iterator[str]:
    yield f"{each.name}, {each.nation}: {each.scheme}"
    yield f"{each.evidence.capitalize()} at:"
    yield from (f"  {source}" for source in each.sources)
    yield from _part("Known", {name: in_words(value) for name, value in each.terms.known.items()})
    yield from _part("Unclear", dict(each.unclear))
    if each.also:
        yield "\nIt also says"
        yield from (line for words in each.also for line in _wrapped(words))
    yield from _part("Not known", {name: IN_WORDS[name] for name in each.terms.unknown})


def _part(title: str, rows: Mapping[str, str]) -> Iterator[str]:
    if rows:
        yield f"\n{title}"
    for name, words in rows.items():
        yield from _wrapped(f"{name}: {words}")


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="  ", subsequent_indent="      ")


def _as_data(each: Preset) -> dict[str, object]:
    return {"preset": each.key, "name": each.name, "nation": each.nation, "scheme": each.scheme, "evidence": each.evidence,
            "sources": list(each.sources), "terms": {name: in_words(value) for name, value in each.terms.known.items()},
            "unclear": dict(each.unclear), "also": list(each.also), "not_known": list(each.terms.unknown)}
