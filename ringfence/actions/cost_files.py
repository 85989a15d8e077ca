"""Files of a cost that were sent from a browser: YAML, or our workbook filled in. What they say, once it has been priced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from costing.price import price
from ringfence.actions.parameters import published
from ringfence.documents.cost_template import cost_template
from ringfence.importing.costing_package import package_of
from ringfence.importing.costing_workbook import ENDING, cost_workbook_of, tables_of
from ringfence.importing.yaml_text import YamlText, yaml_text_of


def content_of_sent_file(content: bytes, name: str) -> Mapping[str, Any]:
    """What a cost file or a filled workbook says, for a form. Raises `Refused` with everything that keeps it from a price, each with its line
    or its cell: a form shows whole files only."""
    text = text_of_sent_file(content, name)
    price(package_of(text, published))
    return text.data


def text_of_sent_file(content: bytes, name: str) -> YamlText:
    """The keys and values of a cost file, YAML or workbook by the ending of its name."""
    return cost_workbook_of(content, name) if name.lower().endswith(ENDING) else yaml_text_of(content, name)


def template_of(cost_file: bytes, name: str) -> bytes:
    """The same package as a workbook that can be filled in further, and opened again (docs/workbook.md)."""
    return cost_template(tables_of(yaml_text_of(cost_file, name).data))
