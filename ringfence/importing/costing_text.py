"""A cost file out: the content of one as the text that `ringfence cost` reads, so that what was filled in elsewhere can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import yaml

from ringfence.importing.yaml_text import PLAIN_KINDS


def cost_file_text(content: Mapping[str, object]) -> str:
    """Keys and values as a cost file has them (text, `Decimal`, days, yes and no, groups, lists), as YAML in that order.

    What is written is read back as the same: text that looks like a number or a day is put in quotes.
    """
    written: str = yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=1000)
    return written


class _Writer(yaml.SafeDumper):
    """Quotes what the strict reader would take for something else than text, and nothing that YAML 1.1 alone would."""

    yaml_implicit_resolvers = PLAIN_KINDS

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (a shortcut is refused when the file is read)
        return True


def _number(writer: _Writer, value: Decimal) -> yaml.Node:
    text = f"{value:f}"
    return writer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _yes_or_no(writer: _Writer, value: bool) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


def _text(writer: _Writer, value: str) -> yaml.Node:
    """In other quotes than these a line's end, of which Unicode has several, would be read back as a blank."""
    is_one_line = value.splitlines() == [value]
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=None if is_one_line else '"')


_Writer.add_representer(str, _text)
_Writer.add_representer(Decimal, _number)
_Writer.add_representer(bool, _yes_or_no)
