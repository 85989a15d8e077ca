"""YAML in: one small, strict reader for every file that a person writes.

Numbers with a point become `Decimal` from their text (never a float), days become `date`, keys stay text (`on:` is not “true”).
A key given twice, an alias, a tag or a second document is refused, and so is a file too large, too deep or not in UTF-8, each with
its line and what to do. Nothing of the file is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from basics.errors import InputError

LARGEST_BYTES = 5_000_000
DEEPEST = 30
LONGEST_NUMBER = 30

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlText:
    """What a file says, and the line on which each key and item stands. `called` names places otherwise, where no person sees lines:
    a form calls them by its boxes."""

    name: str
    data: dict[str, object]
    lines: Mapping[Place, int]
    called: Callable[[Place], str] | None = None

    def where(self, place: Place) -> str:
        """“prices.yaml, line 12, pay.rate_per_hour”: for a key that is missing, the line of what it is missing from."""
        if self.called is not None:
            return self.called(place)
        dotted = "".join(f" {part + 1}" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
        return f"{self.name}, line {self.line(place)}" + (f", {dotted}" if dotted else "")

    def line(self, place: Place) -> int:
        """The line of a key or item, or of the nearest thing above it that the file has."""
        return next(self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines)


def read_yaml(path: Path) -> dict[str, object]:
    """The keys and values of a YAML file. Raises `InputError`, with the line and what to do, for anything but plain YAML."""
    return read_yaml_text(path).data


def read_yaml_text(path: Path) -> YamlText:
    """As `read_yaml`, with the line of each key, so that what is found wrong later can be pointed at."""
    return _read(_text_of(path), path.name)


def yaml_text_of(content: bytes, name: str) -> YamlText:
    """The same for content that is no file here, such as one that was sent; `name` is what messages call it."""
    if len(content) > LARGEST_BYTES:
        raise _too_large(name)
    return _read(_decoded(content, name), name)


def _read(text: str, name: str) -> YamlText:
    try:
        root = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "'\\t'" in (error.problem or ""):
            raise InputError("A tab stands here, and YAML is indented with spaces.", "Put spaces in its place.",
                             _line(name, mark)) from None
        raise InputError(f"This is not plain YAML: {error.problem}.", "Check the indent, the colons and the quotes on this line.",
                         _line(name, mark)) from None
    except yaml.YAMLError as error:
        raise InputError(f"This cannot be read as YAML: {error}.", "Save the file as plain text.", name) from None
    if root is None:
        raise InputError("The file is empty.", "Write “key: value” lines, or start from the example in the documentation.", name)
    if not isinstance(root, yaml.MappingNode):
        raise InputError("The file does not hold “key: value” lines.", "Start from the example in the documentation.", name)
    lines: dict[Place, int] = {}
    data = _mapping(root, (), lines, name)
    return YamlText(name, data, lines)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_large(path.name)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from None
    return _decoded(content, path.name)


def _too_large(name: str) -> InputError:
    return InputError(f"The file is larger than {LARGEST_BYTES // 1_000_000} MB.", "Check that it is the right one.", name)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError("There is a character here that is not UTF-8.", "Save the file with the encoding UTF-8.",
                         f"{name}, line {line}") from None


def cannot_be_read(path: Path, error: OSError | ValueError) -> InputError:
    """What to say of a file that cannot be opened."""
    if path.is_dir():
        return InputError("This is a folder and not a file.", "Name the file inside it.", str(path))
    if isinstance(error, FileNotFoundError):
        return InputError("There is no such file.", "Check its name and its folder.", str(path))
    return InputError(f"The file cannot be read: {getattr(error, 'strerror', None) or error}.", "Check its name and who may open it.",
                      str(path))


class _Composer(yaml.SafeLoader):
    """Turns text into nodes and no further; a scalar's kind is told by the few patterns below, not by YAML 1.1's many."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (the loader's own table, replaced whole)
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="a shortcut (*name) stands where a value belongs", problem_mark=self._mark())
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem=f"lists and keys are nested more than {DEEPEST} deep", problem_mark=self._mark())
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _mark(self) -> yaml.Mark | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        return event.start_mark  # type: ignore[return-value]


_KINDS = {
    "null": (r"~|null|Null|NULL|", "~nN\0"),
    "bool": (r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE", "yYnNtTfF"),
    "int": (r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    "float": (r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
}
for _kind, (_pattern, _starts) in _KINDS.items():
    _first = ["" if start == "\0" else start for start in _starts]
    _Composer.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_pattern})$"), _first)

PLAIN_KINDS = _Composer.yaml_implicit_resolvers
"""By first character, what a plain scalar is taken for: for whoever writes a file that this reader is to read."""


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> object:
    kind = node.tag.rpartition(":")[2]
    if isinstance(node, yaml.MappingNode) and kind == "map":
        return _mapping(node, place, lines, name)
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        for n, item in enumerate(node.value):
            lines[(*place, n)] = item.start_mark.line + 1
        return [_value(item, (*place, n), lines, name) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and (kind == "str" or (kind in _KINDS and re.fullmatch(_KINDS[kind][0], node.value))):
        return _scalar(node.value, kind, _line(name, node.start_mark))
    raise InputError(f"“{node.tag}” is not a kind of value read here.", "Take the tag (!) away.", _line(name, node.start_mark))


def _mapping(node: yaml.MappingNode, place: Place, lines: dict[Place, int], name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    lines.setdefault(place, node.start_mark.line + 1)
    for key, value in node.value:
        where = _line(name, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise InputError("A key is a word, not a list.", "Check the brackets and the question mark.", where)
        if key.value in found:
            raise InputError(f"“{key.value}” is given twice.", "Keep one of the two.", where)
        lines[(*place, key.value)] = key.start_mark.line + 1
        found[key.value] = _value(value, (*place, key.value), lines, name)
    return found


def _scalar(text: str, kind: str, where: str) -> object:
    if kind in ("int", "float"):
        if len(text) > LONGEST_NUMBER:
            raise InputError("This number has too many digits.", f"Write at most {LONGEST_NUMBER}.", where)
        return int(text) if kind == "int" else Decimal(text)
    if kind == "timestamp":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InputError(f"{text} is not a day of the calendar.", "Write year-month-day.", where) from None
    if kind == "bool":
        return text.lower() in ("yes", "true")
    return None if kind == "null" else text


def _line(name: str, mark: yaml.Mark | None) -> str:
    return name if mark is None else f"{name}, line {mark.line + 1}"
