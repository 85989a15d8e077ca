"""A value more in a file of rates: the file as it stands with that value in it, and everything else of it as somebody wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from basics.errors import InputError
from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.yaml_text import yaml_text_of

Item = Mapping[str, object]


def new_file(content: Mapping[str, object], note: str) -> str:
    """A file of rates, with a last line that says who made it and when."""
    return cost_file_text(content) + _as_comment(note)


def with_item(text: str, item: Item, known_until: date, *, name: str, note: str) -> str:
    """The text with one item more in its `values`, in the place of one from the same day, known until a day.

    Comments and order stay; `note` becomes a comment at the end, so that the file tells what was done to it. Raises `InputError` where
    the file is written in a way that cannot be added to without touching the rest.
    """
    text += "" if text.endswith("\n") else "\n"
    before = yaml_text_of(text.encode(), name).data
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes = {key.value: value for key, value in root.value}
    values, until = nodes["values"], nodes["known_until"]
    if values.flow_style:
        raise InputError("The values of this file stand in brackets.", "Add the value by hand, or put each value on lines of its own under a dash.",
                         name)
    edits = [(*_room(text, values, _days(before), item["from"]), _lines(item, values.start_mark.column)),
             (until.start_mark.index, until.end_mark.index, known_until.isoformat())]
    for first, last, put in sorted(edits, reverse=True):
        text = text[:first] + put + text[last:]
    text += _as_comment(note)
    if yaml_text_of(text.encode(), name).data != _expected(before, item, known_until):
        raise InputError("This file is written in a way that cannot be added to from here.", "Add the value by hand.", name)
    return text


def _expected(before: Mapping[str, Any], item: Item, known_until: date) -> Mapping[str, object]:
    others = [each for each in before["values"] if each["from"] != item["from"]]
    return {**before, "values": sorted([*others, item], key=lambda each: each["from"]), "known_until": known_until}


def _days(before: Mapping[str, Any]) -> list[date]:
    return [each["from"] for each in before["values"]]


def _room(text: str, values: Any, days: list[date], on: object) -> tuple[int, int]:
    """Where the item goes: over the one from the same day, after the last that is earlier, or before all."""
    starts, ends = [_line_start(text, each) for each in values.value], [_after_line(text, _end(each)) for each in values.value]
    if on in days:
        n = days.index(on)  # type: ignore[arg-type]  # a day of the list
        return starts[n], ends[n]
    earlier = [n for n, day in enumerate(days) if day < on]  # type: ignore[operator]  # the item's first day is a day
    at = ends[earlier[-1]] if earlier else starts[0]
    return at, at


def _line_start(text: str, node: Any) -> int:
    return text.rfind("\n", 0, node.start_mark.index) + 1


def _after_line(text: str, at: int) -> int:
    """The start of the line after the one that ends the item, whose own comment stays with it."""
    if text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _end(node: Any) -> int:
    """Where the last word of a node ends: a block's own mark stands after the comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _lines(item: Item, column: int) -> str:
    written = cost_file_text({"values": [item]}).splitlines()[1:]
    return "".join(f"{' ' * column}{line}\n" for line in written)


def _as_comment(note: str) -> str:
    return f"# {' '.join(note.split())}\n"
