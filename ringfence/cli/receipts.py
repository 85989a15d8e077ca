"""`ringfence receipts`: bank lines that are not placed, what each may be for and why, and a file that places the likely ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
import yaml

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from invoicing.receipts import Suggestion
from ringfence.actions import receipts as matching
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.common import As, Database, Json, acting, show


def receipts(
    propose: Annotated[Path | None, typer.Option("--propose", metavar="OUT", help="Write the likely ones as a file for ‘ringfence apply’.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List the bank lines that are not placed, each with what it may be for and why. Nothing is placed by itself."""
    with acting(database, user) as who:
        found = matching.receipts(who)
        likely = matching.likely(found)
        content = matching.matches(who, likely) if propose and likely else {}
    show(_as_data(found), _as_text(found), as_json=json_)
    if propose is not None:
        _write(propose, found, content, len(likely))


def _as_text(found: matching.Receipts) -> Iterator[str]:
    if not found.to_match:
        yield "Every bank line is placed or explained."
        return
    lines = "1 line" if len(found.to_match) == 1 else f"{len(found.to_match)} lines"
    yield f"Not placed: {Money(found.in_pence)} that came in and {Money(found.out_pence)} that went out, in {lines}."
    for each in found.to_match:
        line = each.line
        way = "came in" if line.pence > 0 else "went out"
        waits = " A match of it waits for approval." if each.waits else ""
        yield f"\n{line.reference}  {day_in_words(line.on)}  {Money(line.left_pence)} {way} ({line.account})  {line.words}{waits}"
        if not each.suggestions:
            yield "  Nothing that is open fits. Say whose it is in an apply file, or explain it."
        for n, suggestion in enumerate(each.suggestions, start=1):
            yield f"  {n}. {suggestion.why}"
            yield from (f"       {Money(placing.pence)} to {found.called.get(placing.pair[0], placing.pair[0])}" for placing in suggestion.placings)


def _as_data(found: matching.Receipts) -> dict[str, object]:
    return {"in": Money(found.in_pence).plain, "out": Money(found.out_pence).plain, "lines": [{
        "line": each.line.reference, "on": each.line.on.isoformat(), "account": each.line.account, "pounds": Money(each.line.pence).plain,
        "left": Money(each.line.left_pence).plain, "words": each.line.words, "waits_for_approval": each.waits,
        "suggestions": [_suggestion(one) for one in each.suggestions]} for each in found.to_match]}


def _suggestion(one: Suggestion) -> dict[str, object]:
    return {"why": one.why, "likely": one.is_likely, "parts": [
        {"fund": placing.pair[0], "funder": placing.pair[1] or None, "for": placing.asked, "pounds": Money(placing.pence).plain}
        for placing in one.placings]}


def _write(path: Path, found: matching.Receipts, content: dict[str, object], count: int) -> None:
    """The file for `ringfence apply`, each line under the reason for it. Raises `InputError` where there is nothing, or it cannot be written."""
    if not content:
        raise InputError("Nothing is likely enough, so no file was written.", "Say whose each line is in an apply file, or on the page Receipts.")
    why = {each.line.reference: each.best.why for each in found.to_match if each.best}
    items = content["bank_lines"]
    assert isinstance(items, list)
    written = ["# Read each line and its reason, take out what is wrong, then: ringfence apply FILE --as USER", "bank_lines:"]
    for item in items:
        plain = yaml.safe_dump([_plain(item)], sort_keys=False, allow_unicode=True, width=200)
        written += [f"  # {why[item['line']]}", *(f"  {row}" for row in plain.splitlines())]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(written) + "\n")
    except OSError as fault:
        raise InputError(f"{path} cannot be written: {fault.strerror}.", "Choose another place; a file that is there is left as it is.") from None
    left = len(found.to_match) - count
    typer.echo(f"\n{path}: {count} lines to place, {left} left to you. Read it, and prepare it with: ringfence apply {path}")


def _plain(value: object) -> object:
    """What YAML can hold: pounds as text."""
    match value:
        case Money():
            return value.plain
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
