"""What does a visit of 15, 30, 45 or 60 minutes cost? For the visits of a cost file, or of the content of one. Nothing is stored."""

from __future__ import annotations

from pathlib import Path

from costing.visit_table import VisitTable, visit_tables
from ringfence.actions.parameters import published
from ringfence.importing.costing_package import package_of, read_package
from ringfence.importing.yaml_text import yaml_text_of


def visit_tables_of_file(path: Path, parameters_folder: Path | None = None) -> tuple[VisitTable, ...]:
    """The tables for a cost file, at the rates of its day; none where it has no visits with travel. Raises as `price_of_file` does."""
    return visit_tables(read_package(path, parameters_folder, published))


def visit_tables_of_content(content: bytes, name: str) -> tuple[VisitTable, ...]:
    """The same for content that is not on this disk. Raises as `price_of_content` does."""
    return visit_tables(package_of(yaml_text_of(content, name), published))
